"""What a class has found, hotspot by hotspot: for the news on its board and for its heat view."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from app.classes.models import Student
from app.core.queries import Query, read
from app.points.models import Entry
from tours.content import HotspotContent, TourContent

NEWS = 6
"""Lines of news on the board: what is read in a glance."""
_COUNTS = (
    select(Entry.source, func.count().label("students"), func.max(Entry.id).label("last"))
    .join(Student, Student.visitor_id == Entry.visitor_id)
    .where(
        Student.classroom_id == bindparam("classroom"),
        Student.removed_at.is_(None),
        Entry.source.like("hotspot:%"),
    )
    .group_by(Entry.source)
    .subquery()
)
_FINDS = Query(
    select(_COUNTS.c.source, _COUNTS.c.students, Student.pseudonym)
    .join(Entry, Entry.id == _COUNTS.c.last)
    .join(Student, Student.visitor_id == Entry.visitor_id)
    .order_by(_COUNTS.c.last.desc())
)


@dataclass(frozen=True)
class ClassFind:
    """A hotspot that somebody of the class has found."""

    source: str
    """As the ledger names it: `hotspot:tidal-plant/rotor`."""
    students: int
    """How many have found it."""
    by: str
    """The pseudonym of whoever found it last."""


def count_finds(classroom: int) -> list[ClassFind]:
    """What the students of a class have found, the latest first; those removed do not count."""
    return [ClassFind(*row) for row in read(_FINDS, classroom=classroom)]


def tell_news(finds: list[ClassFind], tours: Mapping[str, TourContent]) -> list[dict[str, Any]]:
    """The latest finds as the board shows them: what, by whom last, and by how many."""
    known = [(find, spot) for find in finds if (spot := hotspot_of(find.source, tours))][:NEWS]
    return [
        {
            "id": find.source,
            "kind": spot.kind.name,
            "title": dict(spot.content["title"]),
            "by": find.by,
            "students": find.students,
        }
        for find, spot in known
    ]


def hotspot_of(source: str, tours: Mapping[str, TourContent]) -> HotspotContent | None:
    """The hotspot of a line of the ledger, as long as its tour is published and has it."""
    tour, _slash, slug = source.removeprefix("hotspot:").partition("/")
    return tours[tour].hotspots.get(slug) if tour in tours else None


def count_discovered(finds: list[ClassFind], content: TourContent) -> int:
    """How many of those that are to be found in a tour the class has found, whoever did."""
    found = {find.source for find in finds}
    return sum(hotspot.source in found for hotspot in content.finds)
