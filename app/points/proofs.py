"""Proofs: a holder makes a link on purpose that shows one reward, and withdraws it when they like.

What it shows is what Open Badges 3.0 calls an assertion without a subject: the achievement, who
issued it and since when it is valid; docs/rewards.md says which field is which.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.db import now
from app.core.errors import Refusal
from app.core.privacy import Holding, PrivacyRegistry, eraser, exporter
from app.core.writer import Transaction
from app.points.models import Entry, Proof, Reward

_ADD = {
    "sqlite": sqlite.insert(Proof).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(Proof).on_conflict_do_nothing(),
}


@dataclass(frozen=True)
class Proven:
    """What a link shows: a reward, and when it was earned."""

    reward: Reward
    earned_at: datetime


def make_proof(tx: Transaction, visitor: int, slug: str) -> str:
    """The token of the link that shows this reward; made once. Raises Refusal when it is not had.

    Who withdraws a link and makes another has another: the old one stays closed.
    """
    has_it = select(Entry.id).where(Entry.visitor_id == visitor, Entry.source == f"reward:{slug}")
    if tx.session.scalar(has_it) is None:
        raise Refusal("not_earned", _l("Ce pin’s n’est pas encore gagné."), status=409)
    known = token_of(tx.session, visitor, slug)
    if known is not None:
        return known
    made = {"visitor_id": visitor, "reward_slug": slug, "token": secrets.token_urlsafe(32),
            "made_at": now()}  # fmt: skip
    tx.execute(_ADD[tx.connection.dialect.name], made)
    return token_of(tx.session, visitor, slug) or ""  # this one, or a second click's at that moment


def withdraw_proof(tx: Transaction, visitor: int, slug: str) -> None:
    """Close the link, for ever."""
    tx.execute(delete(Proof).where(Proof.visitor_id == visitor, Proof.reward_slug == slug))


def token_of(session: Session, visitor: int, slug: str) -> str | None:
    """The token of the link that a visitor made to show a reward."""
    mine = select(Proof.token).where(Proof.visitor_id == visitor, Proof.reward_slug == slug)
    return session.scalar(mine)


def read_proof(session: Session, token: str) -> Proven:
    """What a link shows. Raises Refusal when there is none, or none any more."""
    row = session.execute(
        select(Reward, Entry.at)
        .join(Proof, Proof.reward_slug == Reward.slug)
        .join(Entry, Entry.visitor_id == Proof.visitor_id)
        .where(Proof.token == token, Entry.source == "reward:" + Reward.slug)
    ).one_or_none()
    if row is None:
        raise Refusal(
            "no_proof",
            _l("Ce lien ne montre rien : il a été retiré, ou il manque un signe à l’adresse."),
            status=404,
        )
    return Proven(*row)


def declare_privacy(registry: PrivacyRegistry) -> None:
    """Say what this table holds."""
    what = "the links that one made to show a reward"
    told = ("reward_slug", "token", "made_at")
    registry.add(Holding("proof", what, exporter(Proof, told), eraser(Proof), None))
