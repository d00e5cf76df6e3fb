"""The worker's round: reminders the day before, and places that still stand empty."""

from datetime import timedelta

from sqlalchemy import select

from app.core.db import now
from app.core.writer import Transaction, write
from app.live.sessions.booking import promote_everywhere
from app.live.sessions.models import Booking, Session
from app.live.sessions.sessions import lock_session
from app.live.sessions.telling import write_to_class, write_to_hosts

BEFORE = timedelta(hours=24)
"""A class is reminded so long before; one that books later has its confirmation still at hand."""


def go_round() -> None:
    """Remind those whose session is near, and fill places that were left."""
    write(promote_everywhere)
    write(remind)


def remind(tx: Transaction) -> int:
    """Write to each class once, and to who answers with the first of them; how many classes."""
    moment = now()
    is_near = (Session.starts_at > moment) & (Session.starts_at <= moment + BEFORE)
    is_due = (Booking.state == "booked") & Booking.reminded_at.is_(None)
    query = select(Session.id).join(Booking, Booking.session_id == Session.id)
    near = query.where(Session.state == "offered", is_near, is_due).distinct()
    found = tx.session.scalars(near.order_by(Session.id)).all()
    return sum(_remind_of(tx, lock_session(tx, number)) for number in found)


def _remind_of(tx: Transaction, session: Session) -> int:
    mine = (Booking.session_id == session.id) & (Booking.state == "booked")
    bookings = tx.session.scalars(select(Booking).where(mine).order_by(Booking.id)).all()
    due = [one for one in bookings if one.reminded_at is None]
    if len(due) == len(bookings):
        write_to_hosts(tx, "reminder", session)
    for booking in due:
        booking.reminded_at = now()
        if booking.asked_at <= session.starts_at - BEFORE:
            write_to_class(tx, "reminder", booking)
    return len(due)
