"""The chat: rooms in which classes ask and professionals answer, read by adults first."""
