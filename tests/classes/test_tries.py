"""Wrong codes: a device is stopped, a network slowed, a door redrawn; right codes go on opening."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.classes.models import Student, Visitor
from app.classes.tries import DEVICE, MORE_TYPOS, NETWORK, TYPOS
from app.core.db import db
from tests.classes.room import Room

OpenRoom = Callable[..., Room]
WRONG = "Z" * 10
START = "2026-11-26 10:00:00+00:00"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still: a minute is over when the test says so."""
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def browser(app: Flask) -> FlaskClient:
    """A browser that keeps its cookie, with the page open in which codes are typed."""
    client = app.test_client()
    assert client.get("/join").status_code == 200
    return client


def type_code(client: FlaskClient, code: str, address: str = "127.0.0.1") -> TestResponse:
    """Type a code, from somewhere."""
    return client.post("/join", data={"code": code}, environ_base={"REMOTE_ADDR": address})


def guess(app: Flask, times: int, code: str = WRONG) -> list[int]:
    """Wrong codes from so many browsers that keep no cookie, all of one network."""
    return [type_code(app.test_client(), code).status_code for _one in range(times)]


def near(code: str, right: int = 4) -> str:
    """The code with so many letters right, and those after them wrong."""
    return code[:right] + "".join("2" if letter != "2" else "3" for letter in code[right:])


def card_of(room: Room) -> str:
    """What a student's card opens with."""
    query = select(Visitor.resume_code).join(Student, Student.visitor_id == Visitor.id)
    return str(db.session.scalars(query.where(Student.classroom_id == room.row.id)).first())


def test_ten_wrong_codes_stop_a_device_and_nobody_beside_it(
    clock: time_machine.Traveller, room: Room
) -> None:
    guesser = browser(room.app)
    replies = [type_code(guesser, WRONG).status_code for _one in range(DEVICE.amount)]
    assert replies == [422] * DEVICE.amount
    stopped = type_code(guesser, room.row.code)
    assert stopped.status_code == 429
    assert "Trop d’essais" in stopped.text
    assert guesser.get(f"/{room.row.code}").status_code == 429
    assert type_code(browser(room.app), room.row.code).location == "/welcome"
    clock.shift(61)
    assert type_code(guesser, room.row.code).location == "/welcome"


def test_a_network_has_a_hundred_wrong_codes_a_minute_and_its_right_ones_knock_then(
    clock: time_machine.Traveller, room: Room
) -> None:
    room.come_in()
    card = card_of(room)
    assert guess(room.app, NETWORK.amount) == [422] * NETWORK.amount
    assert guess(room.app, 1) == [429]
    assert type_code(browser(room.app), room.row.code).location == "/wait"
    assert len(room.state()["knocks"]) == 1
    assert type_code(browser(room.app), card).location == "/welcome"
    assert type_code(browser(room.app), room.row.code, "192.0.2.7").location == "/welcome"
    clock.shift(61)
    assert type_code(browser(room.app), room.row.code).location == "/welcome"
    assert guess(room.app, 1) == [422]


def test_a_door_whose_code_is_nearly_guessed_gets_another(
    clock: time_machine.Traveller, open_room: OpenRoom
) -> None:
    room, other = open_room(expected=1), open_room(expected=1)
    old, others, allowed = room.row.code, other.row.code, TYPOS + MORE_TYPOS
    guess(room.app, allowed, near(old))
    assert room.row.code == old, "a class that comes in makes slips"
    guess(room.app, 1, near(old))
    assert room.row.code != old
    assert room.state()["code"] == room.row.code
    assert other.row.code == others
    assert room.enter(old)[1].status_code == 422
    assert room.enter()[1].location == "/welcome"


def test_slips_are_forgotten_after_ten_minutes_and_far_codes_are_no_slips(
    clock: time_machine.Traveller, open_room: OpenRoom
) -> None:
    room = open_room(expected=1)
    old, allowed = room.row.code, TYPOS + MORE_TYPOS
    guess(room.app, allowed + 1, near(old, 3))
    assert room.row.code == old, "three letters of six are any code"
    guess(room.app, allowed, near(old))
    clock.shift(601)
    guess(room.app, 1, near(old))
    assert room.row.code == old


def test_a_shut_door_keeps_its_code(clock: time_machine.Traveller, open_room: OpenRoom) -> None:
    room = open_room(expected=1)
    room.act("door", door="shut")
    old = room.row.code
    guess(room.app, TYPOS + MORE_TYPOS + 1, near(old))
    assert room.row.code == old


def key_of(room: Room) -> str:
    """The teacher's key, as the board of a class without account shows it."""
    page = room.teacher.get(f"/classes/{room.slug}").text
    return str(page.split('class="code code--big">')[1].split("<")[0])


def test_a_right_key_opens_however_many_were_wrong_at_its_address(
    clock: time_machine.Traveller, room: Room
) -> None:
    """A school's teachers sit behind one address: somebody who guesses shuts nobody out."""
    for _one in range(NETWORK.amount + 1):
        wrong = room.app.test_client().post("/key", data={"key": "Z" * 17})
    assert wrong.status_code == 429
    opened = browser(room.app).post("/key", data={"key": key_of(room)})
    assert opened.location == f"/classes/{room.slug}"


def test_a_device_that_guesses_keys_is_told_to_wait(
    clock: time_machine.Traveller, room: Room
) -> None:
    guesser = browser(room.app)
    for _one in range(DEVICE.amount):
        assert guesser.post("/key", data={"key": "Z" * 17}).status_code == 422
    stopped = guesser.post("/key", data={"key": key_of(room)})
    assert stopped.status_code == 429
    assert "Attendez une minute" in stopped.text
    clock.shift(61)
    assert guesser.post("/key", data={"key": key_of(room)}).status_code == 302
