"""What happens to sessions: the room, the board and whoever shows them hear of it."""

from app.core.events import Event


class SessionChanged(Event):
    """A session was offered, changed, cancelled or approved; or a class's place in it changed."""

    session_id: int
