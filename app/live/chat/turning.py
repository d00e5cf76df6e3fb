"""Views that turn by themselves, after a professional's, in classes whose teacher has allowed it.

What is shown lies in memory, and ends when the professional stops or leaves, when the class has no
adult of its own, and when the room closes or pauses. Whoever leads the class always wins.
"""

from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Annotated, Any

from flask import Flask, current_app
from flask_babel import lazy_gettext as _l
from pydantic import Field
from sqlalchemy import update

from app.classes.models import Classroom
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import Transaction, write
from app.live.chat.attending import Attendant
from app.live.chat.handlers import NOT_YOURS, Degrees, Place, as_answering, as_own_teacher
from app.live.chat.log import Act, note
from app.live.chat.rooms import closed, hold_room
from app.live.chat.sequence import RoomMoved
from app.live.chat.watching import Watcher
from app.live.lead import numbered_view, tell_students
from app.live.leads import Leads, Led, View
from app.live.presence import class_room
from app.live.realtime import Ack, Caller, Said, on, on_leave, tell
from app.live.sessions.models import Booking
from tours.published import published_tour


class Point(Said):
    """A direction in which somebody points, in degrees."""

    yaw: Degrees
    pitch: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class TurnViews(Said):
    """Where a professional looks, and points; no place: they show nothing any more."""

    place: Place | None = None
    point: Point | None = None


class Allow(Said):
    """Whether a class's views may be turned in this session."""

    allow: bool


@dataclass
class Turned:
    """What somebody shows in a room."""

    sid: str
    author: str
    led: Led
    classrooms: set[int] = field(default_factory=set)
    """Those that were told."""


class Turning:
    """Who turns views in which room; in the serving process only."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._rooms: dict[int, Turned] = {}
        self._numbers = count(int(now().timestamp()))

    def turn(self, sid: str, who: Attendant, place: Place, point: Point | None) -> int:
        """Show where somebody looks; how many classes follow. Raises Refusal."""
        known = self._rooms.get(who.room.id)
        if known is not None and known.author != who.author:
            told = _l("%(name)s tourne déjà les vues.", name=known.led.name)
            raise Refusal("turning", told, 409)
        led = self._led(known.led if known else None, who, place, point)
        turned = self._rooms[who.room.id] = Turned(sid, who.author, led)
        for one in who.room.classes:
            if one.allows_views and not self._rests(who.room.id, one.classroom):
                turned.classrooms.add(one.classroom)
        for gone in (known.classrooms if known else set()) - turned.classrooms:
            self._let_go(gone)
        return sum(self._follow(classroom, led) for classroom in turned.classrooms)

    def stop(self, room_id: int, author: str | None = None) -> None:
        """Nothing is shown any more: by this author, or by whomever."""
        known = self._rooms.get(room_id)
        if known is not None and author in (None, known.author):
            del self._rooms[room_id]
            for classroom in known.classrooms:
                self._let_go(classroom)

    def forbid(self, room_id: int, classroom: int) -> None:
        """A class follows no more."""
        known = self._rooms.get(room_id)
        if known is not None and classroom in known.classrooms:
            known.classrooms.discard(classroom)
            self._let_go(classroom)

    def forget(self, sid: str) -> None:
        """A line has ended: what it showed ends with it."""
        for room_id in [room for room, known in self._rooms.items() if known.sid == sid]:
            self.stop(room_id)

    def _rests(self, room_id: int, classroom: int) -> bool:
        rooms: Watcher = self._app.extensions["rooms"]
        return rooms.is_paused(room_id, classroom)

    def _led(self, before: Led | None, who: Attendant, place: Place, point: Point | None) -> Led:
        scene = published_tour(place.tour).scenes.get(place.scene)
        if scene is None or scene.is_withdrawn:
            raise Refusal("not_yours", NOT_YOURS, 404)
        is_same = before is not None and (before.tour, before.scene) == (place.tour, place.scene)
        number = before.number if before and is_same else -next(self._numbers)
        view = View(place.yaw, place.pitch, place.hfov)
        pointed = View(point.yaw, point.pitch) if point else None
        return Led(number, "turn", place.tour, place.scene, view, at=now(), name=who.name,
                   hotspot=place.hotspot, point=pointed)  # fmt: skip

    def _follow(self, classroom_id: int, led: Led) -> bool:
        """Tell a class, unless somebody of its own leads it; whether it follows."""
        leads: Leads = self._app.extensions["leads"]
        classroom = db.session.get(Classroom, classroom_id, populate_existing=True)
        before = leads.show(classroom_id, led)
        if classroom is None or leads.followed(classroom) is not led:
            return False
        is_known = before is not None and (before.number, before.hotspot) == (
            led.number,
            led.hotspot,
        )
        if is_known:
            tell(self._app, "lead_view", numbered_view(led), to=class_room(classroom_id))
        else:
            tell_students(leads, classroom)
        return True

    def _let_go(self, classroom_id: int) -> None:
        leads: Leads = self._app.extensions["leads"]
        classroom = db.session.get(Classroom, classroom_id, populate_existing=True)
        if leads.show(classroom_id, None) is not None and classroom is not None:
            tell_students(leads, classroom)


def as_turning(caller: Caller, said: Said) -> tuple[str, Attendant]:
    """A professional or a guest of the session, and the line on which they show."""
    return caller.sid, as_answering(caller, said)


@on("turn_views", TurnViews, audience=as_turning, per_second=12)
def turn_views(whose: tuple[str, Attendant], said: TurnViews) -> Ack:
    """Turn the views of classes that allow it, or stop."""
    sid, who = whose
    turning: Turning = current_app.extensions["turning"]
    if said.place is None:
        turning.stop(who.room.id, who.author)
        return {"classes": 0}
    if who.room.phase != "open" or who.room.mode == "paused":
        raise closed()
    return {"classes": turning.turn(sid, who, said.place, said.point)}


@on("allow_views", Allow, audience=as_own_teacher, per_second=1, burst=4)
def allow_views(who: Attendant, said: Allow) -> None:
    """Let professionals turn the views of one's own class in this session, or not any more."""
    classrooms = [one.classroom for one in who.classes]
    write(partial(_allow, who=who, classrooms=classrooms, is_allowed=said.allow))
    turning: Turning = current_app.extensions["turning"]
    for classroom in () if said.allow else classrooms:
        turning.forbid(who.room.id, classroom)


def _allow(tx: Transaction, who: Attendant, classrooms: list[int], *, is_allowed: bool) -> None:
    hold_room(tx, who.room.id)
    mine = (Booking.session_id == who.room.id) & Booking.classroom_id.in_(classrooms)
    tx.execute(update(Booking).where(mine).values(allows_views=is_allowed))
    note(tx, who.room.id, Act("allow_views" if is_allowed else "forbid_views", who.author))


def hear_turning(app: Flask) -> None:
    """Know who turns views; end it when the room does."""
    app.extensions["turning"] = Turning(app)

    def on_move(event: RoomMoved) -> None:
        room: dict[str, Any] | None = event.event.get("room")
        if room is not None and (room["phase"] != "open" or room["mode"] == "paused"):
            with app.app_context():
                app.extensions["turning"].stop(event.room_id)

    app.extensions["events"].subscribe(RoomMoved, on_move)


def forget(caller: Caller) -> None:
    """Whoever leaves shows nothing any more."""
    current_app.extensions["turning"].forget(caller.sid)


on_leave(forget)
