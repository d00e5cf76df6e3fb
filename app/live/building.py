"""What a class builds: the object of its tour, advanced by finds and kept in the database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from app.classes.models import Classroom, Student
from app.classes.times import time_now
from app.core.db import now
from app.core.queries import Query, Rows, read
from app.core.writer import Transaction
from app.live.models import ObjectBuild
from app.live.objects import PARTS, SETTLING, Build, advance, object_name, pace_in
from app.points.models import Entry
from tours.content import TourContent
from tours.published import published_tours

_BUILDS = Query(
    select(ObjectBuild.tour, ObjectBuild.parts)
    .where(ObjectBuild.classroom_id == bindparam("classroom"), ObjectBuild.parts > 0)
    .order_by(ObjectBuild.tour)
)
_BUILD = Query(
    select(ObjectBuild.parts, ObjectBuild.present).where(
        ObjectBuild.classroom_id == bindparam("classroom"), ObjectBuild.tour == bindparam("tour")
    )
)
_EARNED = Query(
    select(func.coalesce(func.sum(Entry.points), 0), func.min(Entry.at))
    .join(Student, Student.visitor_id == Entry.visitor_id)
    .where(
        Student.classroom_id == bindparam("classroom"),
        Entry.source.like(bindparam("finds")) | (Entry.source == bindparam("decision")),
    )
)
_CROWD = Query(
    select(
        Classroom.time,
        Classroom.timed_at,
        Classroom.home_until,
        Classroom.timezone,
        select(func.count())
        .where(Student.classroom_id == Classroom.id, Student.removed_at.is_(None))
        .scalar_subquery(),
    ).where(Classroom.id == bindparam("classroom"))
)
"""The time of a class, and its students: at home everybody works and nobody looks, so all count."""

HOUR = 60.0
"""Minutes after which what a class does is no longer the lesson in which it began."""


def object_of(classroom: int, content: TourContent | None) -> Mapping[str, Any] | None:
    """How far the class is with the object of a tour; nothing without a tour."""
    if content is None:
        return None
    kept = read(_BUILD, classroom=classroom, tour=content.slug)
    return {"name": object_name(content), "parts": kept[0][0] if kept else 0, "of": PARTS}


def built_by(classroom: int) -> tuple[tuple[str, int], ...]:
    """The objects that a class has begun, each with how many of its parts are lit: in its lobby."""
    tours = {tour.slug: tour for tour in published_tours()}
    rows = read(_BUILDS, classroom=classroom)
    return tuple((object_name(tours[tour]), parts) for tour, parts in rows if tour in tours)


def build(tx: Transaction, classroom: int, content: TourContent, present: int) -> bool:
    """Advance the object after a find; whether a part was lit."""
    before, after = next_step(tx.rows, classroom, content, present)
    kept = tx.session.get(ObjectBuild, (classroom, content.slug))
    if kept is None:
        kept = ObjectBuild(classroom_id=classroom, tour=content.slug)
        tx.session.add(kept)
    kept.parts, kept.present = after.parts, after.present
    if after.is_complete and kept.completed_at is None:
        kept.completed_at = now()
    return after.parts > before.parts


def next_step(
    rows: Rows, classroom: int, content: TourContent, present: int
) -> tuple[Build, Build]:
    """How far a class is, and how far it comes by what it has found; most finds light nothing."""
    values = {"classroom": classroom, "tour": content.slug}
    ((total, first),) = rows(
        _EARNED,
        classroom=classroom,
        finds=f"hotspot:{content.slug}/%",
        decision=f"decision:{content.slug}",
    )
    ((home, timed_at, home_until, timezone, students),) = rows(_CROWD, classroom=classroom)
    moment = now()
    if time_now(home, timed_at, home_until, timezone, moment) == "home":
        present = max(present, students)
    before = next((Build(*row) for row in rows(_BUILD, **values)), Build())
    pace, minutes = pace_in(content), minutes_since(first, moment)
    return before, advance(before, total, present, pace, minutes=minutes)


def minutes_since(first: datetime | None, moment: datetime) -> float | None:
    """How long a class has been at it, whose first find was then; None once its hour is past."""
    if first is None:
        return None
    minutes = SETTLING + (moment - first).total_seconds() / 60
    return minutes if minutes <= HOUR else None
