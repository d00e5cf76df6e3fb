"""What the players of a class know of its room: that it is open, and what is shown there."""

from typing import Any

from flask import Flask, current_app
from sqlalchemy import select

from app.classes.places import place_in
from app.core.db import db, now
from app.live.chat.attending import Room, attend, find_room
from app.live.chat.models import RoomEvent
from app.live.chat.pages import current_room
from app.live.chat.sequence import RoomMoved
from app.live.presence import class_room
from app.live.realtime import Caller, lines_in, on_arrive, tell
from app.live.sessions.models import Booking


def meeting_of(room: Room | None) -> dict[str, Any]:
    """A room, as a strip in the player tells of it; `slug` is null when there is none."""
    if room is None or room.phase == "closed" or room.ends_at < now():
        return {"slug": None}
    shown = _last_shown(room.id) if room.phase == "open" else None
    return {"slug": room.slug, "phase": room.phase, "subject": room.subject, "shown": shown}


def _last_shown(room_id: int) -> dict[str, Any] | None:
    query = (
        select(RoomEvent.seq, RoomEvent.body)
        .where(RoomEvent.room_id == room_id, RoomEvent.kind == "show")
        .order_by(RoomEvent.seq.desc())
        .limit(1)
    )
    row = db.session.execute(query).first()
    return {"seq": row[0], **row[1]["show"]} if row else None


def greet(caller: Caller) -> None:
    """Tell a student in a tour of the room of their class, unless they were removed from it."""
    if caller.hello.is_of_staff or caller.hello.room:
        return
    place = place_in(caller.session)
    slug = current_room(place.seat.classroom) if place and place.seat else None
    if slug is None:
        return
    who = attend(slug, "student", caller.session, now())
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  werkzeug's way to the app itself
    tell(app, "meeting", meeting_of(who.room if who else None), to=caller.sid)


def hear_meetings(app: Flask) -> None:
    """Tell the players of a room's classes when it opens, closes, or somebody shows something."""

    def on_move(event: RoomMoved) -> None:
        if event.event["kind"] not in ("room", "show"):
            return
        with app.app_context():
            for classroom in _booked(event.room_id):
                if lines_in(app, class_room(classroom)):
                    slug = current_room(classroom)
                    told = meeting_of(find_room(slug) if slug else None)
                    tell(app, "meeting", told, to=class_room(classroom))

    app.extensions["events"].subscribe(RoomMoved, on_move)


def _booked(room_id: int) -> list[int]:
    query = select(Booking.classroom_id).where(
        Booking.session_id == room_id, Booking.state == "booked"
    )
    return list(db.session.scalars(query))


on_arrive(greet)
