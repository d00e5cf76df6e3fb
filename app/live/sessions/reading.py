"""Sessions as pages show them: who answers there, which classes come, how many places are left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from app.classes.models import Classroom, ClassroomTeacher
from app.classes.opening import offered_tours
from app.core.db import db
from app.live.sessions.access import site_settings
from app.live.sessions.hours import Hour, hour_for
from app.live.sessions.models import (
    Booking,
    Guest,
    Professional,
    Session,
    SessionProfessional,
)
from app.live.sessions.sessions import ends_at, has_begun, is_over
from app.people.models import Account
from tours.models import Factory


@dataclass(frozen=True)
class Speaker:
    """Somebody who answers, as students read them."""

    name: str
    job: str = ""


@dataclass(frozen=True)
class Place:
    """A class's place in a session, or in its waiting list."""

    booking: Booking
    classroom: Classroom
    position: int = 0
    """In the waiting list, from 1; 0 for who has a place."""


@dataclass
class Shown:
    """One session with all that a page shows of it."""

    session: Session
    speakers: list[Speaker] = field(default_factory=list)
    factory: str = ""
    tour: str = ""
    places: list[Place] = field(default_factory=list)
    """Of those who book or wait; own ones only, unless one runs the session."""
    booked: int = 0
    waiting: int = 0
    hours: list[Hour] = field(default_factory=list)
    """One for each zone of whoever reads; the day of a written exchange is the site's."""

    @property
    def left(self) -> int:
        """Free places."""
        return max(0, self.session.capacity - self.booked)

    @property
    def is_over(self) -> bool:
        """Whether it has run."""
        return is_over(self.session)

    @property
    def has_begun(self) -> bool:
        """Whether it runs or has run."""
        return has_begun(self.session)

    @property
    def is_open(self) -> bool:
        """Whether a class may still book."""
        return self.session.state == "offered" and not self.has_begun

    @property
    def is_outside(self) -> bool:
        """Whether it leaves the school's day on all clocks of whoever reads."""
        is_timed = self.session.kind != "written"
        return is_timed and bool(self.hours) and all(hour.is_outside for hour in self.hours)


def classes_of(account: Account) -> Sequence[Classroom]:
    """The classes of a teacher, newest first."""
    mine = (ClassroomTeacher.classroom_id == Classroom.id) & (
        ClassroomTeacher.account_id == account.id
    )
    query = select(Classroom).join(ClassroomTeacher, mine)
    return db.session.scalars(query.order_by(Classroom.created_at.desc())).all()


def zones_of(account: Account, classes: Sequence[Classroom], site: str) -> list[str]:
    """The zones on whose clocks somebody reads: their classes', else their school's, the site's."""
    zones = list(dict.fromkeys(classroom.timezone for classroom in classes))
    return zones or [account.school.timezone if account.school else site]


def show(
    sessions: Iterable[Session], zones: Sequence[str], classes: Iterable[int] | None
) -> list[Shown]:
    """Sessions as pages show them, with the places of `classes`, of all of them when it is None."""
    shown = {session.id: Shown(session) for session in sessions}
    if not shown:
        return []
    _add_speakers(shown)
    _add_places(shown, None if classes is None else set(classes))
    named = db.session.execute(select(Factory.slug, Factory.name))
    factories: dict[str, str] = {slug: name for slug, name in named}  # noqa: C416  rows, not pairs
    tours = dict(offered_tours())
    site = site_settings().timezone
    for one in shown.values():
        session = one.session
        clocks = [site] if session.kind == "written" else zones
        one.factory = factories.get(session.factory, "")
        one.tour = tours.get(session.tour, "")
        one.hours = [hour_for(session.starts_at, ends_at(session), zone) for zone in clocks]
    return list(shown.values())


def show_one(session: Session, zones: Sequence[str], classes: Iterable[int] | None) -> Shown:
    """The same for one."""
    return show([session], zones, classes)[0]


def _add_speakers(shown: dict[int, Shown]) -> None:
    """What nobody has approved is not told: then it is their name alone."""
    is_theirs = (Professional.account_id == Account.id) & Account.verified_at.is_not(None)
    professionals = (
        select(SessionProfessional.session_id, Account.name, Professional)
        .join(Account, Account.id == SessionProfessional.account_id)
        .outerjoin(Professional, is_theirs)
        .where(SessionProfessional.session_id.in_(shown))
        .order_by(Account.id)
    )
    for session_id, name, said in db.session.execute(professionals):
        shown[session_id].speakers.append(_speaker(name, said))
    guests = select(Guest).where(Guest.session_id.in_(shown)).order_by(Guest.id)
    for guest in db.session.scalars(guests):
        shown[guest.session_id].speakers.append(Speaker(guest.name, guest.job))


def _speaker(name: str, said: Professional | None) -> Speaker:
    """By the first name that they gave; without one, by the first word of their name."""
    first = said.first_name if said and said.first_name else name.split(" ", 1)[0]
    return Speaker(first, said.job if said else "")


def speaker_of(account: Account) -> Speaker:
    """Somebody whom an organiser may ask."""
    return _speaker(account.name, db.session.get(Professional, account.id))


def _add_places(shown: dict[int, Shown], classes: set[int] | None) -> None:
    query = (
        select(Booking, Classroom)
        .join(Classroom, Classroom.id == Booking.classroom_id)
        .where(Booking.session_id.in_(shown), Booking.state != "cancelled")
        .order_by(Booking.asked_at, Booking.id)
    )
    for booking, classroom in db.session.execute(query):
        one = shown[booking.session_id]
        if booking.state == "waiting":
            one.waiting += 1
        else:
            one.booked += 1
        if classes is None or classroom.id in classes:
            position = one.waiting if booking.state == "waiting" else 0
            one.places.append(Place(booking, classroom, position))


def people_of_factory(factory: str, chosen: Iterable[int] = ()) -> Sequence[Account]:
    """The verified professionals of a factory, of all when it is empty, and those chosen before."""
    query = (
        select(Account)
        .outerjoin(Professional, Professional.account_id == Account.id)
        .where(Account.role == "professional", Account.verified_at.is_not(None))
    )
    if factory:
        query = query.where((Professional.factory == factory) | Account.id.in_(list(chosen)))
    return db.session.scalars(query.order_by(func.lower(Account.name), Account.id)).all()
