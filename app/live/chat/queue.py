"""What adults have to decide in a room: messages held, reported, and alarms. Told as a whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from app.core.queries import Query, read
from app.live.chat.alarms import REPORTED
from app.live.chat.attending import Attendant
from app.live.chat.models import Alarm, Message, Report, Standing


class Words(NamedTuple):
    """What is told of a message that waits."""

    id: int
    version: int
    kind: str
    about_id: int | None
    role: str
    name: str
    level: str
    class_number: int
    text: str
    place: Mapping[str, Any] | None
    reasons: list[str]
    created_at: datetime

    def told(self) -> dict[str, Any]:
        """It as pages get it."""
        return {
            "id": self.id,
            "version": self.version,
            "kind": self.kind,
            "about": self.about_id,
            "role": self.role,
            "name": self.name,
            "level": self.level,
            "class": self.class_number,
            "text": self.text,
            "place": self.place,
            "reasons": self.reasons,
            "at": self.created_at.isoformat(timespec="seconds"),
        }


_WORDS = [getattr(Message, name) for name in Words._fields]
_IN_ROOM = Message.room_id == bindparam("room")
_HELD = Query(
    select(Message.classroom_id, Standing.trust, Standing.muted_in, *_WORDS)
    .outerjoin(Standing, Standing.visitor_id == Message.visitor_id)
    .where(_IN_ROOM, Message.status == "held")
    .order_by(Message.created_at, Message.id)
)
_REPORTED = Query(
    select(Message.classroom_id, Message.status, Report.reason, Report.reporter, *_WORDS)
    .join(Report, Report.message_id == Message.id)
    .where(_IN_ROOM, Report.closed_at.is_(None))
    .order_by(Report.id)
)
_ALARMS = Query(
    select(Alarm.classroom_id, Alarm.id, Alarm.message_id, Alarm.visitor_id, Alarm.reasons,
           Alarm.name, Alarm.text, Alarm.raised_at, Alarm.seen_at, Alarm.seen_by,
           Message.version)
    .outerjoin(Message, Message.id == Alarm.message_id)
    .where(Alarm.room_id == bindparam("room"))
    .order_by(Alarm.id)
)  # fmt: skip
_LATEST = (
    select(func.max(Message.id))
    .where(_IN_ROOM, Message.visitor_id.is_not(None))
    .group_by(Message.visitor_id)
)
_SILENT = Query(
    select(Message.classroom_id, Message.id, Message.name, Message.level, Standing.removed_from)
    .join(Standing, Standing.visitor_id == Message.visitor_id)
    .where(
        (Standing.muted_in == bindparam("room")) | (Standing.removed_from == bindparam("room")),
        Message.id.in_(_LATEST),
    )
    .order_by(Message.id)
)


@dataclass(frozen=True)
class Scope:
    """For what somebody decides: two with the same scope are told the same."""

    classes: tuple[int, ...] | None
    """None: for every class, and for what adults write."""
    tells_reporters: bool
    """Who reported is for those who watch over the room only."""

    def holds(self, classroom: int | None) -> bool:
        """Whether something of this class, or of adults, is within it."""
        return self.classes is None or classroom in self.classes


def scope_of(who: Attendant) -> Scope:
    """For what this adult decides."""
    if who.watches or who.is_only_teacher:
        return Scope(None, who.watches)
    return Scope(tuple(one.classroom for one in who.classes), tells_reporters=False)


class RoomQueue:
    """All that waits in a room, read once and told to each scope its part."""

    def __init__(self, room_id: int) -> None:
        self._room = room_id
        self._held, self._reported, self._alarms, self._silent = (
            read(query, room=room_id) for query in (_HELD, _REPORTED, _ALARMS, _SILENT)
        )

    def told_to(self, scope: Scope) -> dict[str, Any]:
        """What waits for those who decide so."""
        return {
            "held": list(self._of_held(scope)),
            "reported": list(self._of_reported(scope)),
            "alarms": list(self._of_alarms(scope)),
            "silent": list(self._of_silent(scope)),
        }

    def _of_held(self, scope: Scope) -> Iterable[Any]:
        for classroom, trust, muted_in, *words in self._held:
            if scope.holds(classroom):
                more = {"trust": trust or "normal", "muted": muted_in == self._room}
                yield Words(*words).told() | more

    def _of_reported(self, scope: Scope) -> Iterable[Any]:
        """Messages with open reports, each once."""
        found: dict[int, dict[str, Any]] = {}
        for classroom, status, reason, reporter, *rest in self._reported:
            if scope.holds(classroom):
                words, fresh = Words(*rest), {"reports": [], "hidden": status == "hidden"}
                told = found.setdefault(words.id, words.told() | fresh)
                by = reporter if scope.tells_reporters else ""
                told["reports"].append({"reason": reason, "by": by})
        return found.values()

    def _of_alarms(self, scope: Scope) -> Iterable[Any]:
        """Alarms of these classes, and those that name no class."""
        for classroom, *row in self._alarms:
            number, message, visitor, reasons, name, text, raised_at, seen_at, by, version = row
            if REPORTED in reasons or not (classroom is None or scope.holds(classroom)):
                continue
            yield {
                "id": number,
                "message": message if visitor else None,
                "version": version,
                "reasons": reasons,
                "name": name,
                "text": text,
                "at": raised_at.isoformat(timespec="seconds"),
                "seen_by": by if seen_at else None,
            }

    def _of_silent(self, scope: Scope) -> Iterable[Any]:
        """Students who may only read here, or had to leave: each by their last message."""
        for classroom, number, name, level, removed_from in self._silent:
            if scope.holds(classroom):
                is_out = removed_from == self._room
                yield {"id": number, "name": name, "level": level, "out": is_out}
