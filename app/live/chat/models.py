"""Tables of the chat: rooms, what was said in them, and what adults decided about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    cast,
    literal,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class ChatRoom(Model):
    """The running chat of a session."""

    __tablename__ = "room"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(default=0)
    """The number of the last event; the next one has the next number, without gaps."""
    phase: Mapped[str] = mapped_column(String(8), default="waiting")
    """waiting, open, closed, or written: a box of questions."""
    mode: Mapped[str] = mapped_column(String(9), default="approved")
    """questions, approved, slow, paused or read_only."""
    opened_at: Mapped[datetime | None]
    last_call_at: Mapped[datetime | None]
    """« Dernières questions »."""
    closed_at: Mapped[datetime | None]
    sentence: Mapped[str] = mapped_column(String(300), default="")
    """What an organiser said when they closed it."""
    logged: Mapped[int] = mapped_column(default=0)
    """How many lines its log has."""
    seal: Mapped[str] = mapped_column(String(64), default="")
    """The seal of the last of them."""
    erase_at: Mapped[datetime | None] = mapped_column(index=True)
    """When what was said is erased."""
    erased_at: Mapped[datetime | None]
    """When it was."""
    reminded_at: Mapped[datetime | None]
    """When those who answer were told that a box of questions waits for them."""
    thanked_at: Mapped[datetime | None]
    """When those who answered were thanked."""
    given: Mapped[list[str]] = mapped_column(default=list)
    """Marks of those who said how it was, in no order: none says who, or what they said."""


class Message(Model):
    """Something that somebody wrote in a room: a question, what follows it, or an adult's word."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("room_id", "author", "client_id"),
        Index("ix_message_room_id_status", "room_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.session_id", ondelete="CASCADE"))
    author: Mapped[str] = mapped_column(String(24))
    """`visitor:4`, `account:2` or `guest:1`; `erased:<id>` once its author is."""
    client_id: Mapped[str] = mapped_column(String(24))
    """Drawn by the page: a message that is sent twice is kept once."""
    visitor_id: Mapped[int | None] = mapped_column(
        ForeignKey("visitor.id", ondelete="SET NULL"), index=True
    )
    classroom_id: Mapped[int | None] = mapped_column(
        ForeignKey("classroom.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(8))
    """question, follow (a student's short answer to an answer), answer or notice."""
    about_id: Mapped[int | None] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), index=True
    )
    """The question that an answer answers, or a follow-up follows."""
    name: Mapped[str] = mapped_column(String(60))
    """The pseudonym under which it was written, or what its author is called in the room."""
    level: Mapped[str] = mapped_column(String(12), default="")
    """The level of a student's class: all that adults read of it."""
    class_number: Mapped[int] = mapped_column(default=0)
    """Which of the room's classes, from 1; 0 for adults."""
    role: Mapped[str] = mapped_column(String(12))
    """student, professional, guest, teacher, moderator or organiser."""
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[dict[str, Any] | None]
    """`{tour, scene, hotspot, yaw, pitch, hfov}`: where it was asked, or what it shows."""
    status: Mapped[str] = mapped_column(String(9))
    """held, alarm, shown, answered, later, refused, withdrawn, merged, hidden, removed, erased."""
    reasons: Mapped[list[str]] = mapped_column(default=list)
    """Why the filter holds it, or why it was refused."""
    seq: Mapped[int | None]
    """Its number in the room once it is shown."""
    version: Mapped[int] = mapped_column(default=0)
    """Moves when it is reworded: an adult lets through the words that they have read."""
    votes: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(24))
    """The professional who answers it."""
    claimed_name: Mapped[str | None] = mapped_column(String(60))
    into_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"))
    """The question with which it was grouped."""
    passed: Mapped[list[str]] = mapped_column(default=list)
    """Authors who leave this question to others."""
    approved_by: Mapped[str | None] = mapped_column(String(24))
    """The adult who read an answer and let the class see it: it may be shown in the tour too."""
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class RoomEvent(Model):
    """One thing that everybody in a room saw happen. Its text stays with the message."""

    __tablename__ = "room_event"

    room_id: Mapped[int] = mapped_column(
        ForeignKey("room.session_id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Vote(Model):
    """« +1 »: somebody would like to know that too."""

    __tablename__ = "vote"

    message_id: Mapped[int] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), primary_key=True
    )
    visitor_id: Mapped[int] = mapped_column(
        ForeignKey("visitor.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Standing(Model):
    """How far a student is trusted, and whether they may write in the chat at all."""

    __tablename__ = "chat_standing"

    visitor_id: Mapped[int] = mapped_column(
        ForeignKey("visitor.id", ondelete="CASCADE"), primary_key=True
    )
    trust: Mapped[str] = mapped_column(String(7), default="normal")
    """held (each message is read on its own), normal, or trusted (the filter alone reads it)."""
    muted_in: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="SET NULL"))
    removed_from: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="SET NULL"))


class Report(Model):
    """Somebody found a message wrong."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("message_id", "reporter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), index=True
    )
    reporter: Mapped[str] = mapped_column(String(24))
    """As in `Message.author`; shown to the moderator only."""
    visitor_id: Mapped[int | None] = mapped_column(
        ForeignKey("visitor.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Alarm(Model):
    """A message, or a button, that a person must see at once; kept apart, with its end."""

    __tablename__ = "alarm"

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("room.session_id", ondelete="SET NULL"), index=True
    )
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"))
    classroom_id: Mapped[int | None] = mapped_column(
        ForeignKey("classroom.id", ondelete="SET NULL"), index=True
    )
    visitor_id: Mapped[int | None] = mapped_column(
        ForeignKey("visitor.id", ondelete="SET NULL"), index=True
    )
    reasons: Mapped[list[str]] = mapped_column(default=list)
    """distress, abuse or violence; button; reported."""
    name: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    """When a person acknowledged it."""
    seen_by: Mapped[str] = mapped_column(String(80), default="")
    mailed: Mapped[int] = mapped_column(default=0)
    """How often mails went out."""
    kept_until: Mapped[datetime] = mapped_column(index=True)


class LogEntry(Model):
    """One act in a room's log, which only grows: each line seals the one before."""

    __tablename__ = "chat_log"

    room_id: Mapped[int] = mapped_column(
        ForeignKey("room.session_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(24))
    """Who did it: an adult's account or guest, `system`, or `student`."""
    at: Mapped[datetime]
    sealed: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the salt and of what was said, which lie apart."""
    seal: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the seal before and of this line."""


class LogText(Model):
    """What a line of the log is about: erased with its author, and the chain still holds."""

    __tablename__ = "chat_log_text"
    __table_args__ = (UniqueConstraint("room_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.session_id", ondelete="CASCADE"))
    number: Mapped[int]
    visitor_id: Mapped[int | None] = mapped_column(
        ForeignKey("visitor.id", ondelete="SET NULL"), index=True
    )
    salt: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)


class Feedback(Model):
    """Three taps of one of the four audiences; nobody can tell whose they are."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), index=True
    )
    audience: Mapped[str] = mapped_column(String(12))
    """student, teacher, professional or moderator."""
    answers: Mapped[list[Any]]
    given_at: Mapped[datetime]


def nobody(model: type[Message] | type[Report]) -> ColumnElement[str]:
    """Stands for the author of a row that was erased: each for another nobody."""
    return literal("erased:") + cast(model.id, String)
