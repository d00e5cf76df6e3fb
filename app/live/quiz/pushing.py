"""Tells a class's pages that its quiz has moved, and its boards how many have answered.

What is told is small: a page that hears it asks for its own part, in its language, with what is
its student's alone. First load, push and return of the line are one path.
"""

import logging
from typing import Any

import gevent
from flask import Flask, current_app

from app.classes.places import TEAM, VISITOR, is_teachers, place_in, who_holds
from app.core.queries import read
from app.live.presence import board_room, class_room, teaching
from app.live.quiz.running import QuizAnswered, QuizMoved, count_answers, running_in
from app.live.realtime import Caller, lines_in, on_arrive, tell

PAUSE = 0.25
"""Seconds in which answers are gathered before boards are told their number."""
log = logging.getLogger(__name__)


def describe(classroom: int) -> dict[str, Any]:
    """How far the quiz of a class is; nothing of its questions."""
    quiz = running_in(read, classroom)
    if quiz is None:
        return {"quiz": None, "number": 0, "phase": "over"}
    return {"quiz": quiz.slug, "number": quiz.number, "phase": quiz.phase}


def at_screens(app: Flask, classroom: int) -> list[int]:
    """The visitors at a screen of the class, mates included: nothing is asked of the database.

    A screen that plays for the whole class, or tries its tour, answers nothing.
    """
    sessions = [caller.session for caller in lines_in(app, class_room(classroom))]
    held = {who_holds(one): one for one in sessions if not is_teachers(one)}
    teams = [[one[VISITOR], *(mate for mate, _grip in one.get(TEAM, ()))] for one in held.values()]
    return [visitor for team in teams for visitor in team]


def describe_count(app: Flask, classroom: int) -> dict[str, int]:
    """How many have answered, never who."""
    quiz = running_in(read, classroom)
    answered = count_answers(read, quiz) if quiz is not None else 0
    return {"answered": answered, "of": max(answered, len(at_screens(app, classroom)))}


def hear_quizzes(app: Flask) -> None:
    """Listen to what happens in quizzes."""
    due: set[int] = set()

    def on_moved(event: QuizMoved) -> None:
        with app.app_context():
            told = describe(event.classroom_id)
        for room in (class_room, board_room):
            tell(app, "quiz", told, to=room(event.classroom_id))

    def on_answered(event: QuizAnswered) -> None:
        if event.classroom_id not in due:
            due.add(event.classroom_id)
            gevent.spawn_later(PAUSE, count, event.classroom_id)

    def count(classroom: int) -> None:
        due.discard(classroom)
        if not lines_in(app, board_room(classroom)):
            return
        try:
            with app.app_context():
                tell(app, "quiz_count", describe_count(app, classroom), to=board_room(classroom))
        except Exception:
            log.exception("a quiz could not be counted")

    hear = app.extensions["events"].subscribe
    hear(QuizMoved, on_moved)
    hear(QuizAnswered, on_answered)


@on_arrive
def greet(caller: Caller) -> None:
    """Tell whoever comes, or comes back, how far the quiz of their class is."""
    app: Flask = current_app.extensions["leads"].app
    found = teaching(caller)
    place = None if found or caller.hello.is_of_staff else place_in(caller.session)
    if found is not None:
        tell(app, "quiz", describe(found.classroom.id), to=caller.sid)
        tell(app, "quiz_count", describe_count(app, found.classroom.id), to=caller.sid)
    elif place is not None and place.seat is not None:
        tell(app, "quiz", describe(place.seat.classroom), to=caller.sid)
