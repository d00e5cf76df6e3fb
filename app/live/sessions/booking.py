"""Booking: a class's place in a session, or in its waiting list, which is fair.

Who asked first comes first; a place that is freed goes to whoever waits longest, at once. The
session's row is held meanwhile, so that two classes never take the same place.
"""

from flask import abort
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.classes.erasing import BEFORE_ERASING
from app.classes.models import Classroom, ClassroomTeacher
from app.core.db import now
from app.core.errors import Refusal
from app.core.writer import Transaction
from app.live.sessions.events import SessionChanged
from app.live.sessions.models import Booking, Session
from app.live.sessions.sessions import (
    Offer,
    cancel_session,
    change_session,
    count_booked,
    has_begun,
    lock_session,
    refuse_closed,
)
from app.live.sessions.telling import write_to_class, write_to_hosts
from app.people.models import Account

UNVERIFIED = _l(
    "Votre compte doit d’abord être vérifié : une rencontre met des élèves face à des adultes."
)
BEGUN = _l("Cette rencontre a déjà commencé.")
AWAITING = _l("Cette rencontre attend l’accord de l’organisation.")
ALREADY = _l("Cette classe a déjà sa place, ou attend la sienne.")
COMING = ("awaiting", "offered")
"""States of a session that takes place, unless somebody says no."""
NOT_BOOKED = _l("Cette classe n’a pas réservé.")


def book(
    tx: Transaction,
    session_id: int,
    classroom_id: int,
    account_id: int,
    allows_views: bool = False,
) -> Booking:
    """Give a class a place, or a place in the waiting list when all are taken.

    Raises Refusal when it cannot be; a class that is not this account's, or is being erased, does
    not exist (404).
    """
    session = lock_session(tx, session_id)
    if session.kind == "guest" or not is_teacher_of(tx, classroom_id, account_id):
        abort(404)
    if tx.session.get_one(Classroom, classroom_id).erase_at <= now():
        abort(404)
    _refuse_unfit(tx.session.get_one(Account, account_id), session)
    booking = booking_of(tx, session.id, classroom_id)
    if booking is not None and booking.state != "cancelled":
        raise Refusal("already_booked", ALREADY, 409)
    promote(tx, session)
    is_free = count_booked(tx, session.id) < session.capacity
    if booking is None:
        booking = Booking(session_id=session.id, classroom_id=classroom_id, created_at=now())
        tx.session.add(booking)
    booking.state = "booked" if is_free else "waiting"
    booking.account_id, booking.allows_views = account_id, allows_views
    booking.asked_at, booking.reminded_at = now(), None
    tx.session.flush()
    write_to_class(tx, booking.state, booking)
    tx.publish(SessionChanged(session_id=session.id))
    return booking


def is_teacher_of(tx: Transaction, classroom_id: int, account_id: int) -> bool:
    """Whether the account is a teacher of the class."""
    return tx.session.get(ClassroomTeacher, (classroom_id, account_id)) is not None


def booking_of(tx: Transaction, session_id: int, classroom_id: int) -> Booking | None:
    """The class's row in the session, whatever its state."""
    mine = (Booking.session_id == session_id) & (Booking.classroom_id == classroom_id)
    return tx.session.scalar(select(Booking).where(mine))


def _refuse_unfit(account: Account, session: Session) -> None:
    if account.role != "teacher" or not account.is_verified:
        raise Refusal("unverified", UNVERIFIED, 403)
    refuse_closed(session)
    if session.state != "offered":
        raise Refusal("awaiting", AWAITING, 409)
    if has_begun(session):
        raise Refusal("begun", BEGUN, 409)


def cancel_booking(tx: Transaction, session_id: int, classroom_id: int, account_id: int) -> None:
    """Give a place back; whoever waits longest gets it.

    Who answers there is told when no class is left.
    """
    session = lock_session(tx, session_id)
    booking = _own_booking(tx, session, classroom_id, account_id)
    refuse_closed(session)
    _give_back(tx, session, booking)


