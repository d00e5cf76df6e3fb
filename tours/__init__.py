"""Factories and the tours one walks in them."""
