"""What goes from the chats with the account of an adult: their words and their name."""

from sqlalchemy import Select, delete, exists, select, update

from app.core.writer import Transaction
from app.live.chat.models import LogEntry, LogText, Message, Report, RoomEvent, nobody

OWN = ("say", "show", "stand_in", "alert", "seen", "report")
"""Acts whose line in the log holds what their author said, or is called."""


def leave_no_words(tx: Transaction, account_id: int) -> None:
    """Blank what an adult wrote in rooms; that there was something can still be counted.

    The seals of the log stay, and what was reported or raised an alarm is kept apart until its
    date, so that others can answer for it.
    """
    author = f"account:{account_id}"
    names = _names_of(tx, author)
    tx.execute(delete(LogText).where(LogText.id.in_(_lines_about(author))))
    _blank_messages(tx, author)
    _blank_shows(tx, author, names)
    mine = update(Report).where(Report.reporter == author)
    tx.execute(mine.values(reporter=nobody(Report), reason=""))


def _names_of(tx: Transaction, author: str) -> set[str]:
    """Under what names they wrote and showed."""
    said = select(Message.name).where(Message.author == author)
    lines = (LogEntry.room_id == LogText.room_id) & (LogEntry.number == LogText.number)
    shown = select(LogText.name).join(LogEntry, lines)
    shown = shown.where(LogEntry.by == author, LogEntry.act.in_(OWN))
    return {name for (name,) in tx.execute(said.union(shown)) if name}


def _lines_about(author: str) -> Select[int]:
    """Texts of the log: their own acts, and what others decided about their words."""
    lines = (LogEntry.room_id == LogText.room_id) & (LogEntry.number == LogText.number)
    own = exists().where(lines, LogEntry.by == author, LogEntry.act.in_(OWN))
    words = exists().where(
        Message.room_id == LogText.room_id,
        Message.author == author,
        Message.name == LogText.name,
        Message.text == LogText.text,
    )
    return select(LogText.id).where(LogText.visitor_id.is_(None), own | words)


def _blank_messages(tx: Transaction, author: str) -> None:
    mine = update(Message).where(Message.author == author)
    tx.execute(
        mine.values(
            author=nobody(Message), name="", text="", place=None, reasons=[], status="erased"
        )
    )
    taken = update(Message).where(Message.claimed_by == author)
    tx.execute(taken.values(claimed_by=None, claimed_name=None))
    read = update(Message).where(Message.approved_by == author)
    tx.execute(read.values(approved_by=nobody(Message)))


def _blank_shows(tx: Transaction, author: str, names: set[str]) -> None:
    """What they showed was told with their name."""
    rooms = select(LogEntry.room_id).where(LogEntry.by == author, LogEntry.act == "show")
    shows = select(RoomEvent).where(RoomEvent.room_id.in_(rooms), RoomEvent.kind == "show")
    for event in tx.session.scalars(shows):
        if event.body.get("show", {}).get("name") in names:
            event.body = {}
    tx.session.flush()
