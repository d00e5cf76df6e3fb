"""Every page of a class for everybody else: a 404, and nothing changed.

The routes come from the app's table: one that names a class and has no rule here fails the test.
"""

import pytest
from flask import Flask
from sqlalchemy import select

from app.classes.models import Classroom, Knock, Student, TeacherLink
from app.core.db import db
from app.live.models import Lesson, ObjectBuild
from app.live.realtime import HANDLERS
from tests.classes.roles import (
    LABELS,
    OTHERS,
    SIDE,
    TEACHERS,
    address,
    become,
    routes_of,
    things_of,
)
from tests.classes.room import Room
from tests.classes.staff import make_link

RULES = {
    "live.board": SIDE, "live.heat": SIDE, "live.heat_of": SIDE, "live.poster": SIDE,
    "live.poster_qr": SIDE, "live.lead_from_start": SIDE, "live.lead_in": SIDE,
    "live.tour_card": SIDE, "live.try_tour": SIDE, "live.end_trial": SIDE, "live.whole": SIDE,
    "live.play_whole": SIDE, "live.end_whole": SIDE, "live.lessons": SIDE, "live.run_lesson": SIDE,
    "classes.change_door": SIDE, "classes.change_code": SIDE, "classes.open_to": SIDE,
    "classes.open_to_all": SIDE, "classes.leave_board": SIDE,
    "live.quiz": SIDE, "live.start_quiz": SIDE, "live.move_quiz": SIDE,
    "classes.names": LABELS,
    "live.plan": TEACHERS, "live.delete_lesson": TEACHERS, "live.choose_hotspots": TEACHERS,
    "live.cards": TEACHERS, "live.ask_for_paper": TEACHERS, "live.paper": TEACHERS,
    "live.paper_file": TEACHERS, "live.report": TEACHERS, "live.report_csv": TEACHERS,
    "live.class_links": TEACHERS, "live.make_link": TEACHERS, "live.close_link": TEACHERS,
    "classes.change_time": TEACHERS, "classes.change_one": TEACHERS,
    "classes.keep_names": TEACHERS, "classes.read_list": TEACHERS, "classes.settings": TEACHERS,
    "pages.class_quiz": TEACHERS,
    "classes.claim_class": TEACHERS, "classes.change_key": TEACHERS,
    "classes.leave_class": TEACHERS, "classes.erase_class": TEACHERS,
    "classes.erase_one_student": TEACHERS, "pages.student_data": TEACHERS,
    "pages.student_file": TEACHERS,
}  # fmt: skip
"""Who may ask for what; a teacher's account or key, a substitute's link, the teacher's phone."""
EVENTS = {"at", "state", "lead", "lead_take", "lead_view", "quiz_answer"}
"""tests/live/test_lead.py, test_line_matrix.py and test_realtime.py ask them for others; a new one
belongs there too."""

ROOM_EVENTS = {
    "ask", "reword", "withdraw", "near", "vote", "report", "answer", "word", "claim", "release",
    "ask_for_class", "stand_in", "still_here", "put_off", "show", "decide",
    "approve_all", "room_mode", "alert", "alarm_seen", "catch_up", "allow_views", "turn_views",
}  # fmt: skip
"""Those of a chat: tests/live/chat/test_room_matrix.py."""


def kept(room: Room) -> list[object]:
    """All rows of a class, to see whether anything was changed."""
    number = room.row.id
    rows: list[object] = []
    for model in (Classroom, Student, Knock, Lesson, TeacherLink, ObjectBuild):
        table = model.__table__
        column = table.c.id if model is Classroom else table.c.classroom_id
        rows += sorted(map(str, db.session.execute(select(table).where(column == number))))
    return rows


def test_every_route_of_a_class_has_a_rule(mill: Flask) -> None:
    named = {rule.endpoint for rule, _method in routes_of(mill)}
    assert named == set(RULES), "say in RULES who may ask for it"
    assert set(HANDLERS) == EVENTS | ROOM_EVENTS, "test the event for others, then name it here"


@pytest.mark.parametrize("who", OTHERS)
def test_a_class_does_not_exist_for_others(class_of: Room, who: str) -> None:
    client, things = become(who, class_of), things_of(class_of)
    before = kept(class_of)
    for rule, method in routes_of(class_of.app):
        reply = client.open(address(rule, class_of, things), method=method)
        assert reply.status_code == 404, (rule, method)
    assert kept(class_of) == before


