"""A tour that a teacher's computer plays, for the class or to try it: by a chair that is there."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.classes.models import TeacherLink
from app.classes.places import place_in
from app.core.db import db, now
from app.live import standing
from app.live.realtime import Caller, Hello, Line, Lines
from tests.classes.room import Room
from tests.classes.staff import claimed, follow, make_link
from tests.classes.test_leaving import session_of
from tests.tours.mill import Student as Walker

PLAYS = ["whole", "try"]


def substitute_plays(mill: Flask, room: Room, how: str) -> Walker:
    """A substitute's browser, in which the tour is played."""
    room.come_in()
    substitute, _reply = follow(mill, make_link(room, "substitute"))
    present = str(room.students()[0].id)
    form = {"tour": "mill-tour", "present": present} if how == "whole" else {}
    assert substitute.post(f"/classes/{room.slug}/{how}", data=form).status_code == 302
    walker = Walker(substitute)
    begin(walker)
    return walker


def begin(walker: Walker) -> None:
    """Something is found on the teacher's computer."""
    assert walker.open("hall").status_code == 200
    assert walker.find("meal", opened=True).status_code == 200


def close_link(room: Room) -> None:
    """The teacher closes the only link."""
    db.session.rollback()
    link = db.session.scalars(select(TeacherLink.token_hash)).one()
    assert room.act(f"links/{link}/close").status_code in (302, 303)
    db.session.rollback()  # what was read before is not what is there now


@pytest.mark.parametrize("how", PLAYS)
def test_a_substitute_whose_link_is_closed_plays_no_more(mill: Flask, room: Room, how: str) -> None:
    walker = substitute_plays(mill, room, how)
    before = room.state()["finds"]
    close_link(room)
    assert walker.find("gauge", answer=["1"]).status_code == 409
    assert room.state()["finds"] == before
    assert place_in(session_of(walker.client)) is None


@pytest.mark.parametrize("how", PLAYS)
def test_a_substitute_plays_until_the_day_ends(mill: Flask, room: Room, how: str) -> None:
    walker = substitute_plays(mill, room, how)
    cookie = session_of(walker.client)
    assert place_in(cookie) is not None
    with time_machine.travel(now() + timedelta(days=1, hours=2), tick=False):
        assert place_in(cookie) is None


@pytest.mark.parametrize("how", PLAYS)
def test_the_open_line_of_what_is_played_ends_with_the_chair(
    mill: Flask, room: Room, how: str
) -> None:
    """The line hears the class: what the serving process does at each change is asked here."""
    walker = substitute_plays(mill, room, how)
    hello = Hello(classroom=None, room=None, tour=None, scene=None, seq=0)
    rooms = frozenset({f"class:{room.row.id}"})
    ended: list[str] = []
    caller = Caller("here", session_of(walker.client), "fr", hello)
    mill.extensions["lines"] = Lines([Line(caller, rooms)])
    mill.extensions["hang_up"] = ended.append
    standing.look_again(mill, room.row.id)
    standing.look_at_all(mill)
    assert ended == []
    with time_machine.travel(now() + timedelta(days=1, hours=2), tick=False):
        standing.look_at_all(mill)
    assert ended == ["here"]
    close_link(room)
    assert ended == ["here", "here"]


def test_a_teacher_who_leaves_the_board_plays_no_more(room: Room) -> None:
    room.come_in()
    present = str(room.students()[0].id)
    room.act("whole", tour="mill-tour", present=present)
    walker = Walker(room.teacher)
    begin(walker)
    room.act("stand-up")
    assert walker.find("gauge", answer=["1"]).status_code == 409


def test_a_teacher_with_an_account_plays_until_they_log_out(mill: Flask, room: Room) -> None:
    room.come_in()
    claimed(mill, room)
    room.act("whole", tour="mill-tour", present=str(room.students()[0].id))
    walker = Walker(room.teacher)
    begin(walker)
    room.teacher.post("/logout")
    assert walker.find("gauge", answer=["1"]).status_code == 409
