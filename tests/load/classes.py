"""Classes for a measured site, with students in them, and what their pages need to be known."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.classes.chairs import CHAIRS
from app.classes.classrooms import Wish, open_classroom
from app.classes.models import Classroom
from app.core.writer import Transaction, write
from tests.live.lesson import app_on, sign
from tests.load.sample import TOUR
from tests.load.students import Student, enrol


@dataclass(frozen=True)
class Class:
    """A class: its door, its board's cookie, its students."""

    slug: str
    code: str
    board: str
    students: Sequence[Student]


def open_classes(data: Path, count: int, size: int) -> list[Class]:
    """Open classes whose doors wait for 30, with `size` students in each."""
    app = app_on(data)

    def unit(tx: Transaction) -> list[tuple[int, str, str]]:
        opened = [open_classroom(tx, Wish("Europe/Paris", tour=TOUR), None) for _ in range(count)]
        rows = [tx.session.get_one(Classroom, one.id) for one in opened]
        return [(row.id, row.slug, row.code) for row in rows]

    with app.app_context():
        rooms = write(unit)
    students = enrol(data, count * size) if size else []
    seats = [students[number * size : (number + 1) * size] for number in range(count)]
    _seat(data, [room for room, _slug, _code in rooms], seats)
    return [
        Class(slug, code, sign(app, {CHAIRS: {slug: "key:0"}}), pupils)
        for (_room, slug, code), pupils in zip(rooms, seats, strict=True)
    ]


def _seat(data: Path, rooms: Sequence[int], seats: Sequence[Sequence[Student]]) -> None:
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(data / "deambule.db")) as database:
        database.executemany(
            "INSERT INTO student (classroom_id, visitor_id, pseudonym, draws_left, is_passing,"
            " extra_time, is_present, joined_at) VALUES (?, ?, ?, 2, 0, 0, 0, ?)",
            (
                (room, one.id, f"Renard {number}", moment)
                for room, pupils in zip(rooms, seats, strict=True)
                for number, one in enumerate(pupils)
            ),
        )
        database.commit()
