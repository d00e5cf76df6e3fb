"""Who attends a room: asked afresh at each message, from the database.

A student whose class has a place there, in its lesson; a verified teacher of such a class; the
session's professionals and guests; moderators and organisers. To everybody else, those without an
account and substitutes among them, the room does not exist.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from app.classes.classrooms import hash_key
from app.classes.models import Classroom, ClassroomTeacher
from app.classes.places import Place, place_in
from app.core.queries import Query, read
from app.live.chat.models import ChatRoom, Standing
from app.live.sessions.models import Booking, Guest, Professional, Session, SessionProfessional
from app.people.codes import lacks_factor
from app.people.logins import TOKEN, Known, recognise

GUEST = "guest"
"""What the cookie of a guest holds: the token of their link."""
LONGEST_NAME = 60
"""Characters of a name in a room."""
GUEST_AFTER = timedelta(hours=1)
"""For so long after the end a guest's link still opens the room."""
ADULTS = frozenset({"professional", "guest", "teacher", "moderator", "organiser"})
ANSWERING = frozenset({"professional", "guest"})
WATCHING = frozenset({"moderator", "organiser"})
"""Those who read and decide for every class."""

_ROOM = Query(
    select(
        Session.id,
        Session.slug,
        Session.kind,
        Session.subject,
        Session.tour,
        Session.starts_at,
        Session.minutes,
        Session.answer_days,
        Session.state,
        ChatRoom.phase,
        ChatRoom.mode,
    )
    .outerjoin(ChatRoom, ChatRoom.session_id == Session.id)
    .where(Session.slug == bindparam("slug"))
)
_BOOKED = Query(
    select(Booking.classroom_id, Classroom.level, Booking.allows_views, Booking.state)
    .join(Classroom, Classroom.id == Booking.classroom_id)
    .where(Booking.session_id == bindparam("session"))
    .order_by(Booking.id)
)
_TAUGHT = Query(
    select(ClassroomTeacher.classroom_id).where(ClassroomTeacher.account_id == bindparam("account"))
)
_PROFESSIONALS = Query(
    select(
        Professional.account_id,
        Professional.first_name,
        Professional.job,
        Professional.charter_at,
    )
    .join(SessionProfessional, SessionProfessional.account_id == Professional.account_id)
    .where(SessionProfessional.session_id == bindparam("session"))
    .order_by(Professional.account_id)
)
_REMOVED = Query(select(Standing.removed_from).where(Standing.visitor_id == bindparam("visitor")))
_GUESTS = Query(
    select(Guest.token_hash, Guest.name, Guest.job, Guest.charter_at, Guest.id)
    .where(Guest.session_id == bindparam("session"))
    .order_by(Guest.id)
)


@dataclass(frozen=True)
class Booked:
    """A class that has a place in the room, by its number there, from 1.

    The number is that of its booking: it stays when another class cancels.
    """

    number: int
    classroom: int
    level: str
    allows_views: bool


@dataclass(frozen=True)
class Room:
    """A room and its session, as they are now."""

    id: int
    slug: str
    kind: str
    subject: str
    tour: str
    starts_at: datetime
    minutes: int
    answer_days: int
    state: str
    phase: str
    mode: str
    classes: tuple[Booked, ...]

    @property
    def ends_at(self) -> datetime:
        """When it closes by itself; a written exchange, when its answers must be there."""
        is_written = self.kind == "written"
        length = timedelta(days=self.answer_days) if is_written else timedelta(minutes=self.minutes)
        return self.starts_at + length

    def class_of(self, classroom: int | None) -> Booked | None:
        """The class of this classroom, when it has a place here."""
        return next((one for one in self.classes if one.classroom == classroom), None)


@dataclass(frozen=True)
class Attendant:
    """Somebody in a room."""

    room: Room
    role: str
    """student, professional, guest, teacher, moderator or organiser."""
    author: str
    """`visitor:4`, `account:2` or `guest:1`, as messages keep it."""
    name: str
    """As others in the room read it."""
    classes: tuple[Booked, ...] = ()
    """A student's class, a teacher's, or all for those who watch over the room."""
    visitor: int | None = None
    place: Place | None = None

    @property
    def is_adult(self) -> bool:
        """Whether it is an adult."""
        return self.role in ADULTS

    @property
    def may_answer(self) -> bool:
        """Whether they answer questions."""
        return self.role in ANSWERING

    @property
    def watches(self) -> bool:
        """Whether they decide for every class."""
        return self.role in WATCHING

    @property
    def own_class(self) -> Booked | None:
        """A student's class."""
        return self.classes[0] if self.role == "student" and self.classes else None

    def decides_for(self, classroom: int | None) -> bool:
        """Whether they may decide what a class writes; what adults write, those who watch."""
        if self.watches:
            return True
        if classroom is None:
            return self.is_only_teacher
        is_mine = any(one.classroom == classroom for one in self.classes)
        return self.role == "teacher" and is_mine

    @property
    def is_only_teacher(self) -> bool:
        """Whether theirs is the only class: then they decide what other adults write too."""
        return self.role == "teacher" and len(self.room.classes) == 1

    def is_called_by(self, classroom: int | None) -> bool:
        """Whether an alarm calls them: one of their class, or one that names no class."""
        return self.decides_for(classroom) or (self.role == "teacher" and classroom is None)


