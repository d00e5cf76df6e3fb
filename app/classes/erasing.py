"""Classrooms end: at their date, or when a teacher says so. Their numbers stay, of no class."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.classes.doors import forget_knocks
from app.classes.events import DoorChanged, Erased
from app.classes.links import forget_links
from app.classes.models import Classroom, ClassroomTeacher, ClassSum, Student
from app.classes.students import erase_student
from app.classes.visitors import erase_visitor
from app.core.db import db, now
from app.core.privacy import PrivacyRegistry
from app.core.queries import Query
from app.core.writer import Transaction, write
from app.people.purging import BUSY

_NUMBERS = ("classrooms", "students", "finds", "points")


def _adding(dialect: Any) -> Any:
    """Add to the numbers of a year and level, or begin them."""
    one = dialect.insert(ClassSum)
    values: dict[str, Any] = {name: bindparam(name) for name in ("year", "level", *_NUMBERS)}
    sums = {name: getattr(ClassSum, name) + one.excluded[name] for name in _NUMBERS}
    return one.values(values).on_conflict_do_update(index_elements=["year", "level"], set_=sums)


_ADD = Query(_adding(sqlite), _adding(postgresql))
BUSY.append(select(ClassroomTeacher.account_id))
BEFORE_ERASING: list[Callable[[Transaction, int], None]] = []
"""What rooms above do, given the id of a classroom, before it is erased; it may be asked twice."""


def erase_classroom(registry: PrivacyRegistry, classroom_id: int) -> None:
    """Erase a classroom with all its students: a unit each, so that nobody waits for them all.

    Whatever interrupts it, the next purge goes on.
    """
    write(lambda tx: shut_for_good(tx, classroom_id))
    for student_id in _students_of(classroom_id):
        write(partial(erase_one, registry=registry, classroom=classroom_id, student=student_id))
    write(lambda tx: erase_rest(tx, registry, classroom_id))


def shut_for_good(tx: Transaction, classroom_id: int) -> None:
    """Let nobody in any more, and let the purge take the classroom if we do not get there."""
    tx.execute(
        update(Classroom)
        .where(Classroom.id == classroom_id)
        .values(erase_at=now(), door="shut", time="over")
    )
    for act in BEFORE_ERASING:
        act(tx, classroom_id)
    tx.publish(DoorChanged(classroom_id=classroom_id))


def _students_of(classroom_id: int) -> list[int]:
    query = select(Student.id).where(Student.classroom_id == classroom_id)
    return list(db.session.scalars(query.order_by(Student.id)))


def erase_one(tx: Transaction, registry: PrivacyRegistry, classroom: int, student: int) -> None:
    """Erase a student, unless somebody else just did."""
    if tx.session.get(Student, student) is not None:
        erase_student(tx, registry, classroom, student)


def erase_rest(tx: Transaction, registry: PrivacyRegistry, classroom_id: int) -> None:
    """Add the class's numbers to those of its year and level, and delete it."""
    classroom = tx.session.get(Classroom, classroom_id, with_for_update=True)
    if classroom is None:
        return
    late = select(Student.id).where(Student.classroom_id == classroom_id)
    for student_id in tx.execute(late).scalars().all():
        erase_student(tx, registry, classroom_id, student_id)
    if classroom.visitor_id is not None:
        erase_visitor(tx, registry, classroom.visitor_id)
    tx.session.refresh(classroom)
    tx.rows(
        _ADD,
        year=classroom.year,
        level=classroom.level,
        classrooms=1,
        students=classroom.gone_students,
        finds=classroom.gone_finds,
        points=classroom.gone_points,
    )
    tx.execute(delete(Classroom).where(Classroom.id == classroom_id))
    tx.session.expunge_all()
    tx.publish(Erased(classroom_id=classroom_id))


def purge_classrooms(registry: PrivacyRegistry) -> int:
    """Erase those whose date has come; how many they were."""
    due = db.session.scalars(select(Classroom.id).where(Classroom.erase_at <= now())).all()
    for classroom_id in due:
        erase_classroom(registry, classroom_id)
    return len(due)


def purge_doors() -> int:
    """Delete links that open nothing any more, and knocks of earlier days; how many."""
    return write(lambda tx: forget_links(tx) + forget_knocks(tx))
