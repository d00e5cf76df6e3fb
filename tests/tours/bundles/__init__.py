"""Tests of tours.bundles."""
