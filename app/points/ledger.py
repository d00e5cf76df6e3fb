"""The ledger: what a visitor earned, once a cause, whatever is repeated or concurrent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.classes.models import Classroom, Student
from app.core.db import now
from app.core.events import Event
from app.core.privacy import Holding, PrivacyRegistry
from app.core.queries import Query, Rows
from app.core.writer import Transaction
from app.points.models import Entry
from app.points.rewards import RewardOffer, earned_by

_VALUES: dict[str, Any] = {
    name: bindparam(name) for name in ("visitor_id", "source", "points", "at")
}
_INSERT = Query(
    sqlite.insert(Entry).values(_VALUES).on_conflict_do_nothing().returning(Entry.id),
    postgresql.insert(Entry).values(_VALUES).on_conflict_do_nothing().returning(Entry.id),
)
_TOTAL = Query(
    select(func.coalesce(func.sum(Entry.points), 0)).where(Entry.visitor_id == bindparam("visitor"))
)
_SOURCES = Query(
    select(Entry.source, Entry.points)
    .where(Entry.visitor_id == bindparam("visitor"))
    .order_by(Entry.id)
)


class PointsAwarded(Event):
    """A visitor earned something new. `total` is absolute: hearing it twice does no harm."""

    visitor_id: int
    source: str
    points: int
    total: int
    rewards: tuple[str, ...]


@dataclass(frozen=True)
class Award:
    """What came of one award for one visitor."""

    is_new: bool
    total: int
    rewards: tuple[str, ...] = ()
    """Slugs of the rewards earned by it."""


def award(
    tx: Transaction,
    visitors: Iterable[int],
    source: str,
    points: int,
    offers: Sequence[RewardOffer] = (),
) -> dict[int, Award]:
    """Credit `points` for `source` to each visitor who does not have it yet.

    `offers` are the rewards that this source may earn. The database decides duplicates.
    """
    return {visitor: _award_one(tx, visitor, source, points, offers) for visitor in visitors}


def _award_one(
    tx: Transaction, visitor: int, source: str, points: int, offers: Sequence[RewardOffer]
) -> Award:
    if not write_entry(tx, visitor, source, points):
        return Award(False, total_of(tx.rows, visitor))
    rewards = tuple(
        offer.slug
        for offer in offers
        if earned_by(tx, visitor, offer) and write_entry(tx, visitor, f"reward:{offer.slug}", 0)
    )
    total = total_of(tx.rows, visitor)
    tx.publish(
        PointsAwarded(
            visitor_id=visitor, source=source, points=points, total=total, rewards=rewards
        )
    )
    return Award(True, total, rewards)


def write_entry(tx: Transaction, visitor: int, source: str, points: int) -> bool:
    """Write one entry; False when it was there already."""
    return bool(tx.rows(_INSERT, visitor_id=visitor, source=source, points=points, at=now()))


def total_of(rows: Rows, visitor: int) -> int:
    """All points of a visitor."""
    return int(rows(_TOTAL, visitor=visitor)[0][0])


def sources_of(rows: Rows, visitor: int) -> dict[str, int]:
    """All that a visitor earned: points by source."""
    return dict(rows(_SOURCES, visitor=visitor))


def _export(tx: Transaction, visitor: int) -> list[dict[str, Any]]:
    rows = tx.execute(
        select(Entry.source, Entry.points, Entry.at).where(Entry.visitor_id == visitor)
    )
    return [dict(row) for row in rows.mappings()]


def _erase(tx: Transaction, visitor: int) -> None:
    """Erase the entries; the visitor's class keeps their sums, as numbers."""
    sources = sources_of(tx.rows, visitor)
    finds = sum(source.startswith("hotspot:") for source in sources)
    classroom = select(Student.classroom_id).where(Student.visitor_id == visitor)
    tx.execute(
        update(Classroom)
        .where(Classroom.id == classroom.scalar_subquery())
        .values(
            gone_finds=Classroom.gone_finds + finds,
            gone_points=Classroom.gone_points + sum(sources.values()),
        )
    )
    tx.execute(delete(Entry).where(Entry.visitor_id == visitor))


def declare_privacy(registry: PrivacyRegistry) -> None:
    """Say what this room holds."""
    registry.add(Holding("entry", "what was found, its points and when", _export, _erase, None))
