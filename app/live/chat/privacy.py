"""What the chat holds of a visitor, and how little of it stays when they are erased."""

from collections.abc import Callable

from sqlalchemy import update

from app.core.privacy import Holding, PrivacyRegistry, eraser, exporter
from app.core.writer import Transaction
from app.live.chat.models import Alarm, LogText, Message, Report, Standing, Vote, nobody

Held = type[Message] | type[Vote] | type[Standing] | type[Report] | type[Alarm] | type[LogText]
WHAT: dict[Held, str] = {
    Message: "what one wrote in a chat, where, and what became of it",
    Vote: "the questions that one would like answered too",
    Standing: "how far one is trusted in chats, and where one may not write",
    Report: "the messages that one reported",
    Alarm: "messages for which an adult was called, kept apart until their date",
    LogText: "what the log of a chat says of one; the log itself keeps seals only",
}
TOLD: dict[Held, tuple[str, ...]] = {
    Message: ("kind", "text", "place", "status", "votes", "created_at"),
    Vote: ("message_id",),
    Standing: ("trust", "muted_in", "removed_from"),
    Report: ("reason", "created_at"),
    Alarm: ("text", "raised_at", "seen_at", "kept_until"),
    LogText: ("name", "text"),
}


def _blank_messages(tx: Transaction, visitor: int) -> None:
    """A question that was answered leaves a gap; what others said about it stays."""
    mine = update(Message).where(Message.visitor_id == visitor)
    tx.execute(
        mine.values(
            author=nobody(Message), name="", text="", place=None, status="erased", visitor_id=None
        )
    )


def _blank_reports(tx: Transaction, visitor: int) -> None:
    mine = update(Report).where(Report.visitor_id == visitor)
    tx.execute(mine.values(reporter=nobody(Report), reason="", visitor_id=None))


def _part_alarms(tx: Transaction, visitor: int) -> None:
    """An alarm is kept until its date, so that adults can answer for it; it leads to nobody."""
    mine = update(Alarm).where(Alarm.visitor_id == visitor)
    tx.execute(mine.values(name="", visitor_id=None))


def declare_privacy(registry: PrivacyRegistry) -> None:
    """Say what this room holds."""
    erasers: dict[Held, Callable[[Transaction, int], None]] = {
        Message: _blank_messages,
        Report: _blank_reports,
        Alarm: _part_alarms,
    }
    for model, what in WHAT.items():
        erase = erasers.get(model) or eraser(model)
        registry.add(Holding(model.__tablename__, what, exporter(model, TOLD[model]), erase, None))
