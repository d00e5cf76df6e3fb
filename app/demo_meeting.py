"""The demo's session: a professional who is ready, and a meeting that begins soon."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.db import now
from app.core.writer import Transaction
from app.live.sessions.models import Professional, Session
from app.live.sessions.sessions import Offer, offer_session
from app.people.models import Account
from tours.models import Factory

SOON = timedelta(minutes=15)
LENGTH = 40
STEP = 300
"""Seconds: sessions begin at round hours."""


def add_meeting(tx: Transaction) -> datetime:
    """Offer a session that begins soon, unless one is still to come; when the last one ends."""
    coming = select(Session).where(Session.state == "offered", Session.starts_at > now())
    known = tx.session.scalars(coming.order_by(Session.starts_at.desc())).first()
    if known is not None:
        return known.starts_at + timedelta(minutes=known.minutes)
    professional, moderator = (_account(tx, role) for role in ("professional", "moderator"))
    factory = tx.session.scalars(select(Factory.slug).order_by(Factory.id)).first() or ""
    introduce(tx, professional, factory)
    starts_at = _round(now() + SOON)
    offer = Offer(
        "offer",
        "Réparer une turbine sous la mer",
        starts_at,
        LENGTH,
        "Karim entretient les turbines d’une centrale marémotrice. Il répond à tout : les "
        "gestes, les horaires, le salaire, le trac avant de descendre.",
        tour="tidal-plant",
        factory=factory,
        professionals=(professional,),
        moderator_id=moderator,
    )
    offer_session(tx, offer, _account(tx, "organiser"))
    return starts_at + timedelta(minutes=LENGTH)


def introduce(tx: Transaction, account: int, factory: str) -> None:
    """What Karim says of himself, vetted."""
    known = tx.session.get(Professional, account)
    if known is not None:
        return
    tx.session.add(
        Professional(
            account_id=account,
            first_name="Karim",
            job="Technicien de maintenance",
            factory=factory,
            rome="I1310",
            path="Bac pro, puis une licence en alternance. Avant, je réparais des bateaux.",
            ask_me="Comment on travaille sous l’eau, ce qui casse, ce qui fait peur.",
            photos=[],
            employer_at=now(),
            charter_at=now(),
            practised_at=now(),
            created_at=now(),
        )
    )
    tx.session.flush()


def _account(tx: Transaction, role: str) -> int:
    query = select(Account.id).where(Account.role == role).order_by(Account.id)
    return tx.session.scalars(query.limit(1)).one()


def _round(moment: datetime) -> datetime:
    """The next five minutes that are round."""
    over = moment.timestamp() % STEP
    return moment + timedelta(seconds=(STEP - over) % STEP)
