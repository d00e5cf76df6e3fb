"""Passing seats: for families who object. After the lesson nothing is kept of them but numbers."""

from collections.abc import Iterable

from flask import current_app
from sqlalchemy import select

from app.classes.doors import time_of
from app.classes.models import Classroom, Student
from app.classes.students import erase_student
from app.core.db import db, now
from app.core.privacy import PrivacyRegistry
from app.core.writer import Transaction, write


def erase_passing(tx: Transaction, registry: PrivacyRegistry, classroom_id: int) -> int:
    """Erase the passing students of a class, whose lesson has ended; how many they were."""
    query = select(Student.id).where(Student.classroom_id == classroom_id, Student.is_passing)
    passing = list(tx.execute(query).scalars())
    for student_id in passing:
        erase_student(tx, registry, classroom_id, student_id)
    return len(passing)


def purge_passing(registry: PrivacyRegistry) -> int:
    """Erase those whose lesson ended by itself, with its day; how many they were."""
    return sum(_purge(registry, classroom_id) for classroom_id in _ended())


def _purge(registry: PrivacyRegistry, classroom_id: int) -> int:
    return write(lambda tx: erase_passing(tx, registry, classroom_id))


def _ended() -> Iterable[int]:
    """Classes that have passing students, and no lesson any more."""
    passing = select(Student.classroom_id).where(Student.is_passing)
    classrooms = db.session.scalars(select(Classroom).where(Classroom.id.in_(passing)))
    return [one.id for one in classrooms if time_of(one, now()) != "lesson"]


def end_of_lesson(classroom_id: int) -> None:
    """What follows at once when a teacher ends the lesson of a class."""
    registry: PrivacyRegistry = current_app.extensions["privacy"]
    write(lambda tx: erase_passing(tx, registry, classroom_id))
