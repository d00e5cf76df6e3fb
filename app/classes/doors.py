"""The door of a classroom: open, knock or shut. Its code opens the door, never a place."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, insert, select, update

from app.classes.classrooms import MOST_STUDENTS, free_code, hash_key
from app.classes.codes import clean_code, draw_code
from app.classes.events import DoorChanged, StudentChanged
from app.classes.models import Classroom, Knock, Student
from app.classes.pseudonyms import draw_pseudonym
from app.classes.times import time_now
from app.classes.visitors import welcome
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import Transaction

DOORS = ("open", "knock", "shut")
OPEN_FOR = timedelta(minutes=10)
"""An open door becomes one at which one knocks, even when fewer came than were expected."""
MOST_KNOCKS = 60
"""More at one door at a time are no class."""
KNOCKS_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Entered:
    """Somebody came in, or waits at the door."""

    visitor: int | None = None
    knock: str | None = None
    """What the waiting browser holds; None once in."""


def door_now(classroom: Classroom, moment: datetime) -> str:
    """The door as it is: an open one closes to a knock by itself."""
    if classroom.door != "open":
        return classroom.door
    is_late = moment - classroom.door_opened_at >= OPEN_FOR
    return "knock" if is_late or classroom.joined >= classroom.expected else "open"


def closes_in(classroom: Classroom, moment: datetime) -> int | None:
    """Seconds until an open door becomes one at which one knocks; None for one that is not open."""
    if door_now(classroom, moment) != "open":
        return None
    left = classroom.door_opened_at + OPEN_FOR - moment
    return max(0, ceil(left.total_seconds()))


def time_of(classroom: Classroom, moment: datetime) -> str:
    """The time of a class as it is now."""
    return time_now(
        classroom.time, classroom.timed_at, classroom.home_until, classroom.timezone, moment
    )


def find_by_door(code: str) -> Classroom | None:
    """The classroom whose door this code opens."""
    clean = clean_code(code)
    return db.session.scalar(select(Classroom).where(Classroom.code == clean))


def enter(
    tx: Transaction,
    code: str,
    *,
    is_passing: bool = False,
    must_knock: bool = False,
    form: str = "",
) -> Entered:
    """Come in by the door, or knock at it: also at an open one when `must_knock`.

    The same `form` comes in once, whatever became of the door since. Raises Refusal when no door
    has this code, when it is shut, or when the class is full or over.
    """
    query = select(Classroom).where(Classroom.code == clean_code(code)).with_for_update()
    classroom = tx.session.scalar(query.execution_options(populate_existing=True))
    if classroom is None:
        raise wrong_code()
    token = hash_key(f"{classroom.id} {form}") if form else draw_code(20)
    before = _entered_before(tx, classroom.id, token)
    if before is not None:
        return before
    door = _passable_door(classroom)
    if must_knock or door == "knock":
        return Entered(knock=knock(tx, classroom, token, is_passing=is_passing))
    visitor = seat(tx, classroom, is_passing=is_passing, form_hash=hash_key(token))
    classroom.joined += 1
    if classroom.joined >= classroom.expected:
        tx.publish(DoorChanged(classroom_id=classroom.id))
    return Entered(visitor=visitor)


def _entered_before(tx: Transaction, classroom_id: int, token: str) -> Entered | None:
    """Whoever came in, or knocks, by this token's form; a place that was closed is nobody's."""
    hashed = hash_key(token)
    student = (Student.classroom_id == classroom_id) & (Student.form_hash == hashed)
    visitor = tx.execute(select(Student.visitor_id).where(student)).scalar()
    if visitor is not None:
        return Entered(visitor=visitor)
    is_waiting = tx.execute(select(Knock.id).where(Knock.token_hash == hashed)).first()
    return Entered(knock=token) if is_waiting else None


def _passable_door(classroom: Classroom) -> str:
    """Whether one enters or knocks. Raises Refusal when one does neither."""
    if time_of(classroom, now()) == "over":
        raise Refusal("over", _l("Cette classe est terminée : sa porte ne s’ouvre plus."), 403)
    door = door_now(classroom, now())
    if door == "shut":
        raise Refusal("shut", _l("La porte est fermée. Ton professeur peut l’ouvrir."), 403)
    return door


def wrong_code() -> Refusal:
    """No door and no place has this code."""
    return Refusal(
        "wrong_code",
        _l("Ce code n’ouvre rien. Vérifie chaque caractère, puis recommence."),
        422,
        "code",
    )


def seat(
    tx: Transaction,
    classroom: Classroom,
    *,
    is_passing: bool = False,
    pseudonym: str = "",
    form_hash: str | None = None,
) -> int:
    """Make a student of the class; their visitor. Raises Refusal when the class is full."""
    check_room(tx, classroom.id)
    visitor = welcome(tx)
    student = Student(
        classroom_id=classroom.id,
        visitor_id=visitor,
        pseudonym=pseudonym or draw_pseudonym(names_of(tx, classroom.id)),
        is_passing=is_passing,
        form_hash=form_hash,
        joined_at=now(),
    )
    tx.session.add(student)
    tx.session.flush()
    tx.publish(StudentChanged(classroom_id=classroom.id, student_id=student.id))
    return visitor


def check_room(tx: Transaction, classroom_id: int) -> None:
    """Raise Refusal when the class has as many students as a class may have."""
    if count_students(tx, classroom_id) >= MOST_STUDENTS:
        raise Refusal("full", _l("Cette classe est pleine : elle a déjà cent élèves."), 409)


def names_of(tx: Transaction, classroom_id: int) -> set[str]:
    """The pseudonyms of a class: of students, removed ones too, and of those at its door."""
    students = select(Student.pseudonym).where(Student.classroom_id == classroom_id)
    waiting = select(Knock.pseudonym).where(Knock.classroom_id == classroom_id)
    return set(tx.execute(students.union(waiting)).scalars())


def knock(tx: Transaction, classroom: Classroom, token: str, *, is_passing: bool = False) -> str:
    """Wait at the door under a pseudonym. Raises Refusal when too many wait already.

    Returns `token`, which the waiting browser holds.
    """
    check_room(tx, classroom.id)
    if len(waiting_at(tx, classroom.id)) >= MOST_KNOCKS:
        raise Refusal(
            "crowd", _l("Trop de monde attend à cette porte. Appelle ton professeur."), 409
        )
    pseudonym = draw_pseudonym(names_of(tx, classroom.id))
    values: dict[str, Any] = {"classroom_id": classroom.id, "created_at": now(), "answer": ""}
    values |= {"is_passing": is_passing, "pseudonym": pseudonym}
    tx.execute(insert(Knock).values(token_hash=hash_key(token), **values))
    tx.publish(DoorChanged(classroom_id=classroom.id))
    return token


def waiting_at(tx: Transaction, classroom_id: int) -> list[int]:
    """Those who knock and have no answer yet, in the order in which they came."""
    query = select(Knock.id).where(Knock.classroom_id == classroom_id, Knock.answer == "")
    return list(tx.execute(query.order_by(Knock.id)).scalars())


def forget_knocks(tx: Transaction) -> int:
    """Delete the knocks of earlier days; how many they were."""
    return tx.execute(delete(Knock).where(Knock.created_at < now() - KNOCKS_KEPT)).rowcount


def set_door(tx: Transaction, classroom_id: int, door: str, expected: int | None = None) -> None:
    """Open the door anew for ten minutes, let people knock, or shut it."""
    values: dict[str, Any] = {"door": door}
    if door == "open":
        values |= {"door_opened_at": now(), "joined": 0}
    if expected is not None:
        values["expected"] = expected
    tx.execute(update(Classroom).where(Classroom.id == classroom_id).values(values))
    tx.publish(DoorChanged(classroom_id=classroom_id))


def draw_code_anew(tx: Transaction, classroom_id: int) -> str:
    """Another code for the door: the old one opens nothing any more."""
    code = free_code(tx)
    tx.execute(
        update(Classroom).where(Classroom.id == classroom_id).values(code=code, code_drawn_at=now())
    )
    tx.publish(DoorChanged(classroom_id=classroom_id))
    return code


def count_students(tx: Transaction, classroom_id: int) -> int:
    """How many students a class has, those who were removed apart."""
    query = select(func.count()).select_from(Student)
    there = query.where(Student.classroom_id == classroom_id, Student.removed_at.is_(None))
    return int(tx.execute(there).scalar_one())
