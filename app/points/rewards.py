"""Rewards: named achievements. A criterion is a function that an upper room may add."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.core.queries import Query
from app.core.writer import Transaction
from app.points.models import Entry, Reward

_CAUSES = Query(select(Entry.source).where(Entry.visitor_id == bindparam("visitor")))
Criterion = Callable[[Transaction, int, Mapping[str, Any]], bool]
"""Whether a visitor fulfils a reward's settings, seen inside the transaction of the award."""


@dataclass(frozen=True)
class RewardOffer:
    """A reward that may be earned by what happens now."""

    slug: str
    criterion: str
    settings: Mapping[str, Any]


def has_sources(tx: Transaction, visitor: int, settings: Mapping[str, Any]) -> bool:
    """`sources`: causes in the ledger; `count`: how many of them are enough."""
    found = {source for (source,) in tx.rows(_CAUSES, visitor=visitor)}
    return bool(len(found.intersection(settings["sources"])) >= settings["count"])


CRITERIA: dict[str, Criterion] = {"finds": has_sources}


def add_criterion(name: str, criterion: Criterion) -> None:
    """Let rewards use a new criterion; a name is taken once."""
    if name in CRITERIA:
        raise ValueError(f"the criterion {name} exists already")
    CRITERIA[name] = criterion


def earned_by(tx: Transaction, visitor: int, offer: RewardOffer) -> bool:
    """Whether the visitor fulfils the criterion of `offer`."""
    return CRITERIA[offer.criterion](tx, visitor, offer.settings)


def offered_rewards(session: Session, owner: str | None = None) -> list[Reward]:
    """The rewards one may earn now, in order."""
    query = select(Reward).where(Reward.retired_at.is_(None))
    if owner is not None:
        query = query.where(Reward.owner == owner)
    return list(session.scalars(query.order_by(Reward.owner, Reward.position)))
