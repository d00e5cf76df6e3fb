"""Tells a student's pages who sits there: a pseudonym is redrawn, a mate is let go."""

from typing import Any

from flask import Flask, current_app
from sqlalchemy import select

from app.classes.doors import time_of
from app.classes.events import ClassChanged, PlaceClosed, StudentChanged
from app.classes.models import Classroom, Student
from app.classes.places import Place, place_in
from app.core.db import db, now
from app.live.presence import class_room, visitor_room
from app.live.realtime import Caller, lines_in, on_arrive, tell, throw_out


def describe_seat(place: Place) -> dict[str, Any]:
    """Those at one screen as the strip names them, the one at the keyboard first."""
    seats = [one.seat for one in (place, *place.mates) if one.seat is not None]
    return {"names": [{"id": seat.student, "pseudonym": seat.pseudonym} for seat in seats]}


def tell_seat(app: Flask, caller: Caller) -> None:
    """Tell one line who sits there now."""
    place = None if caller.hello.is_of_staff else place_in(caller.session)
    if place is not None and place.seat is not None:
        seat = {"time": place.seat.time, "hides": sorted(place.seat.hides)}
        tell(app, "seat", describe_seat(place) | seat, to=caller.sid)


def greet(caller: Caller) -> None:
    """Tell whoever comes, or comes back."""
    tell_seat(current_app.extensions["leads"].app, caller)


def hear_seats(app: Flask) -> None:
    """Listen to what students' pages show of their class and of themselves."""

    def on_student(event: StudentChanged) -> None:
        with app.app_context():
            query = select(Student.visitor_id).where(Student.id == event.student_id)
            visitor = db.session.scalar(query)
            for caller in lines_in(app, visitor_room(visitor)) if visitor is not None else ():
                tell_seat(app, caller)

    def on_closed(event: PlaceClosed) -> None:
        with app.app_context():
            for caller in lines_in(app, visitor_room(event.visitor_id)):
                if place_in(caller.session) is None:
                    throw_out(app, caller.sid)
                else:
                    tell_seat(app, caller)

    def on_class(event: ClassChanged) -> None:
        with app.app_context():
            classroom = db.session.get(Classroom, event.classroom_id, populate_existing=True)
            if classroom is not None:
                state = {"time": time_of(classroom, now()), "hides": sorted(classroom.hides)}
                tell(app, "class", state, to=class_room(event.classroom_id))

    hear = app.extensions["events"].subscribe
    hear(StudentChanged, on_student)
    hear(PlaceClosed, on_closed)
    hear(ClassChanged, on_class)


on_arrive(greet)
