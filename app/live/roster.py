"""The students of a class with what they did: read from the database, whatever is live."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.classes.models import Student
from app.points.models import Entry
from tours.models import Scene, Tour, Visit


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


def read_roster(session: Session, classroom_id: int, tour: str = "") -> list[Row]:
    """The students of a class who were not removed, by pseudonym; `tour` is the class's."""
    entries = (
        select(
            Entry.visitor_id,
            func.sum(Entry.points).label("points"),
            func.count().filter(Entry.source.startswith("hotspot:")).label("found"),
            func.count().filter(Entry.source.startswith(f"hotspot:{tour}/")).label("in_tour"),
            func.max(Entry.at).label("found_at"),
        )
        .join(Student, Student.visitor_id == Entry.visitor_id)
        .where(Student.classroom_id == classroom_id)
        .group_by(Entry.visitor_id)
        .subquery()
    )
    latest = (
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
        .where(Student.classroom_id == classroom_id)
        .subquery()
    )
    query = (
        select(
            Student.id,
            Student.visitor_id,
            Student.pseudonym,
            Student.label,
            Student.is_passing,
            Student.joined_at,
            func.coalesce(entries.c.points, 0),
            func.coalesce(entries.c.found, 0),
            func.coalesce(entries.c.in_tour, 0),
            entries.c.found_at,
            latest.c.tour,
            latest.c.scene,
            latest.c.seen_at,
        )
        .outerjoin(entries, entries.c.visitor_id == Student.visitor_id)
        .outerjoin(latest, (latest.c.visitor_id == Student.visitor_id) & (latest.c.rank == 1))
        .where(Student.classroom_id == classroom_id, Student.removed_at.is_(None))
        .order_by(Student.pseudonym)
    )
    return [Row(*row) for row in session.execute(query)]
