"""Classrooms: opened with or without an account, claimed, and how long they are kept."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from app.classes.codes import KEY_LENGTH, draw_code, draw_door_code
from app.classes.events import ChairsChanged, ClassChanged, DoorChanged
from app.classes.models import Classroom, ClassroomTeacher
from app.classes.times import local_day, school_year
from app.core.db import now
from app.core.errors import Refusal
from app.core.writer import Transaction
from app.people.models import Account

LEVELS: Mapping[str, Any] = {
    "6e": _l("6e"),
    "5e": _l("5e"),
    "4e": _l("4e"),
    "3e": _l("3e"),
    "2de": _l("2de"),
    "1re": _l("1re"),
    "tle": _l("Terminale"),
    "cap": _l("CAP"),
    "other": _l("Autre"),
}
KEYED_DAYS = 7
"""A classroom without an account is erased after so many days, unless it is claimed."""
MOST_STUDENTS = 100
MOST_EXPECTED = 60
SLUG_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
SLUG_LENGTH = 12


LAST_TEACHER = _l(
    "Vous êtes seul à mener cette classe : invitez d’abord un collègue, ou effacez-la."
)


@dataclass(frozen=True)
class Wish:
    """What a teacher says of the classroom they open."""

    timezone: str
    name: str = ""
    level: str = ""
    expected: int = 30
    tour: str = ""
    """The slug of the tour that its students are led to."""


@dataclass(frozen=True)
class Opened:
    """A classroom that was just opened."""

    id: int
    slug: str
    key: str | None
    """The teacher's key, told this once; only its hash is kept. None with an account."""


def open_classroom(tx: Transaction, wish: Wish, account_id: int | None) -> Opened:
    """Open a classroom and its door; its account, or whoever holds the key, is its teacher."""
    moment = now()
    account = tx.session.get_one(Account, account_id) if account_id is not None else None
    zone = account.school.timezone if account and account.school else wish.timezone
    key = None if account else draw_code(KEY_LENGTH)
    classroom = Classroom(
        slug=draw_slug(),
        name=wish.name,
        level=wish.level,
        year=school_year(moment, zone),
        school_id=account.school_id if account else None,
        timezone=zone,
        code=free_code(tx),
        code_drawn_at=moment,
        door_opened_at=moment,
        expected=wish.expected,
        timed_at=moment,
        tour=wish.tour,
        key_hash=hash_key(key) if key else None,
        erase_at=end_of_year(moment, zone) if account else moment + timedelta(days=KEYED_DAYS),
        created_at=moment,
    )
    tx.session.add(classroom)
    tx.session.flush()
    if account:
        add_teacher(tx, classroom.id, account.id)
    return Opened(classroom.id, classroom.slug, key)


def draw_slug() -> str:
    """A name for addresses: 12 letters of 30 are 58 bits."""
    return "".join(secrets.choice(SLUG_LETTERS) for _ in range(SLUG_LENGTH))


def free_code(tx: Transaction) -> str:
    """A door's code that no other class has."""
    while True:
        code = draw_door_code()
        if tx.execute(select(Classroom.id).where(Classroom.code == code)).first() is None:
            return code


def hash_key(key: str) -> str:
    """What is kept of a key, or of the token of a link."""
    return hashlib.sha256(key.encode()).hexdigest()


def end_of_year(moment: datetime, timezone: str) -> datetime:
    """The end of the school year: 31 August, in the school's zone."""
    year = school_year(moment, timezone)
    return datetime(year + 1, 9, 1, tzinfo=ZoneInfo(timezone)).astimezone(UTC)


def add_teacher(tx: Transaction, classroom_id: int, account_id: int) -> None:
    """Make somebody a teacher of the classroom, once."""
    known = tx.session.get(ClassroomTeacher, (classroom_id, account_id))
    if known is None:
        tx.session.add(
            ClassroomTeacher(classroom_id=classroom_id, account_id=account_id, created_at=now())
        )


def claim(tx: Transaction, classroom_id: int, account_id: int) -> None:
    """Give a classroom without account to one: it is kept for the year, its key opens no more."""
    moment = now()
    classroom = tx.session.get_one(Classroom, classroom_id)
    account = tx.session.get_one(Account, account_id)
    if account.school:
        classroom.school_id, classroom.timezone = account.school_id, account.school.timezone
    classroom.key_hash = None
    classroom.key_grip += 1
    classroom.erase_at = end_of_year(moment, classroom.timezone)
    add_teacher(tx, classroom_id, account.id)
    tx.publish(ChairsChanged(classroom_id=classroom_id))


def draw_key_anew(tx: Transaction, classroom_id: int) -> str:
    """Another teacher's key: the old one opens nothing, and its browsers are let go."""
    key = draw_code(KEY_LENGTH)
    tx.execute(
        update(Classroom)
        .where(Classroom.id == classroom_id)
        .values(key_hash=hash_key(key), key_grip=Classroom.key_grip + 1)
    )
    tx.publish(ChairsChanged(classroom_id=classroom_id))
    return key


def leave_classroom(tx: Transaction, classroom_id: int, account_id: int) -> None:
    """Stop teaching a class. Raises Refusal for its last teacher: nobody could open it any more."""
    tx.session.get_one(Classroom, classroom_id, with_for_update=True)
    here = select(ClassroomTeacher.account_id).where(ClassroomTeacher.classroom_id == classroom_id)
    if set(tx.execute(here).scalars()) <= {account_id}:
        raise Refusal("last_teacher", LAST_TEACHER, 409)
    mine = (ClassroomTeacher.classroom_id == classroom_id) & (
        ClassroomTeacher.account_id == account_id
    )
    tx.execute(delete(ClassroomTeacher).where(mine))
    tx.publish(ChairsChanged(classroom_id=classroom_id))


def change_classroom(tx: Transaction, classroom_id: int, **values: Any) -> None:
    """Write some columns of a classroom that its students' pages show."""
    tx.execute(
        update(Classroom)
        .where(Classroom.id == classroom_id)
        .values(version=Classroom.version + 1, **values)
    )
    tx.publish(ClassChanged(classroom_id=classroom_id))


TimeHook = Callable[[Transaction, int, str], None]
TIME_HOOKS: list[TimeHook] = []


def on_time(hook: TimeHook) -> TimeHook:
    """Call `hook` with the class and its new time, in the transaction that sets it.

    For rooms above, which keep what ends with a lesson.
    """
    TIME_HOOKS.append(hook)
    return hook


def set_time(tx: Transaction, classroom_id: int, time: str, home_until: Any = None) -> None:
    """Set the time of a class: lesson, home (until a day) or over."""
    change_classroom(tx, classroom_id, time=time, timed_at=now(), home_until=home_until)
    for hook in TIME_HOOKS:
        hook(tx, classroom_id, time)
    tx.publish(DoorChanged(classroom_id=classroom_id))


def last_day(classroom: Classroom) -> date:
    """The last day on which the classroom is kept, in its zone."""
    return local_day(classroom.erase_at - timedelta(seconds=1), classroom.timezone)
