"""What has had its time is erased, down to the bytes of the files; the class's numbers stay."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import time_machine
from flask import Flask
from sqlalchemy import select

from app.classes.erasing import shut_for_good
from app.classes.models import Classroom, ClassSum, Knock, Student, TeacherLink, Visitor
from app.classes.students import erase_student
from app.core.db import Base, db, now
from app.core.jobs import Job, run
from app.core.privacy import PrivacyRegistry
from app.core.writer import Transaction, write
from app.live.papers.kinds import MAKE_PAPER, path_of
from app.purging import MARK, is_time_to_rewrite, purge, rewrite_database
from tests.classes.room import Room

CANARY = "Zyxomira"
"""A word that nothing else of the site has."""
OpenRoom = Callable[..., Room]


def test_a_class_without_account_is_gone_after_seven_days(mill: Flask, room: Room) -> None:
    live_a_little(room)
    with travelling(days=6, hours=23):
        purge(mill)
        assert room.row.id
        assert traces(mill)
    with travelling(days=7, hours=1):
        purge(mill)
        rewrite_database(mill.extensions["settings"])
    assert traces(mill) == []
    assert db.session.scalars(select(Classroom)).all() == []
    for table in ("student", "visitor", "entry", "visit", "attempt", "activity", "knock"):
        assert db.session.execute(select(Base.metadata.tables[table])).all() == [], table


def test_what_stays_of_a_class_are_numbers_of_its_year_and_level(
    mill: Flask, open_room: OpenRoom
) -> None:
    rooms = [open_room(), open_room()]
    for room in rooms:
        live_a_little(room)
    before = [room.state() for room in rooms]
    year = rooms[0].row.year
    with travelling(days=8):
        purge(mill)
        assert "0 classrooms erased" in purge(mill)
    kept = db.session.scalars(select(ClassSum)).one()
    assert (kept.year, kept.level, kept.classrooms, kept.students) == (year, "", 2, 6)
    assert kept.finds == sum(state["finds"] for state in before) > 0
    assert kept.points == sum(state["points"] for state in before) > 0


def test_an_erased_student_leaves_no_trace_and_takes_nothing_from_the_class(
    mill: Flask, room: Room
) -> None:
    live_a_little(room)
    one, other = room.students()[:2]
    words = [*canaries_of(one), code_of(one)]
    stays = code_of(other)
    before = room.state()
    paper = make_paper(mill, room)
    erase(mill, room, one.id)
    work(mill)
    assert [word for word in words if is_somewhere(mill, word)] == []
    assert is_somewhere(mill, stays)
    assert not paper.exists()
    after = room.state()
    assert (after["finds"], after["points"]) == (before["finds"], before["points"])
    assert room.row.gone_students == 1


def test_a_passing_seat_ends_with_its_lesson(mill: Flask, room: Room) -> None:
    live_a_little(room)
    walker, _reply = room.enter(passing="yes")
    walker.open("hall")
    walker.find("meal", opened=True)
    passing = room.students()[-1]
    assert passing.is_passing
    word, number = code_of(passing), passing.id
    room.act("time", time="home")
    work(mill)
    assert db.session.get(Student, number) is None
    assert not is_somewhere(mill, word)
    assert walker.client.get("/welcome").status_code == 302


def test_a_passing_seat_ends_with_the_day_when_nobody_ends_the_lesson(
    mill: Flask, room: Room
) -> None:
    room.enter(passing="yes")
    assert "0 passing seats erased" in purge(mill)
    with travelling(days=1, hours=2):
        assert "1 passing seats erased" in purge(mill)
    assert room.students() == []


def test_links_and_knocks_are_gone_once_they_open_nothing(mill: Flask, open_room: OpenRoom) -> None:
    room = open_room(expected=1)
    room.come_in()
    assert room.enter()[1].location == "/wait"
    room.act("links", purpose="substitute")
    assert "0 links and knocks erased" in purge(mill)
    with travelling(days=2):
        assert "2 links and knocks erased" in purge(mill)
    assert db.session.scalars(select(Knock)).all() == []
    assert db.session.scalars(select(TeacherLink)).all() == []


def test_nobody_comes_in_while_a_class_is_erased(mill: Flask, room: Room) -> None:
    """A purge that was killed half-way leaves a shut class, and the next one ends it."""
    walker = room.come_in()
    classroom, code = room.row.id, room.row.code
    write(lambda tx: shut_for_good(tx, classroom))
    assert room.enter(code)[1].status_code == 403
    assert walker.find("meal", opened=True).status_code in (403, 409)
    assert "1 classrooms erased" in purge(mill)


def test_the_database_is_rewritten_once_a_night_and_in_a_week_without_nights(mill: Flask) -> None:
    settings = mill.extensions["settings"]
    evening = datetime.fromisoformat("2026-03-03T20:00+01:00")
    with time_machine.travel(evening, tick=False):
        mark(settings.data, evening)
        assert not is_time_to_rewrite(settings)
    with time_machine.travel(evening + timedelta(hours=8), tick=False):
        assert not is_time_to_rewrite(settings)
    mark(settings.data, evening - timedelta(hours=16))
    with time_machine.travel(evening + timedelta(hours=8), tick=False):
        assert is_time_to_rewrite(settings)
    with time_machine.travel(evening, tick=False):
        assert not is_time_to_rewrite(settings)
        mark(settings.data, evening - timedelta(days=8))
        assert is_time_to_rewrite(settings)


def live_a_little(room: Room) -> None:
    """Three students who walk, answer and decide; with labels, and one of them removed."""
    for number in range(3):
        walker = room.come_in()
        walker.find("meal", opened=True)
        walker.open("attic")
        walker.find("weight", answer=[f"{CANARY}{number}"])
        student = room.students()[-1]
        label(student.id, f"{CANARY}-{number}")
        rename(student.id, f"{CANARY} {student.id} cuivré")


def label(student: int, words: str) -> None:
    """What a teacher keeps beside a pseudonym."""
    write(lambda tx: setattr(tx.session.get_one(Student, student), "label", words))


def rename(student: int, words: str) -> None:
    """A pseudonym that can be searched for."""
    write(lambda tx: setattr(tx.session.get_one(Student, student), "pseudonym", words))


def canaries_of(student: Student) -> list[str]:
    """What is searched for of one student."""
    return [str(student.label), student.pseudonym]


def code_of(student: Student) -> str:
    """The code of a student's place."""
    return db.session.get_one(Visitor, student.visitor_id).resume_code


