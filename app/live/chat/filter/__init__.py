"""What a message holds before anybody reads it: contacts, insults, and calls for help."""

from app.live.chat.filter.reading import Reason, Verdict, read_message

__all__ = ["Reason", "Verdict", "read_message"]
