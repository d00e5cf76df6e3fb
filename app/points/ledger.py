"""The ledger: what a visitor earned, once a cause, whatever is repeated or concurrent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from app.core.db import now
from app.core.events import Event
from app.core.privacy import Holding, PrivacyRegistry
from app.core.writer import Transaction
from app.points.models import Entry
from app.points.rewards import RewardOffer, earned_by

_INSERTS = {
    "sqlite": sqlite.insert(Entry).on_conflict_do_nothing().returning(Entry.id),
    "postgresql": postgresql.insert(Entry).on_conflict_do_nothing().returning(Entry.id),
}
_TOTAL = select(func.coalesce(func.sum(Entry.points), 0)).where(
    Entry.visitor_id == bindparam("visitor")
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
        return Award(False, total_of(tx.connection, visitor))
    rewards = tuple(
        offer.slug
        for offer in offers
        if earned_by(tx, visitor, offer) and write_entry(tx, visitor, f"reward:{offer.slug}", 0)
    )
    total = total_of(tx.connection, visitor)
    tx.publish(
        PointsAwarded(
            visitor_id=visitor, source=source, points=points, total=total, rewards=rewards
        )
    )
    return Award(True, total, rewards)


def write_entry(tx: Transaction, visitor: int, source: str, points: int) -> bool:
    """Write one entry; False when it was there already."""
    row = tx.execute(
        _INSERTS[tx.connection.dialect.name],
        {"visitor_id": visitor, "source": source, "points": points, "at": now()},
    ).first()
    return row is not None


def total_of(reader: Connection | Session, visitor: int) -> int:
    """All points of a visitor."""
    return int(reader.execute(_TOTAL, {"visitor": visitor}).scalar_one())


def sources_of(reader: Connection | Session, visitor: int) -> dict[str, int]:
    """All that a visitor earned: points by source."""
    rows = reader.execute(
        select(Entry.source, Entry.points).where(Entry.visitor_id == visitor).order_by(Entry.id)
    )
    return dict(rows.all())


def _export(tx: Transaction, visitor: int) -> list[dict[str, Any]]:
    rows = tx.execute(
        select(Entry.source, Entry.points, Entry.at).where(Entry.visitor_id == visitor)
    )
    return [dict(row) for row in rows.mappings()]


def _erase(tx: Transaction, visitor: int) -> None:
    tx.execute(delete(Entry).where(Entry.visitor_id == visitor))


def declare_privacy(registry: PrivacyRegistry) -> None:
    """Say what this room holds."""
    registry.add(Holding("entry", "what was found, its points and when", _export, _erase, None))
