"""Lessons: a tour and a plan of 45 or 55 minutes, with a clock that the teacher may stretch."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.classes.classrooms import change_classroom, draw_slug, on_time, set_time
from app.classes.home import usual_end
from app.classes.models import Classroom
from app.classes.times import local_day, midnight_after
from app.core.db import now
from app.core.errors import Refusal
from app.core.events import Event
from app.core.writer import Transaction
from app.live.models import Lesson

STEPS: Mapping[str, Any] = {
    "intro": _l("Introduction"),
    "visit": _l("Visite"),
    "chat": _l("Échange"),
    "debrief": _l("Bilan"),
}
PLANS: Mapping[int, Mapping[str, int]] = {
    45: {"intro": 5, "visit": 22, "chat": 10, "debrief": 8},
    55: {"intro": 5, "visit": 28, "chat": 12, "debrief": 10},
}
"""Minutes of each step. Twenty minutes of visit complete the class's object; the rest is talk."""
STRETCH = 5
"""Minutes that one click adds to the step that runs."""
LONGEST_STEP = 180


class LessonChanged(Event):
    """A lesson was planned, began, went on, was stretched or ended."""

    classroom_id: int


def plan_lesson(tx: Transaction, classroom_id: int, tour: str, minutes: int) -> Lesson:
    """Plan a lesson. Raises Refusal for another length than those offered."""
    if minutes not in PLANS:
        raise Refusal("unknown_plan", _l("Choisissez 45 ou 55 minutes."), 422, "minutes")
    steps = [{"name": name, "minutes": length} for name, length in PLANS[minutes].items()]
    lesson = Lesson(
        classroom_id=classroom_id, slug=draw_slug(), tour=tour, steps=steps, created_at=now()
    )
    tx.session.add(lesson)
    tx.session.flush()
    tx.publish(LessonChanged(classroom_id=classroom_id))
    return lesson


def lesson_of(reading: Session, classroom_id: int, lesson_id: int) -> Lesson:
    """A lesson of this classroom; another's is a 404."""
    lesson = reading.get(Lesson, lesson_id)
    if lesson is None or lesson.classroom_id != classroom_id:
        abort(404)
    return lesson


def start_lesson(tx: Transaction, classroom_id: int, lesson_id: int) -> None:
    """Begin: the class is led to its tour, and what it does from now on belongs to this lesson."""
    lesson = lesson_of(tx.session, classroom_id, lesson_id)
    moment = now()
    end_others(tx, classroom_id, moment)
    lesson.started_at = lesson.step_started_at = moment
    lesson.step, lesson.ended_at = 0, None
    set_time(tx, classroom_id, "lesson")
    change_classroom(tx, classroom_id, lesson=lesson.id, tour=lesson.tour)
    tx.publish(LessonChanged(classroom_id=classroom_id))


def end_others(tx: Transaction, classroom_id: int, moment: datetime) -> int:
    """End the lessons that still run, for a class has one at a time; how many they were.

    One of an earlier day ended with its day, whatever nobody said.
    """
    zone = tx.session.get_one(Classroom, classroom_id).timezone
    open_ones = list(tx.session.scalars(_still_open(classroom_id)))
    for lesson in open_ones:
        lesson.ended_at = min(moment, end_of(lesson, zone) or moment)
    return len(open_ones)


def _still_open(classroom_id: int) -> Select[Lesson]:
    return select(Lesson).where(
        Lesson.classroom_id == classroom_id,
        Lesson.started_at.is_not(None),
        Lesson.ended_at.is_(None),
    )


def end_of(lesson: Lesson, timezone: str) -> datetime | None:
    """When a lesson ended, or will at the latest: with its day. None for one that never began."""
    if lesson.started_at is None:
        return None
    latest = midnight_after(lesson.started_at, timezone).astimezone(UTC)
    return min(lesson.ended_at or latest, latest)


@on_time
def end_with_time(tx: Transaction, classroom_id: int, time: str) -> None:
    """A lesson ends when the time of its class is set to another, whichever button did it."""
    is_running = running_lesson(tx.session, classroom_id, now()) is not None
    if time == "lesson" and is_running:
        return
    if end_others(tx, classroom_id, now()):
        change_classroom(tx, classroom_id, lesson=0)
        tx.publish(LessonChanged(classroom_id=classroom_id))


def go_on(tx: Transaction, classroom_id: int, lesson_id: int) -> None:
    """Go to the next step; after the last one the clock stands still until the lesson ends."""
    lesson = running(tx, classroom_id, lesson_id)
    if lesson.step < len(lesson.steps) - 1:
        lesson.step += 1
        lesson.step_started_at = now()
    tx.publish(LessonChanged(classroom_id=classroom_id))


def stretch(tx: Transaction, classroom_id: int, lesson_id: int) -> None:
    """Give the step that runs some minutes more; the steps after it keep theirs."""
    lesson = running(tx, classroom_id, lesson_id)
    steps = [dict(step) for step in lesson.steps]
    current = steps[lesson.step]
    current["minutes"] = min(LONGEST_STEP, current["minutes"] + STRETCH)
    lesson.steps = steps
    tx.publish(LessonChanged(classroom_id=classroom_id))


def end_lesson(tx: Transaction, classroom_id: int, lesson_id: int) -> None:
    """End: the same cards go on working at home for two weeks, without lead and without chat."""
    running(tx, classroom_id, lesson_id)
    classroom = tx.session.get_one(Classroom, classroom_id)
    set_time(tx, classroom_id, "home", usual_end(classroom, local_day(now(), classroom.timezone)))


def running(tx: Transaction, classroom_id: int, lesson_id: int) -> Lesson:
    """The lesson, which must be running. Raises Refusal when it is not."""
    lesson = lesson_of(tx.session, classroom_id, lesson_id)
    if running_lesson(tx.session, classroom_id, now()) is not lesson:
        raise Refusal("not_running", _l("Cette leçon n’est pas en cours."), 409)
    return lesson


def running_lesson(reading: Session, classroom_id: int, moment: datetime) -> Lesson | None:
    """The lesson that runs in a class; one that nobody ended is over with its day."""
    zone = reading.get_one(Classroom, classroom_id).timezone
    for lesson in reading.scalars(_still_open(classroom_id)):
        end = end_of(lesson, zone)
        if end is not None and moment < end:
            return lesson
    return None


def clock_of(lesson: Lesson, moment: datetime) -> dict[str, Any]:
    """The lesson as the projector shows it: steps, the one that runs, seconds left in it.

    Seconds may be negative: the step has run over, and nothing rings.
    """
    step = lesson.steps[lesson.step] if lesson.step >= 0 else None
    started = lesson.step_started_at
    left = None
    if step is not None and started is not None:
        left = round(step["minutes"] * 60 - (moment - started).total_seconds())
    return {
        "id": lesson.id,
        "tour": lesson.tour,
        "step": lesson.step,
        "left": left,
        "steps": [
            {"name": s["name"], "label": str(STEPS[s["name"]]), "minutes": s["minutes"]}
            for s in lesson.steps
        ],
        "is_last": lesson.step == len(lesson.steps) - 1,
    }
