"""Leading a class over real lines: who may, who wins, what students hear."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app.core.db import db
from app.live.models import Lead
from tests.live.lesson import Lesson, open_lesson, sign, until
from tests.live.wire import Wire
from tests.serving import Site, run_command

CLASS = 30
VIEW = {"yaw": 30.5, "pitch": -4.0, "hfov": 80.0}
Enter = Callable[..., Wire]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mill_bundle: Path) -> Iterator[Site]:
    """A site with the mill in it."""
    data = tmp_path_factory.mktemp("led")
    for command in (("db", "upgrade"), ("tour", "import", str(mill_bundle), "--publish")):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data) as site:
        yield site


@pytest.fixture
def lesson(site: Site) -> Lesson:
    """A class of its own."""
    return open_lesson(site.data, CLASS)


@pytest.fixture
def enter(site: Site, lesson: Lesson) -> Iterator[Enter]:
    """Opens lines: of the class's board, or of one of its students."""
    with ExitStack() as stack:

        def open_line(student: int | None = None, cookie: str = "") -> Wire:
            own = lesson.teacher if student is None else lesson.student(student)
            line = Wire(site.url, cookie or own)
            stack.callback(line.close)
            return line.enter(**({"classroom": lesson.slug} if student is None else {}))

        yield open_line


def lead(line: Wire, mode: str, board: str = "board1", **more: Any) -> Any:
    """Give an order; its answer."""
    where = {"tour": "mill-tour", "scene": "hall"} if mode in ("scene", "follow") else {}
    return line.ask("lead", {"board": board, "mode": mode, **where, **more})


def test_a_class_is_paused_brought_somewhere_and_let_go(enter: Enter) -> None:
    board, student = enter(), enter(0)
    assert student.hear("lead")["mode"] == "free"
    assert lead(board, "eyes")["mode"] == "eyes"
    assert student.hear("lead")["mode"] == "eyes"
    lead(board, "scene", scene="attic", view=VIEW)
    told = student.hear("lead")
    assert (told["tour"], told["scene"], told["yaw"]) == ("mill-tour", "attic", 30.5)
    assert told["titles"] == {"fr": "Le grenier", "en": "The attic"}
    lead(board, "free")
    assert student.hear("lead")["mode"] == "free"


def test_students_are_never_told_who_leads(enter: Enter) -> None:
    board, student = enter(), enter(0)
    lead(board, "eyes")
    for _ in range(2):
        told = student.hear("lead")
        assert not {"board", "leader", "chair"} & set(told)


def test_every_order_has_a_number_of_its_own(enter: Enter) -> None:
    board = enter()
    numbers = [lead(board, mode)["number"] for mode in ("eyes", "eyes", "free")]
    assert numbers == [1, 2, 3]


def test_one_board_leads_the_other_is_told_who_does(enter: Enter) -> None:
    first, second = enter(), enter()
    lead(first, "eyes", "board1")
    refused = lead(second, "free", "board2")["error"]
    assert refused["code"] == "led"
    assert "professeur mène déjà la classe" in refused["message"]
    assert lead(first, "follow", "board1")["mode"] == "follow"


def test_the_hand_is_taken_over_and_both_boards_hear_it(enter: Enter) -> None:
    first, second, student = enter(), enter(), enter(0)
    lead(first, "eyes", "board1")
    for board in (first, second):
        while board.hear("led")["board"] != "board1":
            pass
    taken = second.ask("lead_take", {"board": "board2"})
    assert (taken["board"], taken["mode"]) == ("board2", "eyes")
    assert first.hear("led")["board"] == second.hear("led")["board"] == "board2"
    assert lead(first, "free", "board1")["error"]["code"] == "led"
    lead(second, "free", "board2")
    while student.hear("lead")["number"] < 2:
        pass


def test_whoever_takes_the_hand_takes_it_where_the_class_looks_now(enter: Enter) -> None:
    first, second = enter(), enter()
    lead(first, "follow", "board1", view=VIEW)
    for yaw in (40.0, 50.0, 60.0):
        first.ask("lead_view", {"board": "board1", **VIEW, "yaw": yaw})
    assert second.ask("lead_take", {"board": "board2"})["yaw"] == 60.0
    assert enter(0).hear("lead")["yaw"] == 60.0


