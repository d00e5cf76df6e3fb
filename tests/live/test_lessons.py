"""Lessons, one screen for a class, what a class sees, trying as a student, the report."""

import csv
import io
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import func, select

from app.classes.models import Visitor
from app.core.db import db, now
from app.live.models import Lesson
from tests.classes.room import Room
from tests.tours.mill import Student as Walker
from tours.published import published_tour


def plan(room: Room) -> Lesson:
    """A lesson of 45 minutes."""
    assert room.act("lessons", tour="mill-tour", minutes="45").status_code == 302
    db.session.rollback()
    return db.session.scalars(select(Lesson)).one()


def clock(room: Room, lesson: int, act: str) -> dict[str, Any] | None:
    """What the board's clock is after a press."""
    reply = room.teacher.post(
        f"/classes/{room.slug}/lessons/{lesson}/{act}", headers={"Accept": "application/json"}
    )
    assert reply.status_code == 200, reply.text
    told: dict[str, Any] | None = reply.get_json()["clock"]
    return told


def test_the_page_of_lessons_shows_the_link_that_opens_the_door(room: Room) -> None:
    lesson = plan(room)
    page = room.teacher.get(f"/classes/{room.slug}/lessons")
    assert page.status_code == 200
    assert f"http://localhost/lessons/{lesson.slug}</p>" in page.text
    assert "J’entre" in room.app.test_client().get(f"/lessons/{lesson.slug}").text


def test_a_lesson_is_planned_run_stretched_and_ended(room: Room) -> None:
    lesson = plan(room).id
    with time_machine.travel(now(), tick=False) as clockwork:
        assert clock(room, lesson, "start")["left"] == 5 * 60  # type: ignore[index]  # it runs
        clockwork.shift(60)
        assert clock(room, lesson, "stretch")["left"] == 9 * 60  # type: ignore[index]  # it runs
        assert clock(room, lesson, "next")["step"] == 1  # type: ignore[index]  # it runs
        assert room.row.lesson == lesson
        assert clock(room, lesson, "end") is None
    assert room.state()["time"] == "home"
    assert room.act(f"lessons/{lesson}/stretch").status_code == 409


def test_the_link_of_a_lesson_opens_the_door_as_the_code_does(mill: Flask, room: Room) -> None:
    lesson = plan(room)
    client = mill.test_client()
    assert "J’entre" in client.get(f"/lessons/{lesson.slug}").text
    assert client.post(f"/lessons/{lesson.slug}").location == "/welcome"
    room.act("door", door="shut")
    other = mill.test_client()
    assert "La porte est fermée" in other.get(f"/lessons/{lesson.slug}").text
    assert other.post(f"/lessons/{lesson.slug}").status_code == 403


def test_wrong_plans_are_refused(room: Room) -> None:
    assert room.act("lessons", tour="nowhere", minutes="45").status_code == 422
    assert room.act("lessons", tour="mill-tour", minutes="46").status_code == 422


def test_what_one_screen_finds_counts_for_each_student_present(room: Room) -> None:
    reply = room.act("whole", tour="mill-tour", more="3")
    assert reply.location == "/tours/mill-tour"
    screen = Walker(room.teacher)
    assert "joue pour 3" in screen.open("hall").text
    assert screen.find("meal", opened=True).status_code == 200
    state = room.state()
    assert [student["points"] for student in state["students"]] == [1, 1, 1]
    room.act("whole/end")
    assert "joue pour" not in screen.open("hall").text


def test_a_hotspot_that_is_switched_off_is_not_there_for_this_class_alone(room: Room) -> None:
    walker = room.come_in()
    content = published_tour("mill-tour")
    shown = [f"mill-tour/{h.slug}" for h in content.finds if h.slug != "meal"]
    room.teacher.post(f"/classes/{room.slug}/tours/mill-tour/hotspots", data={"shown": shown})
    assert walker.find("meal", opened=True).status_code == 404
    assert 'id="hotspot-meal"' not in walker.open("hall").text
    stranger = Walker(room.app.test_client())
    assert 'id="hotspot-meal"' in stranger.open("hall").text


def test_the_card_of_a_tour_has_the_answers_for_its_teacher(room: Room) -> None:
    page = room.teacher.get(f"/classes/{room.slug}/tours/mill-tour").text
    assert "Option 1" in page
    assert "Parce que." in page


def test_a_trial_leaves_no_trace(room: Room) -> None:
    db.session.rollback()
    before = db.session.scalar(select(func.count()).select_from(Visitor))
    room.act("try")
    walker = Walker(room.teacher)
    assert "Vous essayez comme élève" in walker.open("hall").text
    assert walker.find("meal", opened=True).status_code == 200
    assert room.state()["points"] == 0
    room.act("try/end")
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Visitor)) == before


def test_the_report_counts_the_class_first_and_reads_in_a_spreadsheet(room: Room) -> None:
    with time_machine.travel(now(), tick=False):  # minutes are counted
        one, two = room.come_in(), room.come_in()
        one.find("meal", opened=True)
        one.answer("gauge")
        two.answer("gauge", "3")
    sheet = room.teacher.get(f"/classes/{room.slug}/report.csv").data
    assert sheet.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(sheet.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == "Toute la classe"
    assert rows[1][2:] == ["2", "2", "2", "1", "0", "2", "4"]
    assert "ce n’est pas une note" in rows[-1][0]


def test_cards_are_printed_without_labels(room: Room) -> None:
    room.come_in()
    page = room.teacher.get(f"/classes/{room.slug}/cards").text
    assert room.students()[0].pseudonym in page
    assert "<svg" in page
