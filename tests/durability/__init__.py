"""What was acknowledged is kept: through a kill, and through a power cut."""
