"""Rooms of the chat in a real browser."""
