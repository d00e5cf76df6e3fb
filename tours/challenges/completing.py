"""Completing contents of a challenge, in whichever tours they are."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from app.core.queries import Query
from app.core.writer import Transaction
from app.points.models import Reward
from app.points.rewards import add_criterion, has_sources

CHALLENGE_OWNER = "challenges"
"""Who offers the pins of the challenges: no tour, but all of them."""
CRITERION = "challenge"
_SETTINGS = Query(
    select(Reward.settings).where(Reward.slug == bindparam("slug"), Reward.retired_at.is_(None))
)


def has_completed(tx: Transaction, visitor: int, settings: Mapping[str, Any]) -> bool:
    """Whether enough contents of a challenge are in the ledger, whatever their tours.

    They are read anew: another tour may have come since the one of `settings` was loaded.
    """
    rows = tx.rows(_SETTINGS, slug=settings["pin"])
    return bool(rows) and has_sources(tx, visitor, rows[0][0])


add_criterion(CRITERION, has_completed)
