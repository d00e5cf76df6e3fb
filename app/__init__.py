"""Déambule: visit factories from a classroom."""
