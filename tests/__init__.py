"""Tests: they speak HTTP, files and browsers."""
