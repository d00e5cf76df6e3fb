"""What adults have to decide in a room: messages held, reported, and alarms. Told as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session as Reading

from app.live.chat.alarms import REPORTED
from app.live.chat.attending import Attendant
from app.live.chat.models import Alarm, Message, Report, Standing


@dataclass(frozen=True)
class Scope:
    """For what somebody decides: two with the same scope are told the same."""

    classes: tuple[int, ...] | None
    """None: for every class, and for what adults write."""
    tells_reporters: bool
    """Who reported is for those who watch over the room only."""

    def of(self, column: Any) -> Any:
        """Whether a row's class is within it."""
        return true() if self.classes is None else column.in_(self.classes)


def scope_of(who: Attendant) -> Scope:
    """For what this adult decides."""
    if who.watches or who.is_only_teacher:
        return Scope(None, who.watches)
    return Scope(tuple(one.classroom for one in who.classes), tells_reporters=False)


def queue_of(reading: Reading, room_id: int, scope: Scope) -> dict[str, Any]:
    """All that waits for those who decide so."""
    return {
        "held": list(_held(reading, room_id, scope)),
        "reported": list(_reported(reading, room_id, scope)),
        "alarms": list(_alarms(reading, room_id, scope)),
        "silent": list(_silent(reading, room_id, scope)),
    }


def _held(reading: Reading, room_id: int, scope: Scope) -> Iterable[Any]:
    query = (
        select(Message, Standing.trust, Standing.muted_in)
        .outerjoin(Standing, Standing.visitor_id == Message.visitor_id)
        .where(Message.room_id == room_id, Message.status == "held")
        .where(scope.of(Message.classroom_id))
        .order_by(Message.created_at, Message.id)
    )
    for message, trust, muted_in in reading.execute(query):
        yield _told(message) | {
            "trust": trust or "normal",
            "muted": muted_in == room_id,
        }


def _told(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "version": message.version,
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


def _reported(reading: Reading, room_id: int, scope: Scope) -> Iterable[Any]:
    """Messages with open reports; who reported is for those who watch over the room only."""
    query = (
        select(Message, Report)
        .join(Report, Report.message_id == Message.id)
        .where(Message.room_id == room_id, Report.closed_at.is_(None))
        .where(scope.of(Message.classroom_id))
        .order_by(Report.id)
    )
    found: dict[int, dict[str, Any]] = {}
    for message, report in reading.execute(query):
        told = found.setdefault(
            message.id,
            _told(message) | {"reports": [], "hidden": message.status == "hidden"},
        )
        by = report.reporter if scope.tells_reporters else ""
        told["reports"].append({"reason": report.reason, "by": by})
    return found.values()


def _alarms(reading: Reading, room_id: int, scope: Scope) -> Iterable[Any]:
    """Alarms of these classes, and those that name no class."""
    query = (
        select(Alarm, Message.version)
        .outerjoin(Message, Message.id == Alarm.message_id)
        .where(Alarm.room_id == room_id)
        .where(scope.of(Alarm.classroom_id) | Alarm.classroom_id.is_(None))
        .order_by(Alarm.id)
    )
    for alarm, version in reading.execute(query):
        if REPORTED in alarm.reasons:
            continue
        yield {
            "id": alarm.id,
            "message": alarm.message_id if alarm.visitor_id else None,
            "version": version,
            "reasons": alarm.reasons,
            "name": alarm.name,
            "text": alarm.text,
            "at": alarm.raised_at.isoformat(timespec="seconds"),
            "seen_by": alarm.seen_by if alarm.seen_at else None,
        }


def _silent(reading: Reading, room_id: int, scope: Scope) -> Iterable[Any]:
    """Students who may only read here, or had to leave: each by their last message."""
    latest = (
        select(func.max(Message.id))
        .where(Message.room_id == room_id, Message.visitor_id.is_not(None))
        .group_by(Message.visitor_id)
    )
    is_silent = (Standing.muted_in == room_id) | (Standing.removed_from == room_id)
    query = (
        select(Message, Standing)
        .join(Standing, Standing.visitor_id == Message.visitor_id)
        .where(Message.id.in_(latest), is_silent)
        .where(scope.of(Message.classroom_id))
        .order_by(Message.id)
    )
    for message, standing in reading.execute(query):
        is_out = standing.removed_from == room_id
        yield {"id": message.id, "name": message.name, "level": message.level, "out": is_out}
