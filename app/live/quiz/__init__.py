"""The live quiz: a class answers together, on its screens or by hands."""