def test_whoever_comes_late_or_comes_back_hears_what_stands(enter: Enter) -> None:
    board = enter()
    lead(board, "follow", view=VIEW)
    late = enter(1).hear("lead")
    assert (late["mode"], late["scene"], late["yaw"]) == ("follow", "hall", 30.5)
    assert enter().hear("led")["board"] == "board1"


def test_a_view_is_for_the_board_that_leads_a_class_that_follows(enter: Enter) -> None:
    first, second, student = enter(), enter(), enter(0)
    assert first.ask("lead_view", {"board": "board1", **VIEW})["error"]["code"] == "led"
    lead(first, "follow", "board1")
    assert second.ask("lead_view", {"board": "board2", **VIEW})["error"]["code"] == "led"
    assert first.ask("lead_view", {"board": "board1", **VIEW}) == {}
    assert student.hear("lead_view") == {"number": 1, **VIEW}


def test_every_view_reaches_thirty_students(enter: Enter) -> None:
    board, students = enter(), [enter(index) for index in range(CLASS)]
    lead(board, "follow")
    for turn in range(10):
        board.ask("lead_view", {"board": "board1", **VIEW, "yaw": float(turn)})
        for student in students:
            assert student.hear("lead_view")["yaw"] == turn
        time.sleep(0.1)


def test_views_are_limited_to_what_eyes_can_follow(enter: Enter) -> None:
    board = enter()
    lead(board, "follow")
    answers = board.ask_at_once("lead_view", [{"board": "board1", **VIEW}] * 40)
    codes = [answer.get("error", {}).get("code") for answer in answers]
    assert "too_fast" in codes
    assert codes.count(None) >= 12


@pytest.mark.parametrize(
    "body",
    [
        {"board": "board1", "mode": "march"},
        {"board": "<b>", "mode": "eyes"},
        {"board": "board1", "mode": "eyes", "who": "me"},
        {"board": "board1", "mode": "scene", "view": {"yaw": 1e9, "pitch": 0, "hfov": 90}},
    ],
)
def test_an_order_that_makes_no_sense_is_refused(enter: Enter, body: dict[str, Any]) -> None:
    assert enter().ask("lead", body)["error"]["code"] == "bad_message"


def test_nobody_is_brought_to_a_place_that_is_not_shown(enter: Enter) -> None:
    board = enter()
    for where in ({"scene": "cellar"}, {"tour": "nowhere"}):
        assert lead(board, "scene", **where)["error"]["code"] == "not_yours"


def test_students_and_other_teachers_do_not_lead(site: Site, lesson: Lesson, enter: Enter) -> None:
    assert lead(enter(0), "eyes")["error"]["code"] == "not_yours"
    other = open_lesson(site.data)
    stranger = Wire(site.url, other.teacher)
    assert stranger.knock(classroom=lesson.slug).startswith("44")
    stranger.close()
    forged = Wire(site.url, sign(lesson.app, {"chairs": {lesson.slug: "key:7"}}))
    assert forged.knock(classroom=lesson.slug).startswith("44")
    forged.close()


def test_a_class_is_led_in_its_lesson_only(lesson: Lesson, enter: Enter) -> None:
    board = enter()
    lead(board, "eyes")
    for moment in ("home", "over"):
        lesson.set_time(moment)
        refused = lead(board, "eyes")["error"]
        assert refused["code"] == "not_lesson"
        assert "leçon" in refused["message"]
        assert enter(0).hear("lead")["mode"] == "free"
    lesson.set_time("lesson")
    assert enter(0).hear("lead")["mode"] == "free"


def kept_yaw(lesson: Lesson) -> float:
    """Where the database says that the class is led."""
    with lesson.app.app_context():
        db.session.rollback()
        return db.session.get_one(Lead, lesson.id).yaw


def test_a_lead_outlives_a_server_that_is_killed(site: Site, lesson: Lesson, enter: Enter) -> None:
    board = enter()
    lead(board, "follow", scene="attic", view=VIEW)
    board.ask("lead_view", {"board": "board1", **VIEW, "yaw": 77.0})
    assert until(lambda: kept_yaw(lesson) == 77.0)
    site.kill()
    site.start()
    told = enter(0).hear("lead")
    assert (told["number"], told["mode"], told["scene"], told["yaw"]) == (1, "follow", "attic", 77)
    assert lead(enter(), "free", "board2")["error"]["code"] == "led"
    assert lead(enter(), "free", "board1")["mode"] == "free"
