"""Rooms of the chat: made with their session's first visitor, opened, turned, and closed."""

from datetime import timedelta
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import now
from app.core.errors import Refusal
from app.core.queries import Query
from app.core.writer import Transaction
from app.live.chat.log import Act, note
from app.live.chat.models import ChatRoom, Message
from app.live.chat.sequence import Row, Told, happen, own
from app.live.sessions.models import Session

MODES = ("questions", "approved", "slow", "paused", "read_only")
LAST_CALL = timedelta(minutes=5)
"""Before the end: « Dernières questions »."""
SYSTEM = "system"
_ROOM = select(ChatRoom.session_id, ChatRoom.phase, ChatRoom.mode).where(
    ChatRoom.session_id == bindparam("room")
)
_HOLD = Query(_ROOM, postgresql=_ROOM.with_for_update())
_FIRST = {
    "sqlite": sqlite.insert(ChatRoom).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(ChatRoom).on_conflict_do_nothing(),
}


class Held(NamedTuple):
    """What of a room whoever speaks in it must know."""

    session_id: int
    phase: str
    mode: str


def hold(tx: Transaction, session_id: int) -> Held:
    """Hold a room until the commit; made when it is missing. For what is said at every moment."""
    rows = tx.rows(_HOLD, room=session_id)
    if not rows:
        _make(tx, session_id)
        rows = tx.rows(_HOLD, room=session_id)
    return Held(*rows[0])


def hold_room(tx: Transaction, session_id: int) -> ChatRoom:
    """The whole room of a session, made when it is missing, and held until the commit."""
    hold(tx, session_id)
    return tx.session.get_one(ChatRoom, session_id, populate_existing=True)


def _make(tx: Transaction, session_id: int) -> None:
    session = tx.session.get_one(Session, session_id)
    first: dict[str, Any] = {
        "session_id": session_id,
        "phase": "written" if session.kind == "written" else "waiting",
        "mode": "approved",
        "seq": 0,
        "sentence": "",
        "logged": 0,
        "seal": "",
        "given": [],
    }
    tx.execute(_FIRST[tx.connection.dialect.name], first)


def state_of(room: ChatRoom) -> dict[str, Any]:
    """What all pages show of the room itself."""
    return {
        "phase": room.phase,
        "mode": room.mode,
        "last_call": room.last_call_at is not None,
        "sentence": room.sentence,
    }


def turn(tx: Transaction, room: ChatRoom, act: str, by: str = SYSTEM) -> None:
    """Tell everybody what the room has become, and log who did it."""
    tx.session.flush()
    happen(tx, room.session_id, "room", body={"room": state_of(room)})
    note(tx, room.session_id, Act(act, by))


def open_room(tx: Transaction, session_id: int) -> None:
    """Begin: what was prepared and approved is there already."""
    room = hold_room(tx, session_id)
    if room.phase == "waiting":
        room.phase, room.opened_at = "open", now()
        turn(tx, room, "open")


def change_mode(tx: Transaction, session_id: int, mode: str, by: str) -> None:
    """Let students ask, slow them down, pause, or let them only read. Raises Refusal."""
    if mode not in MODES:
        raise Refusal("unknown_mode", _l("Ce mode n’existe pas."), 422, "mode")
    room = hold_room(tx, session_id)
    if room.phase == "closed":
        raise closed()
    if room.mode != mode:
        room.mode = mode
        turn(tx, room, "mode", by)


def call_last(tx: Transaction, session_id: int) -> None:
    """« Dernières questions », once."""
    room = hold_room(tx, session_id)
    if room.phase == "open" and room.last_call_at is None:
        room.last_call_at = now()
        turn(tx, room, "last_call")


def turn_written(tx: Transaction, session_id: int) -> None:
    """Nobody came to answer: the room becomes a box of questions, and keeps all that is in it."""
    room = hold_room(tx, session_id)
    if room.phase == "open":
        room.phase = "written"
        turn(tx, room, "written")


def close_room(
    tx: Transaction, session_id: int, *, days: int, by: str = SYSTEM, sentence: str = ""
) -> None:
    """End: what has no answer is kept for later; what was said is kept for so many days."""
    room = hold_room(tx, session_id)
    if room.phase == "closed":
        return
    room.phase, room.closed_at, room.sentence = "closed", now(), sentence[:300]
    room.erase_at = now() + timedelta(days=days)
    for question in tx.session.scalars(_unanswered(session_id)):
        keep_for_later(tx, question)
    turn(tx, room, "close", by)


def _unanswered(session_id: int) -> Any:
    return select(Message).where(
        Message.room_id == session_id,
        Message.kind == "question",
        Message.status.in_(("shown", "held")),
    )


def keep_for_later(tx: Transaction, question: Message) -> None:
    """A question goes to the factory; one that nobody has read yet is read first."""
    was_shown = question.status == "shown"
    question.claimed_by = question.claimed_name = None
    if was_shown:
        question.status = "later"
        tx.session.flush()
        happen(tx, question.room_id, "question", question)
    tell_author(tx, question)


def reopen(tx: Transaction, answer: Message) -> None:
    """A question whose last answer went waits for another."""
    if answer.kind != "answer" or answer.about_id is None:
        return
    question = tx.session.get_one(Message, answer.about_id)
    left = select(Message.id).where(
        Message.about_id == question.id, Message.kind == "answer", Message.status == "shown"
    )
    if question.status != "answered" or tx.session.scalar(left.limit(1)) is not None:
        return
    room = tx.session.get_one(ChatRoom, question.room_id)
    question.status = "later" if room.phase == "closed" else "shown"
    question.claimed_by = question.claimed_name = None
    tx.session.flush()
    happen(tx, question.room_id, "question", question)
    tell_author(tx, question)


def tell_author(tx: Transaction, message: Message | Row) -> None:
    """Tell a student's own pages what became of their message."""
    if message.visitor_id is not None:
        tx.publish(
            Told(room_id=message.room_id, visitor_id=message.visitor_id, message=own(message))
        )


def closed() -> Refusal:
    """Nothing more may be said here."""
    return Refusal("closed", _l("La discussion est terminée : on peut la relire."), 409)
