"""Visitors: those who explore, with or without a class."""
