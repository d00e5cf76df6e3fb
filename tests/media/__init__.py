"""Tests of media/: they speak files and HTTP."""
