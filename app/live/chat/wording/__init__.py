"""What is said in a chat, as data in French and English."""

from app.live.chat.wording.loading import Wording, wording

__all__ = ["Wording", "wording"]
