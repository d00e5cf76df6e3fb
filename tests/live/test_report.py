"""The report: class totals first, lessons and home told apart, no rank that nobody asked for."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from app.classes.classrooms import change_classroom
from app.classes.folding import fold
from app.core.db import db
from app.core.writer import write
from app.live.papers.tables import Table
from app.live.report import make_table
from tests.classes.room import Room


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still."""
    with time_machine.travel("2026-11-26 10:00:00+00:00", tick=False) as clock:
        yield clock


def table_of(room: Room) -> Table:
    """The report as French teachers get it."""
    row = room.row
    with room.app.test_request_context(headers={"Accept-Language": "fr"}):
        return make_table(db.session(), row)


def column(table: Table, name: str) -> list[object]:
    """The cells below a name."""
    index = [str(one).replace("\u00a0", " ") for one in table.columns].index(name)
    return [row[index] for row in table.rows]


def test_lessons_and_home_stand_in_one_table(clock: time_machine.Traveller, room: Room) -> None:
    walker = room.come_in()
    room.come_in()
    room.act("lessons", tour="mill-tour", minutes="45")
    room.act("lessons/1/start")
    walker.find("meal", opened=True)
    clock.shift(timedelta(minutes=40))
    room.act("lessons/1/end")
    clock.shift(timedelta(hours=5))
    walker.open("attic")
    walker.find("stone", opened=True)
    walker.find("plan", opened=True)
    table = table_of(room)
    assert column(table, "Trouvailles")[0] == 3, "the class comes first"
    assert column(table, "Leçon du 26 nov. : trouvailles")[0] == 1
    assert column(table, "À la maison : trouvailles")[0] == 2
    assert column(table, "Leçon du 26 nov. : minutes")[0] == 1
    assert column(table, "À la maison : minutes")[0] >= 1  # type: ignore[operator]  # cells are numbers here
    assert column(table, "Questions posées") == [0, 0, 0]


def test_a_lesson_that_nobody_ended_is_over_with_its_day(
    clock: time_machine.Traveller, room: Room
) -> None:
    """The whole of the work at home is no lesson, and the clock does not run for ever."""
    walker = room.come_in()
    room.act("lessons", tour="mill-tour", minutes="45")
    room.act("lessons/1/start")
    walker.find("meal", opened=True)
    page = room.teacher.get(f"/classes/{room.slug}").text
    assert "data-clock=" in page
    clock.shift(timedelta(days=1))
    walker.open("attic")
    walker.find("stone", opened=True)
    walker.find("plan", opened=True)
    table = table_of(room)
    assert column(table, "Leçon du 26 nov. : trouvailles")[0] == 1
    assert column(table, "À la maison : trouvailles")[0] == 2
    assert column(table, "Leçon du 26 nov. : minutes")[0] == 1
    assert column(table, "À la maison : minutes")[0] >= 1  # type: ignore[operator]  # cells are numbers here
    assert "data-clock=" not in room.teacher.get(f"/classes/{room.slug}").text
    assert "Terminée le" in room.teacher.get(f"/classes/{room.slug}/lessons").text
    assert room.act("lessons/1/stretch").status_code == 409


@pytest.mark.parametrize("time", ["home", "over"])
def test_a_lesson_ends_with_the_time_of_its_class(
    clock: time_machine.Traveller, room: Room, time: str
) -> None:
    walker = room.come_in()
    room.act("lessons", tour="mill-tour", minutes="45")
    room.act("lessons/1/start")
    walker.find("meal", opened=True)
    clock.shift(timedelta(minutes=30))
    room.act("time", time=time)
    assert room.row.lesson == 0
    assert "data-clock=" not in room.teacher.get(f"/classes/{room.slug}").text
    clock.shift(timedelta(hours=1))
    room.act("time", time="lesson")
    walker.open("attic")
    walker.find("stone", opened=True)
    table = table_of(room)
    assert column(table, "Leçon du 26 nov. : trouvailles")[0] == 1
    assert column(table, "Leçon du 26 nov. : minutes")[0] == 1


def test_a_lesson_goes_on_when_its_class_is_told_to_be_in_class_once_more(
    clock: time_machine.Traveller, room: Room
) -> None:
    room.act("lessons", tour="mill-tour", minutes="45")
    room.act("lessons/1/start")
    room.act("time", time="lesson")
    assert room.row.lesson == 1
    assert room.act("lessons/1/stretch").status_code == 302


def test_a_lesson_that_begins_days_later_does_not_lengthen_the_one_before(
    clock: time_machine.Traveller, room: Room
) -> None:
    walker = room.come_in()
    for _lesson in range(2):
        room.act("lessons", tour="mill-tour", minutes="45")
    room.act("lessons/1/start")
    clock.shift(timedelta(days=2))
    walker.find("meal", opened=True)
    clock.shift(timedelta(hours=1))
    room.act("lessons/2/start")
    walker.open("attic")
    walker.find("stone", opened=True)
    table = table_of(room)
    assert column(table, "Leçon du 26 nov. : trouvailles")[0] == 0
    assert column(table, "À la maison : trouvailles")[0] == 1
    assert column(table, "Leçon du 28 nov. : trouvailles")[0] == 1


def test_without_a_lesson_nothing_is_told_apart(room: Room) -> None:
    room.come_in()
    assert len(table_of(room).columns) == 9


def test_students_are_ranked_only_when_their_teacher_wants_it(room: Room) -> None:
    for _ in range(3):
        room.come_in()
    walker = room.come_in()
    walker.find("meal", opened=True)
    number = room.row.id
    last = room.students()[-1].pseudonym
    names = column(table_of(room), "Pseudonyme")[1:]
    assert names == sorted(names, key=lambda name: fold(str(name)))
    write(lambda tx: change_classroom(tx, number, shows_ranking=True))
    page = room.teacher.get(f"/classes/{room.slug}/report").text
    body = page[page.index("<tbody") :]
    assert body.index(last) < min(body.index(str(name)) for name in names if name != last)
    assert column(table_of(room), "Pseudonyme")[1:] == names, "files tell no rank"


def test_the_spreadsheet_has_the_same_columns(room: Room) -> None:
    room.come_in()
    reply = room.teacher.get(f"/classes/{room.slug}/report.csv")
    head = reply.data.decode("utf-8-sig").splitlines()[0].split(";")
    assert head == [str(name) for name in table_of(room).columns]
