"""The clock of a lesson over real lines: boards that come back have missed nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core.db import db
from app.live import models
from tests.live.lesson import Chair, Lesson, open_lesson
from tests.live.wire import Wire
from tests.serving import Site, run_command

Enter = Callable[..., Wire]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mill_bundle: Path) -> Iterator[Site]:
    """A site with the mill in it."""
    data = tmp_path_factory.mktemp("clock")
    for command in (("db", "upgrade"), ("tour", "import", str(mill_bundle), "--publish")):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data) as site:
        yield site


@pytest.fixture
def lesson(site: Site) -> Lesson:
    """A class of its own."""
    return open_lesson(site.data, 1)


@pytest.fixture
def enter(site: Site, lesson: Lesson) -> Iterator[Enter]:
    """Opens lines of the class's board."""
    with ExitStack() as stack:

        def open_line(cookie: str = "", **hello: str) -> Wire:
            line = Wire(site.url, cookie or lesson.teacher)
            stack.callback(line.close)
            return line.enter(**hello if cookie else {"classroom": lesson.slug})

        yield open_line


def run(site: Site, lesson: Lesson, act: str) -> None:
    """Press a button of the clock."""
    number = plan_of(site, lesson)
    page = f"/classes/{lesson.slug}/lessons"
    Chair(site, lesson.teacher).send(f"{page}/{number}/{act}", page)


def plan_of(site: Site, lesson: Lesson) -> int:
    """The number of the class's lesson, planned when there is none."""
    mine = models.Lesson.classroom_id == lesson.id
    query = select(models.Lesson.id).where(mine)
    page = f"/classes/{lesson.slug}/lessons"
    with lesson.app.app_context():
        known: int | None = db.session.scalar(query)
        if known is None:
            Chair(site, lesson.teacher).send(page, page, tour="mill-tour", minutes="45")
            db.session.rollback()
            known = db.session.scalar(query)
    assert known is not None
    return known


def test_a_board_that_comes_back_is_told_the_clock(
    site: Site, lesson: Lesson, enter: Enter
) -> None:
    assert enter().hear("lesson") == {"clock": None}
    run(site, lesson, "start")
    assert enter().hear("lesson")["clock"]["step"] == 0
    run(site, lesson, "next")
    site.kill()
    site.start()
    assert enter().hear("lesson")["clock"]["step"] == 1


def test_the_clock_is_for_boards_alone(site: Site, lesson: Lesson, enter: Enter) -> None:
    run(site, lesson, "start")
    student = enter(lesson.student())
    assert '"lesson",{' not in student.read_all()


@pytest.mark.parametrize("time", ["home", "over"])
def test_the_clock_stops_on_every_board_when_the_time_of_the_class_changes(
    site: Site, lesson: Lesson, enter: Enter, time: str
) -> None:
    run(site, lesson, "start")
    board = enter()
    assert board.hear("lesson")["clock"] is not None
    page = f"/classes/{lesson.slug}"
    Chair(site, lesson.teacher).send(f"{page}/time", page, time=time)
    assert board.hear("lesson") == {"clock": None}
