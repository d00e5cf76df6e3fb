"""A class in its lesson on a real site: a teacher's cookie and its students'."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from app.classes.chairs import CHAIRS
from app.classes.classrooms import Opened, Wish, open_classroom, set_time
from app.classes.doors import seat
from app.classes.models import Classroom
from app.classes.places import VISITOR
from app.core.config import read_settings
from app.core.writer import Transaction, write
from app.factory import create_app
from tests.serving import SECRET


def app_on(data: Path) -> Flask:
    """The app as a command has it, on the data of a site that runs."""
    return create_app(read_settings(data=data, secret=SECRET))


def sign(app: Flask, session: dict[str, Any]) -> str:
    """The cookie of a session."""
    signer: Any = app.session_interface
    return f"deambule={signer.get_signing_serializer(app).dumps(session)}"


@dataclass
class Lesson:
    """A class, opened without an account."""

    app: Flask
    id: int
    slug: str
    visitors: list[int]

    @property
    def teacher(self) -> str:
        """The cookie of whoever holds the key."""
        return sign(self.app, {CHAIRS: {self.slug: "key:0"}})

    def student(self, index: int = 0, **more: Any) -> str:
        """The cookie of a student."""
        return sign(self.app, {VISITOR: self.visitors[index], **more})

    def set_time(self, time: str) -> None:
        """What the teacher says the time is; the site that runs is not told."""
        with self.app.app_context():
            write(lambda tx: set_time(tx, self.id, time))


def open_lesson(data: Path, students: int = 1) -> Lesson:
    """Open a class and seat its students."""
    app = app_on(data)

    def unit(tx: Transaction) -> tuple[Opened, list[int]]:
        opened = open_classroom(tx, Wish("Europe/Paris", tour="mill-tour"), None)
        classroom = tx.session.get_one(Classroom, opened.id)
        return opened, [seat(tx, classroom) for _ in range(students)]

    with app.app_context():
        opened, visitors = write(unit)
    return Lesson(app, opened.id, opened.slug, visitors)
