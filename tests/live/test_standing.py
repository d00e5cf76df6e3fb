"""Chairs that go, and students who are erased, while the site runs and pages are open."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, build_opener

import pytest

from app.classes.links import lend
from app.classes.models import Classroom, Student, TeacherLink
from app.classes.times import local_day
from app.core.db import db, now
from app.core.writer import write
from app.live import standing
from app.live.realtime import Caller, Hello, Line
from tests.live.lesson import Lesson, open_lesson, sign
from tests.live.wire import Wire
from tests.serving import Site, run_command

CANARY = "Zyxomira"
WITHIN = 20.0
"""Seconds for the worker to hear of an erasure and empty the log."""


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


class Chair:
    """A browser on the teacher's side."""

    def __init__(self, site: Site, cookie: str) -> None:
        self.url, self.cookie = site.url, cookie
        self._opener = build_opener()

    def get(self, path: str) -> str:
        """Open a page, and keep its cookie."""
        return self._ask(Request(self.url + path, headers={"Cookie": self.cookie}))

    def send(self, path: str, page: str, **form: str) -> str:
        """Press a button of `page`."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page))
        assert found is not None
        body = urlencode({"csrf_token": found[1]} | form).encode()
        headers = {"Cookie": self.cookie, "Referer": self.url + page}
        return self._ask(Request(self.url + path, body, headers))

    def _ask(self, request: Request) -> str:
        with self._opener.open(request, timeout=WITHIN) as answer:
            told = answer.headers["Set-Cookie"]
            self.cookie = told.partition(";")[0] if told else self.cookie
            return str(answer.read().decode())


def lent(lesson: Lesson) -> str:
    """The cookie of a substitute."""
    with lesson.app.app_context():
        today = local_day(now(), "Europe/Paris")
        token = write(lambda tx: lend(tx, lesson.id, today))
    return sign(lesson.app, {"chairs": {lesson.slug: f"link:{token}"}})


def link_of(lesson: Lesson) -> TeacherLink:
    """The only link of a class."""
    return db.session.query(TeacherLink).filter_by(classroom_id=lesson.id).one()


def until(is_so: Callable[[], bool]) -> bool:
    """Whether something becomes so."""
    end = time.monotonic() + WITHIN
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


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
        lesson.app.extensions["lines"] = {"here": line}
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
    return [
        path.name
        for path in data.rglob("*")
        if path.is_file() and CANARY.encode() in path.read_bytes()
    ]
