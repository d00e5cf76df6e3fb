"""Pages that show several rooms at once; they own no table."""
