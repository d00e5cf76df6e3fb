"""Brings boards abreast of their classes: what happens in a burst is shown once."""

import logging
from functools import partial

import gevent
from flask import Flask
from sqlalchemy import bindparam, select

from app.classes.events import ClassChanged, DoorChanged, StudentChanged
from app.classes.models import Classroom, Student
from app.classes.places import place_in
from app.core.db import db
from app.core.queries import Query, read
from app.core.writer import write
from app.live.board import snapshot
from app.live.building import build, next_step
from app.live.presence import (
    WHERE,
    board_room,
    present_visitors,
    teaching,
)
from app.live.realtime import Caller, lines_in, on_arrive, on_leave, tell
from app.points.ledger import PointsAwarded
from tours.finding import Moved
from tours.published import published_tours

PAUSE = 0.05
"""Seconds in which what happens in one class is gathered: below what anybody sees."""
_CLASS_OF = Query(select(Student.classroom_id).where(Student.visitor_id == bindparam("visitor")))
log = logging.getLogger(__name__)


class Pusher:
    """Tells the boards of a class, at most once a PAUSE."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._due: dict[int, bool] = {}
        """Classes that are about to be told; whether somebody found something."""

    def touch(self, classroom: int, *, is_find: bool = False) -> None:
        """Something of this class changed."""
        if classroom not in self._due:
            gevent.spawn_later(PAUSE, self._tell, classroom)
        self._due[classroom] = self._due.get(classroom, False) or is_find

    def touch_visitor(self, visitor: int, *, is_find: bool = False) -> None:
        """Something of this visitor changed; those without a class have no board."""
        with self._app.app_context():
            rows = read(_CLASS_OF, visitor=visitor)
        for (classroom,) in rows:
            self.touch(classroom, is_find=is_find)

    def _tell(self, classroom: int) -> None:
        is_find = self._due.pop(classroom)
        try:
            with self._app.app_context():
                self._bring_abreast(classroom, is_find=is_find)
        except Exception:
            log.exception("a board could not be told")

    def _bring_abreast(self, classroom: int, *, is_find: bool) -> None:
        boards = board_room(classroom)
        is_watched = bool(lines_in(self._app, boards))
        if not (is_find or is_watched):
            return
        here = present_visitors(self._app, classroom)
        found = db.session.get(Classroom, classroom)
        if found is not None and is_find and self._build(found, len(here)):
            found = db.session.get(Classroom, classroom)
        if found is not None and is_watched:
            tell(self._app, "board", snapshot(found, here), to=boards)

    def _build(self, classroom: Classroom, present: int) -> bool:
        """Advance the object of a class; whether that had to be written."""
        tours = {tour.slug: tour for tour in published_tours()}
        content = tours.get(classroom.tour)
        if content is None:
            return False
        number = classroom.id
        before, after = next_step(read, number, content, present)
        if before != after:
            write(partial(build, classroom=number, content=content, present=present))
        return before != after


def hear_classes(app: Flask) -> None:
    """Listen to all that a board shows."""
    pusher = Pusher(app)
    hear = app.extensions["events"].subscribe
    hear(PointsAwarded, lambda event: pusher.touch_visitor(event.visitor_id, is_find=True))
    hear(Moved, lambda event: pusher.touch_visitor(event.visitor_id))
    hear(StudentChanged, lambda event: pusher.touch(event.classroom_id))
    hear(DoorChanged, lambda event: pusher.touch(event.classroom_id))
    hear(ClassChanged, lambda event: pusher.touch(event.classroom_id))
    app.extensions["pusher"] = pusher


def hear_lines(app: Flask) -> None:
    """Listen to lines that open and end; in the serving process only."""
    pusher: Pusher = app.extensions["pusher"]

    def on_line(caller: Caller) -> None:
        with app.app_context():
            found = teaching(caller)
            is_adult = found or caller.hello.is_of_staff
            place = None if is_adult else place_in(caller.session)
        if found:
            pusher.touch(found.classroom.id)
        elif place and place.seat:
            pusher.touch(place.seat.classroom)

    def on_end(caller: Caller) -> None:
        WHERE.pop(caller.sid, None)
        on_line(caller)

    on_arrive(on_line)
    on_leave(on_end)
