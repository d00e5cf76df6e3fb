"""Tests of tours.imports."""
