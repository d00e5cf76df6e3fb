"""The charter, as professionals and guests read it before they answer students."""

from app.core.locale import choose_language
from app.live.chat.wording import wording


def charter_points(days: int) -> list[str]:
    """Its points, in the reader's language; `days` is how long a chat is kept."""
    return wording().promises(choose_language(), days)
