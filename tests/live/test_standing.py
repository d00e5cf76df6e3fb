"""Chairs that go, and students who are erased, while the site runs and pages are open."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from app.classes.models import Classroom, Student, TeacherLink
from app.core.db import db, now
from app.core.writer import write
from app.live import standing
from app.live.realtime import Caller, Hello, Line, Lines
from tests.live.lesson import Chair, Lesson, lent, open_lesson, until
from tests.live.wire import Wire
from tests.serving import Site, run_command

CANARY = "Zyxomira"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with nothing in it."""
    data = tmp_path_factory.mktemp("standing")
    assert run_command(data, "db", "upgrade").returncode == 0
    with Site(data) as site:
        yield site


@pytest.fixture
def lesson(site: Site) -> Lesson:
    """A class of its own."""
    return open_lesson(site.data, 2)


@pytest.fixture
def enter(site: Site) -> Iterator[Callable[..., Wire]]:
    """Opens lines, and ends them after the test."""
    with ExitStack() as stack:

        def open_line(cookie: str, **hello: str) -> Wire:
            line = Wire(site.url, cookie)
            stack.callback(line.close)
            return line.enter(**hello)

        yield open_line


def link_of(lesson: Lesson) -> TeacherLink:
    """The only link of a class."""
    return db.session.query(TeacherLink).filter_by(classroom_id=lesson.id).one()


def test_a_substitute_whose_link_is_closed_hears_no_more(
    site: Site, lesson: Lesson, enter: Callable[..., Wire]
) -> None:
    substitute = enter(lent(lesson), classroom=lesson.slug)
    board = enter(lesson.teacher, classroom=lesson.slug)
    with lesson.app.app_context():
        number = link_of(lesson).token_hash
    page = f"/classes/{lesson.slug}/links"
    Chair(site, lesson.teacher).send(f"{page}/{number}/close", page)
    assert substitute.is_over()
    assert "error" not in board.ask("lead", {"board": "board1", "mode": "eyes"})


def test_a_link_that_ends_ends_its_open_pages(lesson: Lesson) -> None:
    """The clock of the serving process cannot be moved: what it does every half minute is asked."""
    with lesson.app.app_context():
        cookie = lent(lesson)
        ended: list[str] = []
        signer: Any = lesson.app.session_interface
        held = signer.get_signing_serializer(lesson.app).loads(cookie.partition("=")[2])
        hello = Hello(classroom=lesson.slug, tour=None, scene=None)
        line = Line(Caller("here", held, "fr", hello), frozenset())
        lesson.app.extensions["lines"] = Lines([line])
        lesson.app.extensions["hang_up"] = ended.append
        standing.look_at_all(lesson.app)
        assert ended == []
        write(lambda tx: setattr(tx.session.get_one(TeacherLink, link_of(lesson).token_hash),
                                 "expires_at", now()))  # fmt: skip
        standing.look_at_all(lesson.app)
    assert ended == ["here"]


def test_an_erased_class_ends_every_line(
    site: Site, lesson: Lesson, enter: Callable[..., Wire]
) -> None:
    student = enter(lesson.student())
    board = enter(lesson.teacher, classroom=lesson.slug)
    with lesson.app.app_context():
        code = db.session.get_one(Classroom, lesson.id).code
    page = f"/classes/{lesson.slug}/settings"
    Chair(site, lesson.teacher).send(f"/classes/{lesson.slug}/erase", page, code=code)
    assert student.is_over()
    assert board.is_over()


def test_a_student_who_is_erased_is_gone_from_every_file_of_the_running_site(
    site: Site, lesson: Lesson
) -> None:
    with lesson.app.app_context():
        student = db.session.query(Student).filter_by(visitor_id=lesson.visitors[0]).one().id
        write(lambda tx: setattr(tx.session.get_one(Student, student), "label", CANARY))
    assert files_with(site.data)
    page = f"/classes/{lesson.slug}/students/{student}"
    chair = Chair(site, lesson.teacher)
    assert CANARY in chair.get(page)
    chair.send(f"{page}/erase", page, sure="yes")
    assert until(lambda: files_with(site.data) == []), files_with(site.data)


def files_with(data: Path) -> list[str]:
    """The files of a site in which the canary is: database, log, index, queue, what was logged."""
    found = []
    for path in data.rglob("*"):
        with suppress(FileNotFoundError):  # the site writes, and takes away
            if path.is_file() and CANARY.encode() in path.read_bytes():
                found.append(path.name)
    return found
