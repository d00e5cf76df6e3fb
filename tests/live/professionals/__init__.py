"""Professionals: their profile and photos, their vetting, their papers."""
