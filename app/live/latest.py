"""What a class has found, hotspot by hotspot: for the news on its board and for its heat view."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.classes.models import Student
from app.points.models import Entry
from tours.content import HotspotContent, TourContent

NEWS = 6
"""Lines of news on the board: what is read in a glance."""


@dataclass(frozen=True)
class ClassFind:
    """A hotspot that somebody of the class has found."""

    source: str
    """As the ledger names it: `hotspot:tidal-plant/rotor`."""
    students: int
    """How many have found it."""
    entry: int
    """The last time that it was."""


def count_finds(session: Session, classroom_id: int) -> list[ClassFind]:
    """What the students of a class have found, the latest first; those removed do not count."""
    last = func.max(Entry.id)
    query = (
        select(Entry.source, func.count(), last)
        .join(Student, Student.visitor_id == Entry.visitor_id)
        .where(
            Student.classroom_id == classroom_id,
            Student.removed_at.is_(None),
            Entry.source.startswith("hotspot:"),
        )
        .group_by(Entry.source)
        .order_by(last.desc())
    )
    return [ClassFind(*row) for row in session.execute(query)]


def tell_news(
    session: Session, finds: list[ClassFind], tours: Mapping[str, TourContent]
) -> list[dict[str, Any]]:
    """The latest finds as the board shows them: what, by whom last, and by how many."""
    known = [(find, spot) for find in finds if (spot := hotspot_of(find.source, tours))][:NEWS]
    query = (
        select(Entry.id, Student.pseudonym)
        .join(Student, Student.visitor_id == Entry.visitor_id)
        .where(Entry.id.in_([find.entry for find, _spot in known]))
    )
    names = {row.id: row.pseudonym for row in session.execute(query)} if known else {}
    return [
        {
            "id": find.source,
            "kind": spot.kind.name,
            "title": dict(spot.content["title"]),
            "by": names.get(find.entry, ""),
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
