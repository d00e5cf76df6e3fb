"""Who is at this machine: a visitor, perhaps a student of a class, perhaps with team mates.

Asked afresh at each request and at each message of a socket: a card that was revoked and a class
that was closed take effect at once, whatever the cookie says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import g, session
from sqlalchemy import bindparam, select

from app.classes.chairs import CHAIRS, has_chair
from app.classes.models import Classroom, Student, Visitor
from app.classes.times import time_now
from app.core.db import now
from app.core.queries import Query, read

VISITOR, GRIP, TEAM, WHOLE, TRIAL = "visitor", "grip", "team", "whole", "trial"
"""What the cookie holds: a visitor's number, its grip, team mates; the class that one computer
plays for, or in which a teacher tries the tour as a student."""
TRIAL_GRIP = -1
"""The grip of a visitor who only tries: erased when the trial ends, or the day after."""
TEAM_SIZE = 3

_PLACE = Query(
    select(
        Visitor.id,
        Visitor.progress,
        Student.id,
        Student.pseudonym,
        Student.is_passing,
        Student.removed_at,
        Classroom.id,
        Classroom.slug,
        Classroom.time,
        Classroom.timed_at,
        Classroom.home_until,
        Classroom.timezone,
        Classroom.version,
        Classroom.lesson,
        Classroom.hides,
    )
    .outerjoin(Student, Student.visitor_id == Visitor.id)
    .outerjoin(Classroom, Classroom.id == Student.classroom_id)
    .where(Visitor.id == bindparam("visitor"), Visitor.grip == bindparam("grip"))
)
_CLASS = Query(
    select(
        Classroom.visitor_id,
        Classroom.id,
        Classroom.slug,
        Classroom.time,
        Classroom.timed_at,
        Classroom.home_until,
        Classroom.timezone,
        Classroom.version,
        Classroom.lesson,
        Classroom.hides,
    ).where(Classroom.id == bindparam("classroom"))
)
_PRESENT = Query(
    select(Student.visitor_id).where(
        Student.classroom_id == bindparam("classroom"),
        Student.is_present,
        Student.removed_at.is_(None),
    )
)


@dataclass(frozen=True)
class Seat:
    """A place in a classroom, as the classroom is now."""

    student: int | None
    """Nobody's when one computer plays for the whole class."""
    pseudonym: str
    is_passing: bool
    classroom: int
    slug: str
    time: str
    """lesson, home or over, now."""
    version: int
    """Moves with all that students' pages show of their class."""
    lesson: int
    """The number of the lesson that runs; 0 at home, and where there is no plan."""
    hides: frozenset[str]
    """Hotspots switched off: `tidal-plant/rotor`."""

    @property
    def may_work(self) -> bool:
        """Whether finds still count: a class that is over is read only."""
        return self.time != "over"


@dataclass(frozen=True)
class Place:
    """Whoever explores at this machine."""

    visitor: int
    progress: int
    seat: Seat | None
    mates: tuple["Place", ...] = ()
    """Others at the same screen: what is found counts for them too."""
    present: tuple[int, ...] = ()
    """Visitors of the students that are present, when one computer plays for the whole class."""

    @property
    def visitors(self) -> tuple[int, ...]:
        """Those for whom a find counts, the one at the keyboard first."""
        return (self.visitor, *(mate.visitor for mate in self.mates), *self.present)

    @property
    def state(self) -> object:
        """What pages show of the place: one that was made with another state is stale."""
        seat = self.seat and (self.seat.version, self.seat.time, self.seat.pseudonym)
        return self.visitors, self.progress, seat

    @property
    def may_work(self) -> bool:
        """Whether finds still count."""
        return self.seat is None or self.seat.may_work

    @property
    def hides(self) -> frozenset[str]:
        """Hotspots that this class does not see."""
        return self.seat.hides if self.seat else frozenset()


