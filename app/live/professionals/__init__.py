"""Professionals: what they say of themselves, how they are vetted, and their papers."""
