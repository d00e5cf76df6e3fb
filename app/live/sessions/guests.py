"""Invite someone: a teacher opens a session for their own class with one or two guests.

A guest has no account. Their link holds 256 bits, of which the hash alone is kept; it opens one
session, from its approval until an hour after its end.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.classes.classrooms import hash_key
from app.classes.models import Classroom
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import Transaction
from app.live.sessions.booking import UNVERIFIED, is_teacher_of
from app.live.sessions.events import SessionChanged
from app.live.sessions.models import Booking, Guest, Session
from app.live.sessions.sessions import (
    Offer,
    cancel_session,
    ends_at,
    lock_session,
    offer_session,
    refuse_closed,
)
from app.live.sessions.telling import write_to_class, write_to_organisers
from app.people.models import Account

GUEST = "guest"
"""Where a guest's browser keeps the token of their link."""
AFTER = timedelta(hours=1)
"""The link works on for so long after the end."""
MOST_GUESTS = 2
HOW_MANY = _l("Invitez une ou deux personnes.")
DECIDED = _l("Cette demande a déjà reçu sa réponse.")


def open_to_guests(
    tx: Transaction,
    offer: Offer,
    classroom_id: int,
    account_id: int,
    guests: tuple[tuple[str, str], ...],
    needs_approval: bool,
    replaced: int | None = None,
) -> tuple[str, dict[int, str]]:
    """Open a session of one's own class, for guests of whom one says the first name and the job.

    It takes the place of `replaced`, which is cancelled. Its slug, and the token of each guest's
    link, told this once.
    """
    account = tx.session.get_one(Account, account_id)
    if not is_teacher_of(tx, classroom_id, account_id):
        abort(404)
    if account.role != "teacher" or not account.is_verified:
        raise Refusal("unverified", UNVERIFIED, 403)
    if not 1 <= len(guests) <= MOST_GUESTS:
        raise Refusal("how_many_guests", HOW_MANY, 422, "name")
    if replaced is not None:
        cancel_session(tx, replaced, "corrected")
    session = offer_session(tx, offer, account_id, "awaiting" if needs_approval else "offered")
    moment = now()
    tx.session.add(
        Booking(
            session_id=session.id, classroom_id=classroom_id, account_id=account_id,
            state="booked", asked_at=moment, created_at=moment,
        )
    )  # fmt: skip
    tokens = dict(_add_guest(tx, session.id, name, job) for name, job in guests)
    if needs_approval:
        write_to_organisers(tx, "to_approve", session)
    return session.slug, tokens


def _add_guest(tx: Transaction, session_id: int, name: str, job: str) -> tuple[int, str]:
    token = draw_token()
    guest = Guest(
        session_id=session_id, name=" ".join(name.split()), job=" ".join(job.split()),
        token_hash=hash_key(token), created_at=now(),
    )  # fmt: skip
    tx.session.add(guest)
    tx.session.flush()
    return guest.id, token


def draw_token() -> str:
    """What a guest's link holds."""
    return secrets.token_urlsafe(32)


def draw_link_anew(tx: Transaction, session_id: int, guest_id: int) -> str:
    """Another link for a guest: the old one opens nothing, and the charter is accepted anew."""
    guest = tx.session.get(Guest, guest_id)
    if guest is None or guest.session_id != session_id:
        abort(404)
    refuse_closed(lock_session(tx, session_id))
    token = draw_token()
    guest.token_hash, guest.charter_at = hash_key(token), None
    tx.publish(SessionChanged(session_id=session_id))
    return token


def find_guest(token: str) -> tuple[Guest, Session] | None:
    """Whose link this is, and for which session; None once it is dead."""
    query = select(Guest, Session).join(Session, Session.id == Guest.session_id)
    row = db.session.execute(query.where(Guest.token_hash == hash_key(token))).first()
    if row is None:
        return None
    guest, session = row
    is_dead = session.state in ("cancelled", "refused") or now() >= ends_at(session) + AFTER
    return None if is_dead else (guest, session)


def guest_here(session: Session, cookie: Mapping[str, Any]) -> Guest | None:
    """The guest of this session whom a browser's cookie names, once approved and in the know."""
    found = find_guest(str(cookie.get(GUEST, "")))
    if found is None or found[1].id != session.id or found[1].state != "offered":
        return None
    return found[0] if found[0].charter_at is not None else None


def accept_charter(tx: Transaction, guest_id: int) -> None:
    """A guest has read how one speaks with students."""
    guest = tx.session.get_one(Guest, guest_id)
    guest.charter_at = guest.charter_at or now()


def approve_guests(tx: Transaction, session_id: int) -> None:
    """An organiser lets the guests come; the teacher is told."""
    _decide(tx, session_id, "offered", "approved")


def refuse_guests(tx: Transaction, session_id: int) -> None:
    """An organiser does not; the teacher is told."""
    _decide(tx, session_id, "refused", "refused")


def _decide(tx: Transaction, session_id: int, state: str, letter: str) -> None:
    session = lock_session(tx, session_id)
    if session.state != "awaiting":
        raise Refusal("decided", DECIDED, 409)
    session.state = state
    session.revision += 1
    tx.session.flush()
    for booking in tx.session.scalars(select(Booking).where(Booking.session_id == session.id)):
        write_to_class(tx, letter, booking)
    tx.publish(SessionChanged(session_id=session.id))


def guests_of(session: Session) -> list[Guest]:
    """Those invited to a session."""
    query = select(Guest).where(Guest.session_id == session.id).order_by(Guest.id)
    return list(db.session.scalars(query))


def zone_of(session: Session) -> str | None:
    """The zone of the class that invites: its guests live there too as a rule."""
    query = select(Classroom.timezone).join(Booking, Booking.classroom_id == Classroom.id)
    return db.session.scalar(query.where(Booking.session_id == session.id).limit(1))
