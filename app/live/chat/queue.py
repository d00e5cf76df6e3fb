"""What adults have to decide in a room: messages held, reported, and alarms. Told as a whole."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Reading

from app.live.chat.models import Alarm, Message, Report, Standing


def queue_of(reading: Reading, room_id: int, classes: Sequence[int] | None) -> dict[str, Any]:
    """The queue of those who decide for these classes; None: for all, adults' messages included."""
    return {
        "held": list(_held(reading, room_id, classes)),
        "reported": list(_reported(reading, room_id, classes)),
        "alarms": list(_alarms(reading, room_id, classes)),
    }


def _held(reading: Reading, room_id: int, classes: Sequence[int] | None) -> Iterable[Any]:
    query = (
        select(Message, Standing.trust, Standing.muted_in)
        .outerjoin(Standing, Standing.visitor_id == Message.visitor_id)
        .where(Message.room_id == room_id, Message.status == "held")
        .order_by(Message.created_at, Message.id)
    )
    if classes is not None:
        query = query.where(Message.classroom_id.in_(classes))
    for message, trust, muted_in in reading.execute(query):
        yield _told(message) | {
            "trust": trust or "normal",
            "muted": muted_in == room_id,
        }


def _told(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "kind": message.kind,
        "about": message.about_id,
        "role": message.role,
        "name": message.name,
        "level": message.level,
        "class": message.class_number,
        "text": message.text,
        "place": message.place,
        "reasons": message.reasons,
        "at": message.created_at.isoformat(timespec="seconds"),
    }


def _reported(reading: Reading, room_id: int, classes: Sequence[int] | None) -> Iterable[Any]:
    """Messages with open reports; who reported is for those who watch over the room only."""
    query = (
        select(Message, Report)
        .join(Report, Report.message_id == Message.id)
        .where(Message.room_id == room_id, Report.closed_at.is_(None))
        .order_by(Report.id)
    )
    if classes is not None:
        query = query.where(Message.classroom_id.in_(classes))
    found: dict[int, dict[str, Any]] = {}
    for message, report in reading.execute(query):
        told = found.setdefault(
            message.id,
            _told(message) | {"reports": [], "hidden": message.status == "hidden"},
        )
        by = report.reporter if classes is None else ""
        told["reports"].append({"reason": report.reason, "by": by})
    return found.values()


def _alarms(reading: Reading, room_id: int, classes: Sequence[int] | None) -> Iterable[Any]:
    query = select(Alarm).where(Alarm.room_id == room_id).order_by(Alarm.id)
    if classes is not None:
        query = query.where(Alarm.classroom_id.in_(classes))
    for alarm in reading.scalars(query):
        yield {
            "id": alarm.id,
            "reasons": alarm.reasons,
            "name": alarm.name,
            "text": alarm.text,
            "at": alarm.raised_at.isoformat(timespec="seconds"),
            "seen_by": alarm.seen_by if alarm.seen_at else None,
        }
