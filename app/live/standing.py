"""Boards whose teacher's side has closed: a link that ended, a key drawn anew, a class erased.

Whatever a board sends is checked at once; what it hears ends here.
"""

import logging

import gevent
from flask import Flask

from app.classes.events import ChairsChanged, Erased
from app.live.presence import board_room, teaching
from app.live.realtime import lines_in, throw_out

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
    with app.app_context():
        for caller in lines_in(app, board_room(classroom)):
            if teaching(caller) is None:
                throw_out(app, caller.sid)


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
    """Look at every board that is open."""
    lines = [line.caller for line in app.extensions["lines"].values()]
    with app.app_context():
        for caller in lines:
            if caller.hello.classroom and teaching(caller) is None:
                throw_out(app, caller.sid)
