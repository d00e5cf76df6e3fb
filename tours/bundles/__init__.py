"""Bundles: a factory and its tour as one portable folder or zip."""
