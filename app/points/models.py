"""Tables of the ledger: points are facts, written once, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Entry(Model):
    """One line of the ledger. Its cause is a string, so that no table below knows one above."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("visitor_id", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("visitor.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(160))
    """What earned it: `hotspot:tidal-plant/rotor`, `decision:tidal-plant`, `reward:first-spark`."""
    points: Mapped[int]
    at: Mapped[datetime]


class Reward(Model):
    """A named achievement with public criteria; earning it is an entry of the ledger."""

    __tablename__ = "reward"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    owner: Mapped[str] = mapped_column(String(100), index=True)
    """Who offers it: `tour:tidal-plant`."""
    title: Mapped[dict[str, Any]]
    text: Mapped[dict[str, Any]]
    icon: Mapped[str] = mapped_column(String(40))
    criterion: Mapped[str] = mapped_column(String(40))
    settings: Mapped[dict[str, Any]]
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]
    """No longer offered; those who have it keep it."""


class Proof(Model):
    """A link that its holder made to show a reward: whoever has it sees what was earned, not who.

    Withdrawing it deletes the row.
    """

    __tablename__ = "proof"
    __table_args__ = (UniqueConstraint("visitor_id", "reward_slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("visitor.id", ondelete="CASCADE"))
    reward_slug: Mapped[str] = mapped_column(ForeignKey("reward.slug"), index=True)
    token: Mapped[str] = mapped_column(String(43), unique=True)
    made_at: Mapped[datetime]