def find_room(slug: str) -> Room | None:
    """The room of a session that takes place."""
    rows = read(_ROOM, slug=slug)
    if not rows or rows[0][8] != "offered":
        return None
    *session, phase, mode = rows[0]
    classes = classes_of(session[0])
    begins = "written" if session[2] == "written" else "waiting"
    facts: tuple[Any, ...] = (*session, phase or begins, mode or "approved", classes)
    return Room(*facts)


def classes_of(session_id: int) -> tuple[Booked, ...]:
    """The classes that have a place in a session."""
    booked = read(_BOOKED, session=session_id)
    return tuple(
        Booked(number, classroom, level, bool(allows))
        for number, (classroom, level, allows, state) in enumerate(booked, start=1)
        if state == "booked"
    )


def attend(slug: str, side: str, cookie: Mapping[str, Any], moment: datetime) -> Attendant | None:
    """Whoever asks for a room on this side of it; None where it does not exist for them."""
    room = find_room(slug)
    if room is None:
        return None
    if side == "student":
        return _student(room, cookie)
    token = cookie.get(TOKEN)
    account = recognise(token) if token else None
    if account is not None and not lacks_factor(account):
        return _of_account(room, account)
    return _guest(room, cookie, moment)


def _student(room: Room, cookie: Mapping[str, Any]) -> Attendant | None:
    place = place_in(cookie)
    if place is None or place.seat is None or place.seat.time == "over":
        return None
    mine = room.class_of(place.seat.classroom)
    is_nobody = place.seat.student is None  # a trial, or one computer that plays for the class
    if mine is None or is_nobody or (room.id,) in read(_REMOVED, visitor=place.visitor):
        return None
    author = f"visitor:{place.visitor}"
    return Attendant(room, "student", author, place.seat.pseudonym, (mine,), place.visitor, place)


def _of_account(room: Room, account: Known) -> Attendant | None:
    author = f"account:{account.id}"
    if account.role in WATCHING:
        return Attendant(room, account.role, author, account.name, room.classes)
    if account.role == "teacher" and account.is_verified:
        taught = {classroom for (classroom,) in read(_TAUGHT, account=account.id)}
        mine = tuple(one for one in room.classes if one.classroom in taught)
        return Attendant(room, "teacher", author, account.name, mine) if mine else None
    if account.role == "professional" and account.is_verified:
        name = _find_name(read(_PROFESSIONALS, session=room.id), account.id)
        if name is not None:
            return Attendant(room, "professional", author, name, room.classes)
    return None


def _find_name(answering: Sequence[Any], key: object) -> str | None:
    """What one of those who answer is called; None for who is none, or has no charter accepted."""
    for row, name in zip(answering, tell_apart([row[1:3] for row in answering]), strict=True):
        if row[0] == key and row[3] is not None:
            return name
    return None


def tell_apart(people: Sequence[tuple[str, str]]) -> list[str]:
    """What those who answer in a room are called, from their first names and jobs.

    Namesakes are called by their job too, and counted where that is the same.
    """
    namesakes = Counter(name.casefold() for name, _job in people)
    called = [
        _with_job(name, job) if namesakes[name.casefold()] > 1 else name for name, job in people
    ]
    folded = [name.casefold() for name in called]
    before = [folded[:at].count(name) for at, name in enumerate(folded)]
    return [f"{name} {n + 1}" if n else name for name, n in zip(called, before, strict=True)]


def _with_job(name: str, job: str) -> str:
    room = LONGEST_NAME - len(f"{name} () 9")
    return f"{name} ({_cut(job, room)})" if job else name


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def _guest(room: Room, cookie: Mapping[str, Any], moment: datetime) -> Attendant | None:
    token = cookie.get(GUEST)
    if not isinstance(token, str) or moment > room.ends_at + GUEST_AFTER:
        return None
    guests, hashed = read(_GUESTS, session=room.id), hash_key(token)
    name = _find_name(guests, hashed)
    if name is None:
        return None
    number = next(row[4] for row in guests if row[0] == hashed)
    return Attendant(room, "guest", f"guest:{number}", name, room.classes)