def erase(app: Flask, room: Room, student: int) -> None:
    """Erase a student."""
    registry: PrivacyRegistry = app.extensions["privacy"]
    classroom = room.row.id

    def unit(tx: Transaction) -> None:
        erase_student(tx, registry, classroom, student)

    write(unit)


def make_paper(app: Flask, room: Room) -> Path:
    """A paper of the class, as the worker leaves it."""
    room.act("papers/report-ods")
    work(app)
    job = db.session.scalars(select(Job).where(Job.name == MAKE_PAPER)).one()
    path = path_of(app.extensions["settings"], job.arguments["token"], "report-ods")
    assert path.exists()
    return path


def work(app: Flask) -> None:
    """What the worker does of the jobs that wait."""
    db.session.remove()
    for job in db.session.scalars(select(Job.id).where(Job.state == "waiting")).all():
        run(app.extensions["writer"], job)
    db.session.remove()


def mark(data: Path, moment: datetime) -> None:
    """Say that the database was rewritten at `moment`."""
    (data / MARK).touch()
    os.utime(data / MARK, (moment.timestamp(), moment.timestamp()))


def travelling(**ahead: int) -> time_machine.travel:
    """Some time later, the clock standing still."""
    return time_machine.travel(now() + timedelta(**ahead), tick=False)


def traces(app: Flask) -> list[str]:
    """Where the canary is found."""
    return [name for name, content in everything(app) if re.search(CANARY.encode(), content)]


def is_somewhere(app: Flask, words: str) -> bool:
    """Whether a word is in any file of the site, or in a dump of a database that is none."""
    return any(words.encode() in content for _name, content in everything(app))


def everything(app: Flask) -> Iterator[tuple[str, bytes]]:
    """The bytes of the database with its log and index, of the queue, the papers, the mails."""
    db.session.remove()
    settings = app.extensions["settings"]
    for path in settings.data.rglob("*"):
        if path.is_file() and "media" not in path.parts:
            yield str(path), path.read_bytes()
    if settings.is_sqlite:
        file = Path(settings.database_url[10:])
        for path in file.parent.glob(f"{file.name}*"):
            yield path.name, path.read_bytes()
        return
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            yield table.name, str(row).encode()
    db.session.remove()
