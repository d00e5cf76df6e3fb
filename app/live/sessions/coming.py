"""The next sessions with somebody who does a job: all that people without an account read of them.

Who it is stays with those who book: a page for everybody says the hour, the subject, the factory.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.core.db import db, now
from app.live.sessions.access import site_settings
from app.live.sessions.hours import Hour, hour_for
from app.live.sessions.models import Professional, Session, SessionProfessional
from app.live.sessions.sessions import LENGTHS, ends_at
from app.people.models import Account
from tours.models import Factory

SHOWN = 3


@dataclass(frozen=True)
class Coming:
    """One of them."""

    slug: str
    subject: str
    hour: Hour
    factory: str
    job: str
    """As the professional calls it."""


def coming_with(rome: str) -> list[Coming]:
    """The next sessions that are offered, where a verified professional with this code answers."""
    site = site_settings().timezone
    return [
        Coming(
            session.slug,
            session.subject,
            hour_for(session.starts_at, ends_at(session), site),
            factory or "",
            job,
        )
        for session, factory, job in _rows(rome)
        if ends_at(session) > now()
    ][:SHOWN]


def _rows(rome: str) -> list[tuple[Session, str | None, str]]:
    query = (
        select(Session, Factory.name, Professional.job)
        .join(SessionProfessional, SessionProfessional.session_id == Session.id)
        .join(Professional, Professional.account_id == SessionProfessional.account_id)
        .join(Account, Account.id == Professional.account_id)
        .outerjoin(Factory, Factory.slug == Session.factory)
        .where(Session.state == "offered", Session.kind == "offer", Professional.rome == rome)
        .where(Account.verified_at.is_not(None))
        .where(Session.starts_at > now() - timedelta(minutes=LENGTHS[-1]))
        .order_by(Session.starts_at, Session.id)
    )
    found: dict[int, tuple[Session, str | None, str]] = {}
    for session, factory, job in db.session.execute(query):
        found.setdefault(session.id, (session, factory, job))
    return list(found.values())
