"""Whoever erases a place, and why: its open pages close, and the class's papers go."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.classes.erasing import erase_classroom
from app.classes.events import Erased, PlaceClosed
from app.classes.visitors import KEPT_DAYS, purge_visitors
from app.core.db import db
from tests.classes.room import Room
from tests.classes.test_erasing import make_paper, travelling


@pytest.fixture
def closed(mill: Flask) -> list[int]:
    """Visitors whose places are said to be closed."""
    heard: list[int] = []
    hear = mill.extensions["events"].subscribe
    hear(PlaceClosed, lambda told: heard.append(told.visitor_id))
    return heard


def test_who_forgets_themselves_leaves_no_paper_and_no_open_page(
    mill: Flask, room: Room, closed: list[int]
) -> None:
    walker = room.come_in()
    room.come_in()
    mine = room.students()[0].visitor_id
    paper = make_paper(mill, room)
    told: list[int] = []
    mill.extensions["events"].subscribe(Erased, lambda event: told.append(event.classroom_id))
    assert walker.client.post("/me/forget", data={"sure": "yes"}).status_code == 302
    assert closed == [mine]
    assert told == [room.row.id]
    assert not paper.exists()
    assert len(room.students()) == 1
    assert room.row.gone_students == 1


def test_a_visitor_without_a_class_is_let_go_too(
    mill: Flask, closed: list[int], new_student: Callable[[], Any]
) -> None:
    walker = new_student()
    walker.open("hall")
    walker.client.post("/me/forget", data={"sure": "yes"})
    assert len(closed) == 1


def test_the_purge_closes_the_places_that_nobody_has_opened(
    mill: Flask, new_student: Callable[[], Any], closed: list[int]
) -> None:
    new_student().open("hall")
    db.session.rollback()  # what was read before is not what is there now
    with travelling(days=KEPT_DAYS + 1):
        assert purge_visitors(mill.extensions["privacy"]) == 1
    assert len(closed) == 1


def test_an_erased_class_closes_the_computer_that_plays_for_it(
    mill: Flask, room: Room, closed: list[int]
) -> None:
    room.come_in()
    student = room.students()[0]
    number, sits = student.id, student.visitor_id
    room.act("whole", tour="mill-tour", present=str(number))
    classroom, plays = room.row.id, room.row.visitor_id
    erase_classroom(mill.extensions["privacy"], classroom)
    assert closed == [sits, plays]
