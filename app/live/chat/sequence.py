"""What everybody in a room sees happen, numbered without gaps; replay gives the same state.

Each event carries the whole message it is about, as it is now: one that is heard twice, or missed
because a later one about the same message came, does no harm.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, insert, select, update

from app.core.db import now
from app.core.events import Event
from app.core.queries import Query, read
from app.core.writer import Transaction
from app.live.chat.models import ChatRoom, Message, RoomEvent, Vote

_NEXT = Query(
    update(ChatRoom)
    .where(ChatRoom.session_id == bindparam("room"))
    .values(seq=ChatRoom.seq + 1)
    .returning(ChatRoom.seq)
)
_ADD = Query(
    insert(RoomEvent).values(
        {name: bindparam(name) for name in ("room_id", "seq", "kind", "message_id", "body", "at")}
    )
)
_NUMBER = Query(
    update(Message).where(Message.id == bindparam("number")).values(seq=bindparam("new_seq"))
)
_KEPT = [column.key for column in Message.__table__.columns if not column.primary_key]
_KEEP = Query(
    insert(Message).values({name: bindparam(name) for name in _KEPT}).returning(Message.id)
)


class Row(NamedTuple):
    """A message as `public` and `own` read it, past the ORM: a history has hundreds of them."""

    id: int
    room_id: int
    visitor_id: int | None
    client_id: str
    kind: str
    status: str
    about_id: int | None
    role: str
    name: str
    level: str
    class_number: int
    text: str
    place: dict[str, Any] | None
    reasons: list[str]
    votes: int
    claimed_name: str | None
    into_id: int | None
    seq: int | None
    created_at: datetime


ROW = [getattr(Message, name) for name in Row._fields]
"""The columns of a Row."""
_IN_ROOM = Message.room_id == bindparam("room")
_LAST = Query(select(ChatRoom.seq).where(ChatRoom.session_id == bindparam("room")))
_LATEST = (
    select(func.max(RoomEvent.seq))
    .where(
        RoomEvent.room_id == bindparam("room"),
        RoomEvent.seq > bindparam("start"),
        RoomEvent.seq <= bindparam("last"),
    )
    .group_by(func.coalesce(RoomEvent.message_id, -RoomEvent.seq))
)
_SINCE = Query(
    select(RoomEvent.seq, RoomEvent.kind, RoomEvent.body, *ROW)
    .outerjoin(Message, Message.id == RoomEvent.message_id)
    .where(RoomEvent.room_id == bindparam("room"), RoomEvent.seq.in_(_LATEST))
    .order_by(RoomEvent.seq)
)
_OWN = Query(
    select(*ROW).where(_IN_ROOM, Message.visitor_id == bindparam("visitor")).order_by(Message.id)
)
_VOTES = Query(
    select(Vote.message_id)
    .join(Message, Message.id == Vote.message_id)
    .where(_IN_ROOM, Vote.visitor_id == bindparam("visitor"))
)
SEEN = ("shown", "answered", "later", "merged")
"""What of a message everybody may read; of others a page learns only that it went."""


class RoomMoved(Event):
    """Something happened in a room that all its pages show."""

    room_id: int
    event: dict[str, Any]


class Told(Event):
    """Something became of a student's own message: only their pages hear it."""

    room_id: int
    visitor_id: int
    message: dict[str, Any]


class QueueMoved(Event):
    """What adults must decide in a room changed."""

    room_id: int


def happen(
    tx: Transaction,
    room_id: int,
    kind: str,
    message: Message | Row | None = None,
    body: dict[str, Any] | None = None,
) -> int:
    """Number an event and tell it after the commit; a message's first event gives it its number.

    A new message is written with that number, at once.
    """
    ((seq,),) = tx.rows(_NEXT, room=room_id)
    if message is not None:
        message = _numbered(tx, message, seq)
    moment = now()
    number = message.id if message else None
    tx.rows(_ADD, room_id=room_id, seq=seq, kind=kind, message_id=number, body=body or {},
            at=moment)  # fmt: skip
    shown = public(message) if message else None
    event = {"seq": seq, "kind": kind, "message": shown, **(body or {})}
    tx.publish(RoomMoved(room_id=room_id, event=event))
    return int(seq)


def _numbered(tx: Transaction, message: Message | Row, seq: int) -> Message | Row:
    """The message with its number: this one, when it has none yet."""
    if isinstance(message, Row):
        if message.seq is not None:
            return message
        tx.rows(_NUMBER, number=message.id, new_seq=seq)
        return message._replace(seq=seq)
    if message.seq is None:
        message.seq = seq
    if not message.id:
        keep(tx, message)
    return message


def keep(tx: Transaction, message: Message) -> None:
    """Write a new message, past the ORM; what is to be changed after is fetched again."""
    ((message.id,),) = tx.rows(_KEEP, **{name: getattr(message, name) for name in _KEPT})


def public(message: Message | Row) -> dict[str, Any]:
    """A message as everybody in its room reads it; one that nobody may read is a gap."""
    is_seen = message.status in SEEN
    is_read = is_seen and message.status != "merged"
    return {
        "id": message.id,
        "kind": message.kind,
        "status": message.status if is_seen else "gone",
        "about": message.about_id,
        "role": message.role,
        "name": message.name if is_read else "",
        "level": message.level if is_read else "",
        "class": message.class_number,
        "text": message.text if is_read else "",
        "place": message.place if is_read else None,
        "votes": message.votes,
        "claimed": message.claimed_name,
        "into": message.into_id,
        "number": message.seq,
        "at": message.created_at.isoformat(timespec="seconds"),
    }


def own(message: Message | Row) -> dict[str, Any]:
    """A message as its author sees it, wherever it is; a refused one gives its text back."""
    return {
        "id": message.id,
        "client_id": message.client_id,
        "kind": message.kind,
        "about": message.about_id,
        "status": message.status,
        "text": message.text,
        "place": message.place,
        "reasons": message.reasons if message.status == "refused" else [],
        "claimed": message.claimed_name,
        "into": message.into_id,
    }


def since(room_id: int, seq: int) -> dict[str, Any]:
    """All that came after `seq`, the last event of each message only: first load and reconnect.

    A number that the room has not reached (its database was restored) is answered from the start.
    """
    rows = read(_LAST, room=room_id)
    last = rows[0][0] if rows else 0
    start = seq if seq <= last else 0
    events = read(_SINCE, room=room_id, start=start, last=last) if start < last else []
    return {"from": start, "seq": last, "events": list(_events(events))}


def _events(rows: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for seq, kind, body, *message in rows:
        shown = public(Row(*message)) if message[0] is not None else None
        yield {"seq": seq, "kind": kind, "message": shown, **body}


def own_messages(room_id: int, visitor: int) -> list[dict[str, Any]]:
    """All that a student has written in a room, as they see it."""
    return [own(Row(*row)) for row in read(_OWN, room=room_id, visitor=visitor)]


def own_votes(room_id: int, visitor: int) -> list[int]:
    """The questions for which a student has given their voice."""
    return [message for (message,) in read(_VOTES, room=room_id, visitor=visitor)]