@pytest.mark.parametrize("who", sorted(SIDE))
def test_those_of_the_teachers_side_have_what_their_chair_gives(class_of: Room, who: str) -> None:
    client, things = become(who, class_of), things_of(class_of)
    for rule, method in routes_of(class_of.app):
        if who not in RULES[rule.endpoint]:
            before = kept(class_of)
            reply = client.open(address(rule, class_of, things), method=method)
            assert reply.status_code == 404, (rule, method)
            assert kept(class_of) == before, (rule, method)
        elif method == "GET" and "token" not in rule.arguments:
            reply = client.open(address(rule, class_of, things), method=method)
            assert reply.status_code == 200 or class_of.slug in (reply.location or ""), rule


@pytest.mark.parametrize("who", ["keyed", "account"])
def test_a_teacher_reaches_nothing_of_another_class_through_their_own(
    class_of: Room, who: str
) -> None:
    """The address names their class, but another's student, knock, lesson or link."""
    other = Room(class_of.app)
    client, foreign = become(who, other), things_of(class_of)
    before = kept(class_of)
    for rule, method in routes_of(class_of.app):
        if set(foreign) & rule.arguments:
            reply = client.open(address(rule, other, foreign), method=method)
            assert reply.status_code == 404, (rule, method)
    assert kept(class_of) == before


ALONE = {
    "classes.door_of_class", "classes.card", "classes.leave_team", "live.link", "live.follow_link",
    "live.lesson_door", "live.enter_lesson",
}  # fmt: skip
"""Routes that name something of a class without naming the class: what they name must open."""
OF_CLASSES = ("app.classes.", "app.live.sharing", "app.live.lesson_pages")


def test_every_route_of_something_of_a_class_is_asked_for_another_s(mill: Flask) -> None:
    named = {
        rule.endpoint
        for rule in mill.url_map.iter_rules()
        if rule.arguments and "slug" not in rule.arguments
        if mill.view_functions[rule.endpoint].__module__.startswith(OF_CLASSES)
    }
    assert named == ALONE, "ask the new route for another class's object, then name it here"


@pytest.mark.parametrize("who", [*OTHERS, *sorted(SIDE)])
def test_what_one_may_know_of_a_class_opens_nothing_of_it(class_of: Room, who: str) -> None:
    """Numbers of rows, hashes and names in addresses are no links; no seat is left by others."""
    client, things = become(who, class_of), things_of(class_of)
    before, numbers = kept(class_of), (things["lesson"], things["link"], class_of.slug, "t" * 43)
    for number in numbers:
        for method in ("GET", "POST"):
            assert client.open(f"/links/{number}", method=method).status_code == 410, number
            assert client.open(f"/lessons/{number}", method=method).status_code == 404, number
    assert client.post(f"/team/{things['student']}/leave").status_code == 404
    assert client.get(f"/{class_of.slug[:6]}").status_code in (404, 422)
    assert kept(class_of) == before


@pytest.mark.parametrize("who", ["stranger", "keyed elsewhere", "account elsewhere"])
def test_a_link_gives_its_own_class_and_no_other(class_of: Room, who: str) -> None:
    other = Room(class_of.app)
    client, before = become(who, class_of), kept(other)
    link = make_link(class_of, "substitute")
    lesson = db.session.scalars(select(Lesson.slug)).one()
    assert client.post(link).location == f"/classes/{class_of.slug}"
    assert client.get(f"/classes/{other.slug}").status_code == 404
    assert client.get(f"/classes/{class_of.slug}/settings").status_code == 404
    class_of.act("door", door="open")
    seats = len(class_of.students())
    assert client.post(f"/lessons/{lesson}").location == "/welcome"
    assert len(class_of.students()) == seats + 1
    assert kept(other) == before


def test_a_lesson_that_was_taken_back_has_no_door(class_of: Room) -> None:
    db.session.rollback()
    lesson = db.session.scalars(select(Lesson)).one()
    number, slug = lesson.id, lesson.slug
    class_of.act(f"lessons/{number}/delete")
    for method in ("GET", "POST"):
        reply = class_of.app.test_client().open(f"/lessons/{slug}", method=method)
        assert reply.status_code == 404
