"""The place: a card opens it anywhere, until it is revoked, removed or over."""

from datetime import timedelta

import time_machine
from flask import Flask

from app.classes.models import Visitor
from app.core.db import db, now
from tests.classes.room import Room, pseudonym_of
from tests.tours.mill import Student as Walker


def card_of(room: Room, index: int = 0) -> str:
    """The code of a student's card."""
    visitor = db.session.get(Visitor, room.students()[index].visitor_id)
    assert visitor is not None
    return visitor.resume_code


def on_another_machine(app: Flask, code: str) -> Walker:
    """A browser in which somebody types the code of a card."""
    client = app.test_client()
    client.post("/join", data={"code": code})
    return Walker(client)


def test_a_card_opens_the_place_on_any_machine(mill: Flask, room: Room) -> None:
    walker = room.come_in()
    walker.find("meal", opened=True)
    other = on_another_machine(mill, card_of(room))
    assert pseudonym_of(other) == pseudonym_of(walker)
    assert other.find("gauge", answer=["1"]).json["total"] == 4  # type: ignore[index]  # it is JSON


def test_the_qr_code_leads_to_a_button_and_takes_nothing_by_itself(mill: Flask, room: Room) -> None:
    room.come_in()
    client = mill.test_client()
    assert "C’est ma carte" in client.get(f"/card/{card_of(room)}").text
    assert client.get("/welcome").location == "/join"


def test_a_revoked_card_lets_go_every_browser_at_once(mill: Flask, room: Room) -> None:
    walker = room.come_in()
    old = card_of(room)
    room.act(f"students/{room.students()[0].id}/card")
    assert walker.client.get("/welcome").location == "/join"
    assert walker.find("meal", opened=True).status_code == 409
    assert mill.test_client().post("/join", data={"code": old}).status_code == 422
    assert on_another_machine(mill, card_of(room)).client.get("/welcome").status_code == 200


def test_a_removed_student_is_out_until_brought_back(mill: Flask, room: Room) -> None:
    walker = room.come_in()
    student = room.students()[0].id
    room.act(f"students/{student}/remove")
    assert walker.client.get("/welcome").location == "/join"
    assert mill.test_client().post("/join", data={"code": card_of(room)}).status_code == 403
    room.act(f"students/{student}/restore")
    assert walker.client.get("/welcome").status_code == 200


def test_the_same_card_works_at_home_and_reads_when_it_is_over(mill: Flask, room: Room) -> None:
    room.come_in()
    room.act("time", time="home")
    other = on_another_machine(mill, card_of(room))
    other.open("hall")
    assert other.find("meal", opened=True).status_code == 200
    with time_machine.travel(now() + timedelta(days=16), tick=False):
        refused = other.find("gauge", answer=["1"])
        assert refused.status_code == 403
        assert refused.json["error"]["code"] == "over"  # type: ignore[index]  # it is JSON
        assert other.open("hall").status_code == 200
        assert other.client.get("/me").status_code == 200
        assert room.enter()[1].status_code == 403


def test_a_lesson_that_nobody_ends_goes_on_at_home_the_next_day(room: Room) -> None:
    assert room.state()["time"] == "lesson"
    with time_machine.travel(now() + timedelta(days=1, hours=2), tick=False):
        assert room.state()["time"] == "home"
    with time_machine.travel(now() + timedelta(days=15, hours=2), tick=False):
        assert room.teacher.get(f"/classes/{room.slug}").status_code == 200
        assert room.state()["time"] == "over"


def test_a_find_made_at_another_place_is_not_counted(room: Room) -> None:
    first, second = room.come_in(), room.come_in()
    mine = room.students()[0].visitor_id
    url = "/tours/mill-tour/hotspots/meal/find"
    told = {"X-Place": str(mine)}
    refused = second.client.post(url, json={"opened": True}, headers=told)
    assert refused.status_code == 409
    assert refused.json["error"]["code"] == "other_place"  # type: ignore[index]  # it is JSON
    assert first.client.post(url, json={"opened": True}, headers=told).status_code == 200


def test_the_teachers_key_opens_the_board_elsewhere(mill: Flask, room: Room) -> None:
    page = room.teacher.get(f"/classes/{room.slug}").text
    key = page.split('class="code code--big">')[1].split("<")[0]
    client = mill.test_client()
    assert client.get(f"/classes/{room.slug}").status_code == 404
    assert client.post("/key", data={"key": "Z" * 17}).status_code == 422
    assert client.post("/key", data={"key": key.lower()}).status_code == 302
    assert client.get(f"/classes/{room.slug}").status_code == 200


def test_another_class_is_a_404_whatever_is_asked(mill: Flask, room: Room) -> None:
    room.come_in()
    student = room.students()[0].id
    other = Room(mill)
    for path in ("", "/lessons", "/whole", "/report", "/report.csv", "/cards", "/tours/mill-tour"):
        assert other.teacher.get(f"/classes/{room.slug}{path}").status_code == 404, path
    for path in (
        *("door", "code", "time", "lessons", "whole", "whole/end", "try", "try/end"),
        *("knocks/1", "lessons/1/start", "lessons/1/delete", "tours/mill-tour/hotspots"),
        *(f"students/{student}/remove", f"students/{student}/card"),
    ):
        assert other.teacher.post(f"/classes/{room.slug}/{path}").status_code == 404, path
        own = other.act(f"students/{student}/remove")
        assert own.status_code == 404
