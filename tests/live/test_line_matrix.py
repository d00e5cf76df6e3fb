"""Every event of a class for everybody: from those who are not of it, none changes anything.

The events come from the registry: one that is registered without a body here fails the test.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.db import db
from app.live.models import Lead
from app.live.realtime import HANDLERS
from tests.apps import Browser
from tests.classes.roles import OTHERS, SIDE, become, log_in
from tests.classes.room import Room
from tests.live.lesson import app_on
from tests.live.wire import Wire
from tests.serving import Site, run_command

BOARD = {"board": "board1"}
BODIES: dict[str, dict[str, Any]] = {
    "at": {"tour": "mill-tour", "scene": "attic"},
    "state": {"visible": True, "playing": False},
    "lead": {**BOARD, "mode": "eyes"},
    "lead_take": BOARD,
    "quiz_answer": {"quiz": "a" * 16, "position": 0, "answer": ["1"]},
    "lead_view": {**BOARD, "yaw": 1.0, "pitch": 1.0, "hfov": 90.0},
}
OF_STUDENTS = {"at", "state", "quiz_answer"}
REFUSED = {"quiz_answer": "quiz_over"}
"""What students are told, when it is not done: no quiz runs."""
ELSEWHERE = ("app.live.chat", "tests.")
"""Whose events are not a class's: rooms have a matrix of their own."""
Knock = Callable[..., Wire | None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mill_bundle: Path) -> Iterator[Site]:
    """A site with the mill in it."""
    data = tmp_path_factory.mktemp("matrix")
    for command in (("db", "upgrade"), ("tour", "import", str(mill_bundle), "--publish")):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data, second_factor="required") as site:
        yield site


@pytest.fixture
def room(site: Site) -> Iterator[Room]:
    """A class on the site that runs, with a student and somebody who stands in the hall."""
    app = app_on(site.data)
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = Browser
    with app.app_context():
        room = Room(app)
        room.come_in()
        yield room


@pytest.fixture
def knock(site: Site) -> Iterator[Knock]:
    """Ask to be admitted with a browser's cookie; no line when that is refused."""
    with ExitStack() as stack:

        def open_line(client: FlaskClient, **hello: str) -> Wire | None:
            cookie = client.get_cookie("deambule")
            line = Wire(site.url, f"deambule={cookie.value}" if cookie else "")
            stack.callback(line.close)
            return line if line.knock(**hello).startswith("40") else None

        yield open_line


def answers(knock: Knock, client: FlaskClient, event: str, slug: str) -> list[str]:
    """What an event is answered on a student's line and on a board's, each opened for it."""
    told = []
    for hello in ({}, {"classroom": slug}):
        line = knock(client, **hello)
        answer = line.ask(event, BODIES[event]) if line else {"error": {"code": "not admitted"}}
        told.append(answer.get("error", {}).get("code", "done"))
    return told


def is_led(room: Room) -> bool:
    """Whether anybody has ever led the class."""
    db.session.rollback()
    return db.session.get(Lead, room.row.id) is not None


def test_every_event_of_a_class_is_asked() -> None:
    modules = {name: handler.do.__module__ for name, handler in HANDLERS.items()}
    mine = {name for name, module in modules.items() if not module.startswith(ELSEWHERE)}
    assert mine == set(BODIES), "give the new event a body here"


@pytest.mark.parametrize("who", OTHERS)
def test_a_class_does_not_hear_others(room: Room, knock: Knock, who: str) -> None:
    client = become(who, room)
    for event in BODIES:
        student, board = answers(knock, client, event, room.slug)
        assert board == "not admitted", event
        if event in OF_STUDENTS and who in ("student", "student elsewhere"):
            assert student == REFUSED.get(event, "done"), event
        else:
            assert student in ("not admitted", "not_yours", "gone"), event
    assert not is_led(room)


@pytest.mark.parametrize("who", sorted(SIDE))
def test_those_of_the_teachers_side_lead_and_are_no_students(
    room: Room, knock: Knock, who: str
) -> None:
    client = become(who, room)
    for event in BODIES:
        student, board = answers(knock, client, event, room.slug)
        assert student == "not admitted", event
        assert board == (
            "gone" if event in OF_STUDENTS else "led" if event == "lead_view" else "done"
        )
    assert is_led(room)


def test_an_organiser_who_owes_a_second_factor_is_nobody_on_a_line_either(
    room: Room, knock: Knock
) -> None:
    client = log_in(room, "organiser", room.row.id)
    assert client.get(f"/classes/{room.slug}").status_code == 404
    for event in BODIES:
        assert answers(knock, client, event, room.slug) == ["not admitted"] * 2, event
    assert not is_led(room)
