"""What a teacher does with students, and what a student does with their own place."""

from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.classes.classrooms import MOST_STUDENTS
from app.classes.codes import draw_code
from app.classes.doors import check_room, count_students, names_of, seat, waiting_at
from app.classes.events import DoorChanged, PlaceClosed, StudentChanged
from app.classes.models import Classroom, Knock, Student, Visitor
from app.classes.pseudonyms import draw_pseudonym
from app.classes.visitors import erase_visitor
from app.core.db import now
from app.core.errors import Refusal
from app.core.privacy import PrivacyRegistry
from app.core.writer import Transaction


def student_of(reading: Session, classroom_id: int, student_id: int) -> Student:
    """A student of this classroom; another's is a 404."""
    student = reading.get(Student, student_id)
    if student is None or student.classroom_id != classroom_id:
        abort(404)
    return student


def change_student(tx: Transaction, classroom_id: int, student_id: int, **values: Any) -> None:
    """Write some columns of a student; one of another classroom is a 404."""
    student = student_of(tx.session, classroom_id, student_id)
    for name, value in values.items():
        setattr(student, name, value)
    tx.session.flush()
    tx.publish(StudentChanged(classroom_id=classroom_id, student_id=student_id))


def redraw(tx: Transaction, classroom_id: int, student_id: int) -> str:
    """Give a student another pseudonym."""
    name = draw_pseudonym(names_of(tx, classroom_id))
    change_student(tx, classroom_id, student_id, pseudonym=name)
    _turn_pages(tx, student_id)
    return name


def redraw_own(tx: Transaction, classroom_id: int, student_id: int) -> str:
    """Let a student draw again, as long as draws are left. Raises Refusal."""
    done = tx.execute(
        update(Student)
        .where(Student.id == student_id, Student.draws_left > 0)
        .values(draws_left=Student.draws_left - 1)
    )
    if not done.rowcount:
        raise Refusal(
            "no_draw_left", _l("Tu as déjà choisi deux fois : ce nom reste le tien."), 409
        )
    return redraw(tx, classroom_id, student_id)


def _turn_pages(tx: Transaction, student_id: int) -> None:
    """Make the pages stale that show the student's name."""
    visitor = select(Student.visitor_id).where(Student.id == student_id).scalar_subquery()
    tx.execute(update(Visitor).where(Visitor.id == visitor).values(progress=Visitor.progress + 1))


def remove(tx: Transaction, classroom_id: int, student_id: int) -> None:
    """Take a student out at once: no browser of theirs opens anything. May be undone."""
    change_student(tx, classroom_id, student_id, removed_at=now(), form_hash=None)
    visitor = visitor_of(tx, student_id)
    _close_knocks(tx, visitor)
    tx.publish(PlaceClosed(visitor_id=visitor))


def bring_back(tx: Transaction, classroom_id: int, student_id: int) -> None:
    """Undo `remove`: the same cards and browsers open the place again.

    Raises Refusal when the class is full meanwhile.
    """
    tx.session.get_one(Classroom, classroom_id, with_for_update=True)
    if student_of(tx.session, classroom_id, student_id).removed_at is not None:
        check_room(tx, classroom_id)
    change_student(tx, classroom_id, student_id, removed_at=None)


def revoke_card(tx: Transaction, classroom_id: int, student_id: int) -> str:
    """Let go every browser of a student and draw the code of a new card; the old opens nothing."""
    change_student(tx, classroom_id, student_id, form_hash=None)
    visitor, code = visitor_of(tx, student_id), draw_code()
    tx.execute(
        update(Visitor).where(Visitor.id == visitor).values(resume_code=code, grip=Visitor.grip + 1)
    )
    _close_knocks(tx, visitor)
    tx.publish(PlaceClosed(visitor_id=visitor))
    return code


def _close_knocks(tx: Transaction, visitor: int) -> None:
    """No browser that was let in, and has not come yet, gets this place any more."""
    tx.execute(delete(Knock).where(Knock.visitor_id == visitor))


def visitor_of(tx: Transaction, student_id: int) -> int:
    """The visitor that a student is."""
    return int(tx.execute(select(Student.visitor_id).where(Student.id == student_id)).scalar_one())


def answer_knock(tx: Transaction, classroom_id: int, knock_id: int, *, let_in: bool) -> None:
    """Let somebody in who waits at the door, under the name they were called by; or do not."""
    query = select(Knock).where(Knock.id == knock_id, Knock.classroom_id == classroom_id)
    waiting = tx.session.scalar(query.with_for_update())
    if waiting is None:
        abort(404)
    if waiting.answer:
        return
    if let_in:
        classroom = tx.session.get_one(Classroom, classroom_id, with_for_update=True)
        passing = waiting.is_passing
        waiting.visitor_id = seat(tx, classroom, is_passing=passing, pseudonym=waiting.pseudonym)
    waiting.answer = "let_in" if let_in else "refused"
    tx.publish(DoorChanged(classroom_id=classroom_id))


def refuse_all(tx: Transaction, classroom_id: int) -> None:
    """Open to none of those who knock."""
    for knock_id in waiting_at(tx, classroom_id):
        answer_knock(tx, classroom_id, knock_id, let_in=False)


def let_all_in(tx: Transaction, classroom_id: int) -> int:
    """Open to all who knock, as far as there is room; how many came in."""
    knocks = waiting_at(tx, classroom_id)
    room = max(0, MOST_STUDENTS - count_students(tx, classroom_id))
    for knock_id in knocks[:room]:
        answer_knock(tx, classroom_id, knock_id, let_in=True)
    return min(room, len(knocks))


def add_seats(tx: Transaction, classroom_id: int, count: int) -> list[int]:
    """Make students without a machine, for cards that are printed beforehand; their numbers.

    Raises Refusal when the class has no room for all of them.
    """
    classroom = tx.session.get_one(Classroom, classroom_id, with_for_update=True)
    visitors = [seat(tx, classroom) for _number in range(count)]
    query = select(Student.id).where(Student.visitor_id.in_(visitors)).order_by(Student.id)
    return list(tx.execute(query).scalars())


def erase_student(
    tx: Transaction, registry: PrivacyRegistry, classroom_id: int, student_id: int
) -> None:
    """Erase a student with all that any room holds of them; the class keeps sums."""
    student_of(tx.session, classroom_id, student_id)
    erase_visitor(tx, registry, visitor_of(tx, student_id))
