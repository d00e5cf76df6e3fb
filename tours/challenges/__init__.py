"""The four challenges of the edition, and the pins that completing their contents earns."""
