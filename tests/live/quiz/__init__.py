"""Tests of the live quiz."""
