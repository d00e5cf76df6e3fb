"""The students of a class with what they did: read from the database, whatever is live."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from app.classes.models import Student
from app.core.queries import Query, read
from app.points.models import Entry
from tours.models import Scene, Tour, Visit

_CLASS = Student.classroom_id == bindparam("classroom")
_ENTRIES = (
    select(
        Entry.visitor_id,
        func.sum(Entry.points).label("points"),
        func.count().filter(Entry.source.like("hotspot:%")).label("found"),
        func.count().filter(Entry.source.like(bindparam("in_tour"))).label("in_tour"),
        func.max(Entry.at).label("found_at"),
    )
    .join(Student, Student.visitor_id == Entry.visitor_id)
    .where(_CLASS)
    .group_by(Entry.visitor_id)
    .subquery()
)
_LATEST = (
    select(
        Visit.visitor_id,
        Tour.slug.label("tour"),
        Scene.slug.label("scene"),
        Visit.seen_at,
        func.row_number()
        .over(partition_by=Visit.visitor_id, order_by=Visit.seen_at.desc())
        .label("rank"),
    )
    .join(Student, Student.visitor_id == Visit.visitor_id)
    .join(Scene, Scene.id == Visit.scene_id)
    .join(Tour, Tour.id == Scene.tour_id)
    .where(_CLASS)
    .subquery()
)
_ROSTER = Query(
    select(
        Student.id,
        Student.visitor_id,
        Student.pseudonym,
        Student.label,
        Student.is_passing,
        Student.joined_at,
        func.coalesce(_ENTRIES.c.points, 0),
        func.coalesce(_ENTRIES.c.found, 0),
        func.coalesce(_ENTRIES.c.in_tour, 0),
        _ENTRIES.c.found_at,
        _LATEST.c.tour,
        _LATEST.c.scene,
        _LATEST.c.seen_at,
    )
    .outerjoin(_ENTRIES, _ENTRIES.c.visitor_id == Student.visitor_id)
    .outerjoin(_LATEST, (_LATEST.c.visitor_id == Student.visitor_id) & (_LATEST.c.rank == 1))
    .where(_CLASS, Student.removed_at.is_(None))
    .order_by(Student.pseudonym)
)


@dataclass(frozen=True)
class Row:
    """A student on the board."""

    id: int
    visitor: int
    pseudonym: str
    label: str | None
    is_passing: bool
    joined_at: datetime
    points: int
    found: int
    """How many hotspots."""
    in_tour: int
    """How many of them in the tour of the class."""
    found_at: datetime | None
    """The last find."""
    tour: str | None
    scene: str | None
    """Where they looked last."""
    moved_at: datetime | None


def read_roster(classroom: int, tour: str = "") -> list[Row]:
    """The students of a class who were not removed, by pseudonym; `tour` is the class's."""
    return [Row(*row) for row in read(_ROSTER, classroom=classroom, in_tour=f"hotspot:{tour}/%")]
