"""Classes in a real browser: several machines in one lesson."""