def _give_back(tx: Transaction, session: Session, booking: Booking) -> None:
    """Free the place; whoever had it is told. The session must be locked."""
    had_place, booking.state = booking.state == "booked", "cancelled"
    tx.session.flush()
    promote(tx, session)
    if had_place:
        write_to_class(tx, "given_back", booking)
        if not count_booked(tx, session.id):
            write_to_hosts(tx, "without_class", session)
    tx.publish(SessionChanged(session_id=session.id))


def leave_all(tx: Transaction, classroom_id: int) -> None:
    """Free the places of a classroom that is erased, in the sessions still to come.

    A session that is this class's own, with its guests, does not take place.
    """
    mine = (Booking.classroom_id == classroom_id) & (Booking.state != "cancelled")
    coming = Session.state.in_(COMING) & (Session.starts_at > now())
    query = select(Session.id).join(Booking, Booking.session_id == Session.id)
    for number in tx.session.scalars(query.where(mine, coming).order_by(Session.id)).all():
        session = lock_session(tx, number)
        booking = booking_of(tx, number, classroom_id)
        is_coming = session.state in COMING and not has_begun(session)
        if booking is None or booking.state == "cancelled" or not is_coming:
            continue  # it changed while we waited for it
        if session.kind == "guest":
            cancel_session(tx, number)
        else:
            _give_back(tx, session, booking)


BEFORE_ERASING.append(leave_all)


def allow_views(
    tx: Transaction, session_id: int, classroom_id: int, account_id: int, is_allowed: bool
) -> None:
    """Say whether a professional may turn the views of the class in this session."""
    session = lock_session(tx, session_id)
    _own_booking(tx, session, classroom_id, account_id).allows_views = is_allowed
    tx.publish(SessionChanged(session_id=session.id))


def _own_booking(tx: Transaction, session: Session, classroom_id: int, account_id: int) -> Booking:
    if not is_teacher_of(tx, classroom_id, account_id):
        abort(404)
    booking = booking_of(tx, session.id, classroom_id)
    if booking is None or booking.state == "cancelled":
        raise Refusal("not_booked", NOT_BOOKED, 409)
    return booking


def promote(tx: Transaction, session: Session) -> int:
    """Give free places to those who wait longest, and tell them; how many there were.

    Nobody is called into a session that has begun. The session must be locked.
    """
    if session.state != "offered" or has_begun(session):
        return 0
    free = max(0, session.capacity - count_booked(tx, session.id))
    waiting = (Booking.session_id == session.id) & (Booking.state == "waiting")
    first = select(Booking).where(waiting).order_by(Booking.asked_at, Booking.id).limit(free)
    called = tx.session.scalars(first).all() if free else []
    for booking in called:
        booking.state = "booked"
        write_to_class(tx, "promoted", booking)
    tx.session.flush()
    if called:
        tx.publish(SessionChanged(session_id=session.id))
    return len(called)


def change_offer(tx: Transaction, session_id: int, offer: Offer) -> Session:
    """Change a session, and give the places that were added to those who wait."""
    session = change_session(tx, session_id, offer)
    promote(tx, session)
    return session


def promote_everywhere(tx: Transaction) -> int:
    """Fill places that stand empty while somebody waits, however it came to that; how many."""
    booked = (
        select(func.count())
        .where(Booking.session_id == Session.id, Booking.state == "booked")
        .correlate(Session)
        .scalar_subquery()
    )
    waits = select(Booking.id).where(Booking.session_id == Session.id, Booking.state == "waiting")
    is_open = (Session.state == "offered") & (Session.starts_at > now())
    query = select(Session.id).where(is_open, booked < Session.capacity, waits.exists())
    found = tx.session.scalars(query.order_by(Session.id)).all()
    return sum(promote(tx, lock_session(tx, number)) for number in found)
