"""Boards whose teacher's side has closed: a link that ended, a key drawn anew, a class erased.

Whatever a board sends is checked at once; what it hears ends here.
"""

import logging
from collections.abc import Iterable

import gevent
from flask import Flask

from app.classes.events import ChairsChanged, Erased
from app.classes.places import is_teachers, place_in
from app.live.presence import board_room, class_room, teaching
from app.live.realtime import Caller, lines_in, open_lines, throw_out

LOOK_EVERY = 30
"""Seconds after its end for which a substitute's open page may still hear, at most."""
log = logging.getLogger(__name__)


def hear_chairs(app: Flask) -> None:
    """Look again who sits there whenever a chair may have gone."""
    hear = app.extensions["events"].subscribe
    hear(ChairsChanged, lambda event: look_again(app, event.classroom_id))
    hear(Erased, lambda event: look_again(app, event.classroom_id))


def look_again(app: Flask, classroom: int) -> None:
    """End the lines of those who sit on this class's teacher's side no more."""
    rooms = (board_room(classroom), class_room(classroom))
    _look_at(app, [caller for room in rooms for caller in lines_in(app, room)])


def _look_at(app: Flask, callers: Iterable[Caller]) -> None:
    with app.app_context():
        for caller in callers:
            if _has_lost_chair(caller):
                throw_out(app, caller.sid)


def _has_lost_chair(caller: Caller) -> bool:
    """Whether a page is open by a chair that is gone: a board, or a tour played for the class."""
    if caller.hello.classroom:
        return teaching(caller) is None
    return is_teachers(caller.session) and place_in(caller.session) is None


def watch_chairs(app: Flask) -> None:
    """Links end by themselves: look every LOOK_EVERY seconds; in the serving process only."""

    def watch() -> None:
        while True:
            gevent.sleep(LOOK_EVERY)
            try:
                look_at_all(app)
            except Exception:
                log.exception("chairs could not be looked at")

    gevent.spawn(watch)


def look_at_all(app: Flask) -> None:
    """Look at every page that a chair has opened."""
    _look_at(app, [line.caller for line in open_lines(app)])
