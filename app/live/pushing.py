"""Brings boards abreast of their classes: what happens in a burst is shown once."""

import logging
from functools import partial

import gevent
from flask import Flask
from sqlalchemy import select

from app.classes.events import ClassChanged, DoorChanged, StudentChanged
from app.classes.models import Classroom, Student
from app.classes.places import place_in
from app.core.db import db
from app.core.writer import write
from app.live.board import snapshot
from app.live.building import build
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

PAUSE = 0.08
"""Seconds in which what happens in one class is gathered: below what anybody sees."""
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
            query = select(Student.classroom_id).where(Student.visitor_id == visitor)
            classroom = db.session.scalar(query)
        if classroom is not None:
            self.touch(classroom, is_find=is_find)

    def _tell(self, classroom: int) -> None:
        is_find = self._due.pop(classroom)
        try:
            with self._app.app_context():
                if is_find:
                    self._build(classroom)
                if lines_in(self._app, board_room(classroom)):
                    found = db.session.get(Classroom, classroom)
                    if found is not None:
                        state = snapshot(self._app, found)
                        tell(self._app, "board", state, to=board_room(classroom))
        except Exception:
            log.exception("a board could not be told")

    def _build(self, classroom: int) -> None:
        found = db.session.get(Classroom, classroom)
        tours = {tour.slug: tour for tour in published_tours()}
        content = tours.get(found.tour) if found else None
        if content is not None:
            present = len(present_visitors(self._app, classroom))
            write(partial(build, classroom=classroom, content=content, present=present))


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
            place = None if found else place_in(caller.session)
        if found:
            pusher.touch(found.classroom.id)
        elif place and place.seat:
            pusher.touch(place.seat.classroom)

    def on_end(caller: Caller) -> None:
        WHERE.pop(caller.sid, None)
        on_line(caller)

    on_arrive(on_line)
    on_leave(on_end)
