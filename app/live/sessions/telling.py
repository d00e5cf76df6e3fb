"""Who is written to about a session: the letters are jobs, queued with their cause."""

from sqlalchemy import select

from app.classes.models import ClassroomTeacher
from app.core.jobs import enqueue
from app.core.writer import Transaction
from app.live.sessions.models import Booking, Session, SessionProfessional
from app.people.models import Account


def write_to(
    tx: Transaction, letter: str, session_id: int, account_id: int, classroom_id: int | None = None
) -> None:
    """Have the worker write to an account; `letter` is a function of app/live/sessions/jobs.py.

    With a classroom, the letter is about its place and tells the hour of its zone.
    """
    arguments = {
        "session_id": session_id,
        "account_id": account_id,
        "classroom_id": classroom_id,
    }
    enqueue(tx, f"app.live.sessions.jobs.{letter}", arguments, letter)


def write_to_class(tx: Transaction, letter: str, booking: Booking) -> None:
    """Write to the teacher who booked; to the class's teachers when that account is gone."""
    teachers = [booking.account_id] if booking.account_id else _teachers_of(tx, booking)
    for account_id in teachers:
        write_to(tx, letter, booking.session_id, account_id, booking.classroom_id)


def _teachers_of(tx: Transaction, booking: Booking) -> list[int]:
    here = ClassroomTeacher.classroom_id == booking.classroom_id
    return list(tx.session.scalars(select(ClassroomTeacher.account_id).where(here)))


def write_to_all(tx: Transaction, letter: str, session: Session) -> None:
    """Write to the classes that come or wait, to the professionals and to the moderator."""
    theirs = (Booking.session_id == session.id) & (Booking.state != "cancelled")
    for booking in tx.session.scalars(select(Booking).where(theirs).order_by(Booking.id)).all():
        write_to_class(tx, letter, booking)
    write_to_hosts(tx, letter, session)


def write_to_hosts(tx: Transaction, letter: str, session: Session) -> None:
    """Write to the professionals and to the moderator."""
    for account_id in sorted(hosts_of(tx, session)):
        write_to(tx, letter, session.id, account_id)


def hosts_of(tx: Transaction, session: Session) -> set[int]:
    """The accounts of the professionals and of the moderator."""
    query = select(SessionProfessional.account_id)
    found = set(tx.session.scalars(query.where(SessionProfessional.session_id == session.id)))
    return found | ({session.moderator_id} if session.moderator_id else set())


def write_to_organisers(tx: Transaction, letter: str, session: Session) -> None:
    """Write to those who approve."""
    able = (Account.role == "organiser") & (Account.password_hash != "")
    for account_id in tx.session.scalars(select(Account.id).where(able)).all():
        write_to(tx, letter, session.id, account_id)
