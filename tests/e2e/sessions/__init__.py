"""Sessions in a real browser."""
