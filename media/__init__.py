"""Panoramas, pictures, films, sounds and documents: checked, cleaned, cut, stored, served."""
