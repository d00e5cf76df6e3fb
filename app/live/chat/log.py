"""A room's log: it only grows, and each line seals the one before.

What was said lies apart, under a salt. When its author is erased, salt and text go, the seals stay
and still follow from each other: nobody can take a line out or slip one in unseen, and nobody can
guess a short text from its seal.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session as Reading

from app.core.db import now
from app.core.queries import Query
from app.core.writer import Transaction
from app.live.chat.models import ChatRoom, LogEntry, LogText

_LAST = select(ChatRoom.logged, ChatRoom.seal).where(ChatRoom.session_id == bindparam("room"))
_END = Query(_LAST, postgresql=_LAST.with_for_update())
_SEAL = Query(
    update(ChatRoom)
    .where(ChatRoom.session_id == bindparam("room"))
    .values(logged=bindparam("number"), seal=bindparam("new_seal"))
)
_ENTRY = Query(
    insert(LogEntry).values(
        {
            name: bindparam(name)
            for name in ("room_id", "number", "act", "by", "at", "sealed", "seal")
        }
    )
)
_TEXT = Query(
    insert(LogText).values(
        {
            name: bindparam(name)
            for name in ("room_id", "number", "visitor_id", "salt", "name", "text")
        }
    )
)


@dataclass(frozen=True)
class Act:
    """Something that was done in a room, by whom, and about whose words."""

    act: str
    by: str
    """`account:2`, `guest:1`, `system`, or `student`: students are named in what is erased only."""
    name: str = ""
    text: str = ""
    visitor: int | None = None


def note(tx: Transaction, room_id: int, act: Act) -> None:
    """Add a line; the room's row is held until the commit, so that lines have one order."""
    ((last, before),) = tx.rows(_END, room=room_id)
    number = last + 1
    moment, salt = now(), secrets.token_hex(16)
    sealed = seal_text(salt, act.name, act.text)
    seal = seal_line(before, number, act.act, act.by, moment, sealed)
    tx.rows(_ENTRY, room_id=room_id, number=number, act=act.act, by=act.by, at=moment,
            sealed=sealed, seal=seal)  # fmt: skip
    tx.rows(_TEXT, room_id=room_id, number=number, visitor_id=act.visitor, salt=salt,
            name=act.name, text=act.text)  # fmt: skip
    tx.rows(_SEAL, room=room_id, number=number, new_seal=seal)


def seal_text(salt: str, name: str, text: str) -> str:
    """SHA-256 of what is erased with its author."""
    return _hash(salt, name, text)


def seal_line(before: str, number: int, act: str, by: str, at: datetime, sealed: str) -> str:
    """SHA-256 of a line and of the seal before it."""
    return _hash(before, str(number), act, by, at.astimezone(UTC).isoformat(), sealed)


def _hash(*parts: str) -> str:
    """Each part behind its length: none can grow into the next."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()


def find_break(reading: Reading, room_id: int) -> int | None:
    """The number of the first line that does not follow, or whose text is not what was sealed."""
    lines = select(LogEntry).where(LogEntry.room_id == room_id).order_by(LogEntry.number)
    texts = {
        text.number: text
        for text in reading.scalars(select(LogText).where(LogText.room_id == room_id))
    }
    broken = _first_break(reading.scalars(lines), texts)
    if broken is not None:
        return broken
    room = reading.get(ChatRoom, room_id)
    return None if room is None or _ends_right(reading, room) else room.logged


def _first_break(lines: Iterable[LogEntry], texts: dict[int, LogText]) -> int | None:
    before, expected = "", 1
    for line in lines:
        text = texts.get(line.number)
        follows = line.number == expected and line.seal == seal_line(
            before, line.number, line.act, line.by, line.at, line.sealed
        )
        if not follows or (text and seal_text(text.salt, text.name, text.text) != line.sealed):
            return line.number
        before, expected = line.seal, expected + 1
    return None


def _ends_right(reading: Reading, room: ChatRoom) -> bool:
    """Whether no line was cut off at the end."""
    last = select(LogEntry).where(LogEntry.room_id == room.session_id)
    line = reading.scalar(last.order_by(LogEntry.number.desc()).limit(1))
    return (line.number, line.seal) == (room.logged, room.seal) if line else room.logged == 0
