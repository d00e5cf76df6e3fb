"""Brings boards abreast of their classes: what happens in a burst is shown once."""

import logging
from collections.abc import Iterable, Mapping
from functools import partial

import gevent
from flask import Flask
from sqlalchemy import bindparam, select

from app.classes.events import ClassChanged, DoorChanged, StudentChanged
from app.classes.models import Classroom, Student
from app.classes.places import place_in, ticked_in
from app.core.db import db
from app.core.queries import Query, read
from app.core.writer import write
from app.live.board import snapshot
from app.live.building import build, next_step
from app.live.presence import (
    WHERE,
    Whereabouts,
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
Here = Mapping[int, Whereabouts]
log = logging.getLogger(__name__)


class Pusher:
    """Tells the boards of a class, at most once a PAUSE."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._due: dict[int, set[int]] = {}
        """Classes that are about to be told, and their visitors who found something."""

    def touch(self, classroom: int, *, finder: int | None = None) -> None:
        """Something of this class changed; perhaps since this visitor found something."""
        if classroom not in self._due:
            gevent.spawn_later(PAUSE, self._tell, classroom)
        finders = self._due.setdefault(classroom, set())
        if finder is not None:
            finders.add(finder)

    def touch_visitor(self, visitor: int, *, is_find: bool = False) -> None:
        """Something of this visitor changed; those without a class have no board."""
        with self._app.app_context():
            rows = read(_CLASS_OF, visitor=visitor)
        for (classroom,) in rows:
            self.touch(classroom, finder=visitor if is_find else None)

    def _tell(self, classroom: int) -> None:
        finders = self._due.pop(classroom)
        try:
            with self._app.app_context():
                self._bring_abreast(classroom, finders)
        except Exception:
            log.exception("a board could not be told")

    def _bring_abreast(self, classroom: int, finders: set[int]) -> None:
        boards = board_room(classroom)
        is_watched = bool(lines_in(self._app, boards))
        if not (finders or is_watched):
            return
        here = present_visitors(self._app, classroom)
        found = db.session.get(Classroom, classroom)
        if found is not None and finders and self._build(found, count_crowd(found, here, finders)):
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


def count_crowd(classroom: Classroom, here: Here, finders: Iterable[int]) -> int:
    """How many are there to build the object: those whose page is open.

    A find of somebody without a page was made by the one computer that plays for the class: then
    those whom the teacher ticked are there too.
    """
    ticked = set(ticked_in(classroom.id))
    is_for_class = any(finder in ticked and finder not in here for finder in finders)
    return len(ticked | set(here)) if is_for_class else len(here)


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
