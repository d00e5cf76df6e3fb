"""Questions and how they are marked."""
