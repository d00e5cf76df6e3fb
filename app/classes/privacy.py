"""What classes hold of a visitor."""

from sqlalchemy import delete, select, update

from app.classes.models import Activity, Classroom, Knock, Student
from app.core.privacy import Holding, PrivacyRegistry, eraser, exporter
from app.core.writer import Transaction

Held = type[Student] | type[Knock] | type[Activity] | type[Classroom]
WHAT: dict[Held, str] = {
    Classroom: "the class that one computer plays for",
    Student: "the class, the pseudonym, and the label that a teacher keeps beside it",
    Knock: "that one waited at a door",
    Activity: "the minutes in which something was done",
}
TOLD: dict[Held, tuple[str, ...]] = {
    Classroom: ("name", "level", "year"),
    Student: ("pseudonym", "label", "is_passing", "extra_time", "joined_at", "removed_at"),
    Knock: ("pseudonym", "created_at"),
    Activity: ("lesson", "minutes"),
}


def _erase_student(tx: Transaction, visitor: int) -> None:
    """The class keeps that there was somebody, as a number."""
    classroom = select(Student.classroom_id).where(Student.visitor_id == visitor)
    tx.execute(
        update(Classroom)
        .where(Classroom.id == classroom.scalar_subquery())
        .values(gone_students=Classroom.gone_students + 1)
    )
    tx.execute(delete(Student).where(Student.visitor_id == visitor))


def _let_go(tx: Transaction, visitor: int) -> None:
    tx.execute(update(Classroom).where(Classroom.visitor_id == visitor).values(visitor_id=None))


def declare_privacy(registry: PrivacyRegistry) -> None:
    """Say what this room holds."""
    erasers = {Student: _erase_student, Classroom: _let_go}
    for model, what in WHAT.items():
        erase = erasers.get(model) or eraser(model)
        registry.add(Holding(model.__tablename__, what, exporter(model, TOLD[model]), erase, None))
