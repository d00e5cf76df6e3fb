"""Tests of tours.kinds."""
