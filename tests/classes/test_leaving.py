"""A teacher leaves the board of a machine that others use too: nothing there opens it again."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import db
from app.core.jobs import Job
from tests.classes.room import Room
from tests.classes.staff import claimed, follow, make_link
from tests.classes.test_tries import key_of


def session_of(client: FlaskClient) -> dict[str, Any]:
    """What the cookie holds."""
    with client.session_transaction() as session:
        return dict(session)


def test_a_board_is_left_and_its_key_opens_it_again(room: Room) -> None:
    key = key_of(room)
    assert "Quitter le tableau" in room.teacher.get(f"/classes/{room.slug}").text
    assert room.act("stand-up").location == "/key"
    assert "Le tableau est fermé sur cette machine." in room.teacher.get("/key").text
    assert room.teacher.get(f"/classes/{room.slug}").status_code == 404
    assert key not in str(session_of(room.teacher))
    room.teacher.post("/key", data={"key": key})
    assert room.teacher.get(f"/classes/{room.slug}").status_code == 200


def test_one_class_is_left_and_the_other_stays(room: Room) -> None:
    other = Room(room.app)
    other.teacher = room.teacher
    form = {"expected": "30", "tour": "mill-tour", "name": "4e C"}
    other.slug = room.teacher.post("/classes/open", data=form).location.rsplit("/", 1)[1]
    key = key_of(other)
    assert room.act("stand-up").status_code == 302
    assert room.teacher.get(f"/classes/{room.slug}").status_code == 404
    assert key_of(other) == key


def test_a_substitute_leaves_too(mill: Flask, room: Room) -> None:
    substitute, _reply = follow(mill, make_link(room, "substitute"))
    assert substitute.post(f"/classes/{room.slug}/stand-up").status_code == 302
    assert substitute.get(f"/classes/{room.slug}").status_code == 404


def test_who_teaches_by_an_account_is_told_to_log_out(mill: Flask, room: Room) -> None:
    claimed(mill, room)
    assert "Quitter le tableau" not in room.teacher.get(f"/classes/{room.slug}").text
    refused = room.act("stand-up")
    assert (refused.status_code, "déconnectez-vous" in refused.text) == (409, True)


def test_the_next_student_finds_no_board_and_no_key_either(room: Room) -> None:
    """A teacher opened the class on a student's machine, then the students took it in turns."""
    key = key_of(room)
    room.act("students/0/remove")
    room.act("links", purpose="substitute")
    room.teacher.post("/join", data={"code": room.row.code})
    assert room.teacher.post("/next").location == "/join?next=1"
    assert room.teacher.get(f"/classes/{room.slug}").status_code == 404
    held = session_of(room.teacher)
    assert not {"chairs", "new_key", "new_link", "removed", "visitor"} & set(held)
    assert key not in str(held)


def test_the_key_is_printed_with_the_cards_and_is_in_no_row(room: Room) -> None:
    room.come_in()
    key = key_of(room)
    page = room.teacher.get(f"/classes/{room.slug}/cards").text
    assert (
        f'sheet-key">Clé du professeur, à garder à part\u00a0: <strong class="code">{key}' in page
    )
    assert "La clé du professeur s’imprime avec cette page" in page
    assert room.act("papers/cards").status_code == 303
    db.session.rollback()
    (wish,) = db.session.scalars(select(Job.arguments).where(Job.name.contains("paper")))
    assert key not in str(wish)
    assert key.replace(" ", "") not in str(wish)


def test_a_key_that_was_shown_before_is_said_to_be_drawn_anew_for_paper(room: Room) -> None:
    key = key_of(room)
    room.act("stand-up")
    room.teacher.post("/key", data={"key": key})
    page = room.teacher.get(f"/classes/{room.slug}/cards").text
    assert "tirez-en une nouvelle" in page
    assert "s’imprime avec cette page, sur" not in page


def test_extra_time_says_what_it_is_for(room: Room) -> None:
    room.come_in()
    page = room.teacher.get(f"/classes/{room.slug}/names").text
    assert "Servira aux questions chronométrées." in page
