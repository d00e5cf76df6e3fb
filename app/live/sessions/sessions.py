"""Sessions: offered, changed, cancelled. Units are given to the writer; they know no request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, insert, select, update

from app.classes.classrooms import draw_slug
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import Transaction
from app.live.sessions.events import SessionChanged
from app.live.sessions.models import KINDS, MOST_CLASSES, Booking, Session, SessionProfessional
from app.live.sessions.telling import write_to_all

LENGTHS = range(10, 121)
"""Minutes of a session."""
ANSWER_DAYS = range(1, 61)
PAST = _l("Cette heure est passée : choisissez un moment à venir.")
OVER = _l("Cette rencontre est finie.")
CANCELLED = _l("Cette rencontre a été annulée.")
REFUSED = _l("Cette rencontre n’a pas été approuvée.")
TOO_FEW = _l("Plus de classes ont déjà réservé : annulez, ou gardez assez de places.")
UNFIT = _l("Cette valeur n’est pas possible ici.")


@dataclass(frozen=True)
class Offer:
    """What is said of a session by whoever offers it."""

    kind: str
    subject: str
    starts_at: datetime
    """When it begins. A written exchange: when the factory opens the box of questions."""
    minutes: int = 40
    about: str = ""
    tour: str = ""
    factory: str = ""
    languages: tuple[str, ...] = ("fr",)
    capacity: int = 2
    answer_days: int = 10
    professionals: tuple[int, ...] = ()
    """Accounts."""
    moderator_id: int | None = None


def ends_at(session: Session) -> datetime:
    """When it is over; a written exchange when its answers must be there."""
    if session.kind == "written":
        return session.starts_at + timedelta(days=session.answer_days)
    return session.starts_at + timedelta(minutes=session.minutes)


def has_begun(session: Session) -> bool:
    """Whether it runs or has run. A written exchange: whether the factory answers already."""
    return session.starts_at <= now()


def is_over(session: Session) -> bool:
    """Whether it has run."""
    return ends_at(session) <= now()


def session_of(slug: str) -> Session:
    """The session of this name, or 404."""
    found = db.session.scalar(select(Session).where(Session.slug == slug))
    return found if found is not None else abort(404)


def lock_session(tx: Transaction, session_id: int) -> Session:
    """The session, held until the commit: who books, cancels or changes does so one by one.

    On SQLite the transaction holds the whole database already.
    """
    found = tx.session.get(Session, session_id, with_for_update=True, populate_existing=True)
    return found if found is not None else abort(404)


def offer_session(
    tx: Transaction, offer: Offer, created_by: int | None, state: str = "offered"
) -> Session:
    """Offer a session. Raises Refusal when something of it cannot be."""
    _check(offer)
    if offer.starts_at <= now():
        raise Refusal("past", PAST, 422, "day")
    session = Session(
        slug=draw_slug(), created_by=created_by, state=state, revision=0, created_at=now()
    )
    _put(session, offer)
    tx.session.add(session)
    tx.session.flush()
    put_professionals(tx, session.id, offer.professionals)
    tx.publish(SessionChanged(session_id=session.id))
    return session


def _check(offer: Offer) -> None:
    """Bounds that forms check too, in words of their own."""
    fits = {
        "kind": offer.kind in KINDS,
        "subject": 0 < len(offer.subject.strip()) <= 120,
        "minutes": offer.minutes in LENGTHS,
        "capacity": 1 <= offer.capacity <= MOST_CLASSES,
        "answer_days": offer.answer_days in ANSWER_DAYS,
    }
    for field, is_fit in fits.items():
        if not is_fit:
            raise Refusal(f"unfit_{field}", UNFIT, 422, field)


def _put(session: Session, offer: Offer) -> None:
    session.kind = offer.kind
    session.subject = " ".join(offer.subject.split())
    session.about = offer.about.strip()
    session.tour, session.factory = offer.tour, offer.factory
    session.starts_at, session.minutes = offer.starts_at, offer.minutes
    session.languages = list(offer.languages)
    session.capacity = 1 if offer.kind == "guest" else offer.capacity
    session.answer_days = offer.answer_days
    session.moderator_id = offer.moderator_id


def put_professionals(tx: Transaction, session_id: int, accounts: Iterable[int]) -> None:
    """Say who answers there."""
    here = SessionProfessional.session_id == session_id
    tx.execute(delete(SessionProfessional).where(here))
    rows = [{"session_id": session_id, "account_id": one} for one in sorted(set(accounts))]
    if rows:
        tx.execute(insert(SessionProfessional), rows)


def change_session(tx: Transaction, session_id: int, offer: Offer) -> Session:
    """Change what is offered. Calendars, and classes when the hour moves, hear of it.

    Places that are added go to those who wait: call `promote` in the same unit.
    Raises Refusal when it is over or cancelled, or when more classes come than would have a place.
    """
    session = lock_session(tx, session_id)
    refuse_closed(session)
    _check(offer)
    if offer.starts_at != session.starts_at and offer.starts_at <= now():
        raise Refusal("past", PAST, 422, "day")
    if offer.capacity < count_booked(tx, session.id):
        raise Refusal("too_few_places", TOO_FEW, 409, "capacity")
    shown, hours = _in_calendars(session), (session.starts_at, session.minutes)
    _put(session, offer)
    put_professionals(tx, session.id, offer.professionals)
    if _in_calendars(session) != shown:
        session.revision += 1
    tx.session.flush()
    if (session.starts_at, session.minutes) != hours:
        _tell_new_hour(tx, session)
    tx.publish(SessionChanged(session_id=session.id))
    return session


def _in_calendars(session: Session) -> tuple[object, ...]:
    return (session.kind, session.subject, session.about, session.starts_at, session.minutes,
            session.answer_days)  # fmt: skip


def _tell_new_hour(tx: Transaction, session: Session) -> None:
    """Everybody learns the new hour, and is reminded of that one."""
    here = Booking.session_id == session.id
    tx.execute(update(Booking).where(here).values(reminded_at=None))
    write_to_all(tx, "moved", session)


def refuse_closed(session: Session) -> None:
    """Raise Refusal when a session is cancelled, refused or over."""
    if session.state == "cancelled":
        raise Refusal("cancelled", CANCELLED, 409)
    if session.state == "refused":
        raise Refusal("refused", REFUSED, 409)
    if is_over(session):
        raise Refusal("over", OVER, 409)


def cancel_session(tx: Transaction, session_id: int, letter: str = "cancelled") -> None:
    """Cancel a session: everybody is told, calendars strike it out."""
    session = lock_session(tx, session_id)
    refuse_closed(session)
    session.state = "cancelled"
    session.revision += 1
    tx.session.flush()
    write_to_all(tx, letter, session)
    tx.publish(SessionChanged(session_id=session.id))


def count_booked(tx: Transaction, session_id: int) -> int:
    """How many classes have a place."""
    mine = (Booking.session_id == session_id) & (Booking.state == "booked")
    return tx.session.scalar(select(func.count()).select_from(Booking).where(mine)) or 0
