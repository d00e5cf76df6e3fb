"""What a message holds before anybody reads it: contacts, insults, and calls for help."""

from app.live.chat.filter.reading import Reason, Verdict, prepare, read_message

__all__ = ["Reason", "Verdict", "prepare", "read_message"]
