"""The live quiz in real browsers."""