def my_place() -> Place | None:
    """The place of whoever asks, read once a request; None for strangers."""
    if "place" not in g:
        g.place = place_in(session)
    place: Place | None = g.place
    return place


def forget_place() -> None:
    """Read it again: the cookie or the class has just changed."""
    g.pop("place", None)


def place_in(cookie: Mapping[str, Any]) -> Place | None:
    """The place that a cookie names, as it is now."""
    visitor = cookie.get(VISITOR)
    own = find_place(visitor, cookie.get(GRIP, 0)) if visitor is not None else None
    if own is None:
        return None
    if is_teachers(cookie):
        return _teachers_place(own, cookie)
    if own.seat is None or TEAM not in cookie:
        return own
    return replace(own, mates=tuple(_mates_of(own, cookie[TEAM])))


def who_holds(cookie: Mapping[str, Any]) -> object:
    """What of a cookie says whose place it is: two that hold the same hold the same place."""
    chairs = str(cookie.get(CHAIRS)) if is_teachers(cookie) else ""
    held = (VISITOR, GRIP, WHOLE, TRIAL)
    return *(cookie.get(name) for name in held), str(cookie.get(TEAM)), chairs


def is_teachers(cookie: Mapping[str, Any]) -> bool:
    """Whether a cookie is of a teacher's browser that plays for a class, or tries its tour."""
    return WHOLE in cookie or TRIAL in cookie


def _teachers_place(own: Place, cookie: Mapping[str, Any]) -> Place | None:
    """Where a teacher plays, as long as they are one: a substitute's place ends with their link."""
    classroom = cookie[WHOLE] if WHOLE in cookie else cookie[TRIAL]
    if not has_chair(classroom, cookie):
        return None
    return (_play_for_class if WHOLE in cookie else _try_in_class)(own, classroom)


def find_place(visitor: int, grip: int) -> Place | None:
    """The place of a visitor, when `grip` still holds and nobody has removed them."""
    rows = read(_PLACE, visitor=visitor, grip=grip)
    if not rows:
        return None
    number, progress, student, pseudonym, is_passing, removed_at, *classroom = rows[0]
    if student is None:
        return Place(number, progress, None)
    if removed_at is not None:
        return None
    return Place(number, progress, _seat(student, pseudonym, is_passing, *classroom))


def _seat(
    student: int | None,
    pseudonym: str,
    is_passing: bool,
    classroom: int,
    slug: str,
    time: str,
    timed_at: datetime,
    home_until: date | None,
    timezone: str,
    version: int,
    lesson: int,
    hides: list[str],
) -> Seat:
    is_now = time_now(time, timed_at, home_until, timezone, now())
    current = lesson if is_now == "lesson" else 0  # one that nobody ended is over with its day
    return Seat(
        student, pseudonym, bool(is_passing), classroom, slug, is_now, version, current,
        frozenset(hides),
    )  # fmt: skip


def _mates_of(own: Place, team: Iterable[tuple[int, int]]) -> Iterable[Place]:
    """Those of the cookie who still have their place in the same class."""
    for visitor, grip in list(team)[: TEAM_SIZE - 1]:
        mate = find_place(visitor, grip)
        if mate and mate.seat and own.seat and mate.seat.classroom == own.seat.classroom:
            yield mate


def _play_for_class(own: Place, classroom: int) -> Place | None:
    rows = read(_CLASS, classroom=classroom)
    if not rows or rows[0][0] != own.visitor:
        return None
    seat = _seat(None, "", False, *rows[0][1:])
    return replace(own, seat=seat, present=ticked_in(classroom))


def ticked_in(classroom: int) -> tuple[int, ...]:
    """Visitors of the students for whom one computer plays, since the teacher ticked them."""
    return tuple(visitor for (visitor,) in read(_PRESENT, classroom=classroom))


def _try_in_class(own: Place, classroom: int) -> Place | None:
    rows = read(_CLASS, classroom=classroom)
    if not rows:
        return None
    return replace(own, seat=_seat(None, "", True, *rows[0][1:]))
