"""Tests of classes: who explores, and how they come in."""
