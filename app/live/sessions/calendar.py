"""Calendars (RFC 5545): sessions as events that any agenda reads; the library escapes texts."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText
from sqlalchemy import or_, select

from app.classes.models import ClassroomTeacher
from app.core.config import Settings
from app.core.db import db, now
from app.core.mail import LOCAL_SENDER
from app.live.sessions.models import Booking, Session, SessionProfessional
from app.live.sessions.sessions import ends_at
from app.people.models import Account

KEPT = timedelta(days=60)
"""A feed holds what was so long ago, and everything to come."""
STATES = {"booked": "CONFIRMED", "waiting": "TENTATIVE", "cancelled": "CANCELLED"}


@dataclass(frozen=True)
class Entry:
    """A session in somebody's calendar."""

    session: Session
    status: str = "CONFIRMED"
    """CONFIRMED, TENTATIVE or CANCELLED."""


def entry_of(session: Session, state: str = "booked") -> Entry:
    """A session for somebody whose place is so."""
    if session.state in ("cancelled", "refused"):
        return Entry(session, "CANCELLED")
    return Entry(session, "TENTATIVE" if session.state == "awaiting" else STATES[state])


def write_calendar(entries: Iterable[Entry], settings: Settings, method: str = "PUBLISH") -> str:
    """A calendar file. `method` is PUBLISH, or CANCEL in a mail that cancels."""
    calendar = Calendar()
    calendar.add("prodid", "-//Déambule//Rencontres//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", _("Rencontres Déambule"))
    for entry in entries:
        calendar.add_component(_event(entry, settings))
    text: str = calendar.to_ical().decode()
    return text


def _event(entry: Entry, settings: Settings) -> Event:
    """One session. Its UID never moves; SEQUENCE is its revision; times are in UTC."""
    session, event = entry.session, Event()
    url = f"{settings.address}/sessions/{session.slug}"
    event.add("uid", f"session-{session.slug}@deambule")
    event.add("sequence", session.revision)
    event.add("dtstamp", now())
    if session.kind == "written":
        zone = ZoneInfo(settings.timezone)
        event.add("dtstart", session.starts_at.astimezone(zone).date())
        event.add("transp", "TRANSPARENT")
        event.add("summary", _("Échange écrit : %(subject)s", subject=session.subject))
    else:
        event.add("dtstart", session.starts_at)
        event.add("dtend", ends_at(session))
        event.add("summary", session.subject)
        event.add("location", f"{settings.address}/rooms/{session.slug}")
    event.add("description", f"{session.about}\n\n{url}".strip())
    event.add("url", url)
    event.add("status", entry.status)
    event.add("organizer", _organizer(settings))
    return event


def _organizer(settings: Settings) -> vCalAddress:
    name, address = parseaddr(settings.mail_from or LOCAL_SENDER)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(name or "Déambule")
    return organizer


def feed_token(account: Account, settings: Settings) -> str:
    """What opens an account's feed: derived, kept nowhere; another password makes it another.

    160 bits of HMAC; who reads the feed learns hours and subjects, and can change nothing.
    """
    what = f"calendar:{account.id}:{account.password_hash}"
    key = settings.secret.get_secret_value().encode()
    return f"{account.id}-{hmac.new(key, what.encode(), hashlib.sha256).hexdigest()[:40]}"


def owner_of(token: str, settings: Settings) -> Account | None:
    """The account whose feed this opens."""
    number = token.partition("-")[0]
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    account = db.session.get(Account, int(number)) if is_number else None
    if account is None:
        return None
    right = feed_token(account, settings)
    return account if hmac.compare_digest(right.encode(), token.encode()) else None


def entries_of(account: Account) -> list[Entry]:
    """What stands in somebody's calendar: a teacher's bookings, others' own sessions."""
    since = Session.starts_at > now() - KEPT
    if account.role == "teacher":
        return _entries_of_teacher(account, since)
    answers = select(SessionProfessional.session_id).where(
        SessionProfessional.account_id == account.id
    )
    mine = or_(
        Session.id.in_(answers),
        Session.moderator_id == account.id,
        Session.created_by == account.id,
    )
    query = select(Session).where(since, mine).order_by(Session.starts_at, Session.id)
    return [entry_of(session) for session in db.session.scalars(query)]


def _entries_of_teacher(account: Account, since: object) -> list[Entry]:
    """One entry a session: of two classes, the place of the one that is surer counts."""
    query = (
        select(Session, Booking.state)
        .join(Booking, Booking.session_id == Session.id)
        .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Booking.classroom_id)
        .where(since, ClassroomTeacher.account_id == account.id)  # type: ignore[arg-type]  # a clause
        .order_by(Session.starts_at, Session.id)
    )
    surest = list(STATES)
    found: dict[int, tuple[Session, str]] = {}
    for session, state in db.session.execute(query):
        known = found.get(session.id)
        if known is None or surest.index(state) < surest.index(known[1]):
            found[session.id] = (session, state)
    return [entry_of(session, state) for session, state in found.values()]
