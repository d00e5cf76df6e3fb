"""Mails about sessions, written and sent by the worker.

A job knows numbers only; addresses, names and hours are read when the mail is written.
"""

from collections.abc import Callable

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from app.classes.models import Classroom, ClassroomTeacher
from app.core.config import Settings
from app.core.db import db
from app.core.jobs import Running
from app.core.mail import Attachment, send
from app.live.sessions import letters
from app.live.sessions.calendar import entry_of, write_calendar
from app.live.sessions.hours import say_day, say_when
from app.live.sessions.models import Booking, Session
from app.live.sessions.sessions import has_begun
from app.people.letters import Letter, lay_out, written_in
from app.people.models import Account

FILE = "rencontre.ics"


def booked(job: Running) -> None:
    """A class has its place."""
    _write(job, letters.booked, "PUBLISH")


def waiting(job: Running) -> None:
    """A class waits for a place."""
    _write(job, letters.waiting)


def promoted(job: Running) -> None:
    """A class that waited has its place."""
    _write(job, letters.promoted, "PUBLISH")


def given_back(job: Running) -> None:
    """A class has given its place back: calendars strike it out, unless another class comes."""
    _write(job, letters.given_back, "" if _comes(job) else "CANCEL")


def _comes(job: Running) -> bool:
    """Whether the account teaches a class that comes."""
    told = job.arguments
    query = (
        select(Booking.id)
        .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Booking.classroom_id)
        .where(
            Booking.session_id == told["session_id"],
            ClassroomTeacher.account_id == told["account_id"],
            Booking.state == "booked",
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def without_class(job: Running) -> None:
    """No class is left in a session."""
    _write(job, letters.without_class)


def cancelled(job: Running) -> None:
    """A session does not take place: calendars strike it out."""
    _write(job, letters.cancelled, "CANCEL")


def corrected(job: Running) -> None:
    """An invitation was replaced by another: calendars strike the first one out."""
    _write(job, letters.corrected, "CANCEL")


def moved(job: Running) -> None:
    """A session has another hour."""
    _write(job, letters.moved, "PUBLISH")


def reminder(job: Running) -> None:
    """A session is for tomorrow."""
    _write(job, letters.reminder)


def approved(job: Running) -> None:
    """An organiser lets a guest come."""
    _write(job, letters.approved, "PUBLISH")


def refused(job: Running) -> None:
    """An organiser does not."""
    _write(job, letters.refused)


def to_approve(job: Running) -> None:
    """Somebody must decide about guests."""
    _write(job, letters.to_approve)


def _write(job: Running, compose: Callable[[letters.About], Letter], method: str = "") -> None:
    """Write one mail; `method` is that of the calendar file that goes with it, if any."""
    session = db.session.get(Session, job.arguments["session_id"])
    account = db.session.get(Account, job.arguments["account_id"])
    if session is None or account is None:
        return
    settings: Settings = current_app.extensions["settings"]
    classroom_id = job.arguments["classroom_id"]
    classroom = db.session.get(Classroom, classroom_id) if classroom_id is not None else None
    with written_in(account.language):
        about = _about(session, account, classroom, settings)
        mail = lay_out(compose(about), account.email, account.name)
        if method:
            entry = entry_of(session, "cancelled" if method == "CANCEL" else "booked")
            text = write_calendar([entry], settings, method)
            mail = mail.enclosing(Attachment(FILE, "calendar", text, {"method": method}))
        send(mail, settings)


def _about(
    session: Session, account: Account, classroom: Classroom | None, settings: Settings
) -> letters.About:
    """On the clocks of the class; of the account's school; of the site."""
    zone = account.school.timezone if account.school else settings.timezone
    zone = classroom.timezone if classroom is not None else zone
    is_written = session.kind == "written"
    if is_written:
        when = say_day(session.starts_at, settings.timezone)
    else:
        when = say_when(session.starts_at, zone)
    return letters.About(
        subject=session.subject,
        when=when,
        url=f"{settings.address}/sessions/{session.slug}",
        room=f"{settings.address}/rooms/{session.slug}",
        classroom=_name_of(classroom) if classroom is not None else "",
        is_written=is_written,
        has_begun=has_begun(session),
    )


def _name_of(classroom: Classroom) -> str:
    return classroom.name or _("Classe %(code)s", code=classroom.code)
