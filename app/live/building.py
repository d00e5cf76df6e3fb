"""What a class builds: the object of its tour, advanced by finds and kept in the database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from app.classes.doors import time_of
from app.classes.models import Classroom, Student
from app.core.db import db, now
from app.core.queries import Query, read
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

HOUR = 60.0
"""Minutes after which what a class does is no longer the lesson in which it began."""


def object_of(classroom: int, content: TourContent | None) -> Mapping[str, Any] | None:
    """How far the class is with the object of a tour; nothing without a tour."""
    if content is None:
        return None
    kept = db.session.get(ObjectBuild, (classroom, content.slug))
    return {"name": object_name(content), "parts": kept.parts if kept else 0, "of": PARTS}


def built_by(classroom: int) -> tuple[tuple[str, int], ...]:
    """The objects that a class has begun, each with how many of its parts are lit: in its lobby."""
    tours = {tour.slug: tour for tour in published_tours()}
    rows = read(_BUILDS, classroom=classroom)
    return tuple((object_name(tours[tour]), parts) for tour, parts in rows if tour in tours)


def build(tx: Transaction, classroom: int, content: TourContent, present: int) -> bool:
    """Advance the object after a find; whether a part was lit."""
    earned = (
        select(func.coalesce(func.sum(Entry.points), 0), func.min(Entry.at))
        .join(Student, Student.visitor_id == Entry.visitor_id)
        .where(
            Student.classroom_id == classroom,
            Entry.source.startswith(f"hotspot:{content.slug}/")
            | (Entry.source == f"decision:{content.slug}"),
        )
    )
    total, first = tuple(tx.execute(earned).one())
    kept = tx.session.get(ObjectBuild, (classroom, content.slug))
    if kept is None:
        kept = ObjectBuild(classroom_id=classroom, tour=content.slug, parts=0, present=0)
        tx.session.add(kept)
    before = Build(kept.parts, kept.present)
    minutes = minutes_since(first, now())
    crowd = max(present, home_workers(tx, classroom))
    after = advance(before, total, crowd, pace_in(content), minutes=minutes)
    kept.parts, kept.present = after.parts, after.present
    if after.is_complete and kept.completed_at is None:
        kept.completed_at = now()
    return after.parts > before.parts


def minutes_since(first: datetime | None, moment: datetime) -> float | None:
    """How long a class has been at it, whose first find was then; None once its hour is past."""
    if first is None:
        return None
    minutes = SETTLING + (moment - first).total_seconds() / 60
    return minutes if minutes <= HOUR else None


def home_workers(tx: Transaction, classroom_id: int) -> int:
    """At home everybody works and nobody looks: all students count. None during a lesson."""
    classroom = tx.session.get_one(Classroom, classroom_id)
    if time_of(classroom, now()) != "home":
        return 0
    mine = (Student.classroom_id == classroom_id, Student.removed_at.is_(None))
    return int(tx.execute(select(func.count()).where(*mine)).scalar_one())
