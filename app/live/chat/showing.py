"""Lets everybody in a room read a message: a new one, or one that an adult lets through."""

from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select, update

from app.core.db import now
from app.core.queries import Query
from app.core.writer import Transaction
from app.live.chat.models import Message
from app.live.chat.rooms import tell_author
from app.live.chat.sequence import ROW, Row, happen

ANSWERABLE = ("shown", "answered", "later")
"""A question in this state may be answered, once more too."""

_NUMBER = Message.id == bindparam("number")
_SHOW = Query(
    update(Message)
    .where(_NUMBER)
    .values(
        status=bindparam("new_status"),
        decided_at=bindparam("moment"),
        approved_by=func.coalesce(bindparam("by"), Message.approved_by),
    )
    .returning(*ROW)
)
_ANSWER = Query(
    update(Message)
    .where(
        _NUMBER,
        or_(*(Message.status == status for status in ANSWERABLE)),
    )
    .values(status="answered", claimed_by=bindparam("by"), claimed_name=bindparam("by_name"))
    .returning(*ROW)
)
_HAS_ANSWER = Query(
    select(Message.id)
    .where(
        Message.about_id == bindparam("number"),
        Message.kind == "answer",
        Message.status == "shown",
    )
    .limit(1)
)
_BACK = Query(update(Message).where(_NUMBER).values(status="answered").returning(*ROW))
_MERGED = Query(
    select(*ROW).where(Message.into_id == bindparam("into"), Message.status == "merged")
)


class Kept(NamedTuple):
    """What of a message must be known of whoever decides about it."""

    id: int
    room_id: int
    classroom_id: int | None
    author: str
    kind: str
    status: str
    version: int
    seq: int | None


KEPT = Query(select(*(getattr(Message, name) for name in Kept._fields)).where(_NUMBER))
"""The Kept of a `number`."""


def show(tx: Transaction, message: Message, phase: str) -> None:
    """Let everybody in the room, which is in this phase, read what was just written."""
    message.status = _becomes(message.kind, phase)
    message.decided_at = now()
    happen(tx, message.room_id, message.kind, message)
    if message.kind == "answer" and message.about_id is not None:
        tx.finish()
        _answer(tx, message.about_id, message.author, message.name)
    tx.finish()


def show_kept(tx: Transaction, kept: Kept, phase: str, *, approved_by: str | None = None) -> Row:
    """Let everybody in the room read what waited for an adult; the message as it is now.

    Past the ORM: a teacher does it every few seconds. `approved_by` is who read an answer.
    """
    status = _becomes(kept.kind, phase)
    rows = tx.rows(_SHOW, number=kept.id, new_status=status, moment=now(), by=approved_by)
    message = Row(*rows[0])
    happen(tx, message.room_id, message.kind, message)
    if kept.kind == "answer" and message.about_id is not None:
        _answer(tx, message.about_id, kept.author, message.name)
    elif kept.kind == "question" and kept.seq is not None and _has_answer(tx, kept.id):
        message = Row(*tx.rows(_BACK, number=kept.id)[0])
        happen(tx, message.room_id, "question", message)
    tx.forget(Message, kept.id)
    return message


def _becomes(kind: str, phase: str) -> str:
    """The status of what is let through: when the chat is over, a question goes to the factory."""
    return "later" if phase == "closed" and kind == "question" else "shown"


def _has_answer(tx: Transaction, question: int) -> bool:
    return bool(tx.rows(_HAS_ANSWER, number=question))


def _answer(tx: Transaction, number: int, author: str, name: str) -> None:
    """A question has its answer, unless it was taken back meanwhile."""
    rows = tx.rows(_ANSWER, number=number, by=author, by_name=name)
    if not rows:
        return
    tx.forget(Message, number)
    question = Row(*rows[0])
    happen(tx, question.room_id, "question", question)
    tell_author(tx, question)
    for row in tx.rows(_MERGED, into=number):
        tell_author(tx, Row(*row))
