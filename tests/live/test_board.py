"""The board's snapshot: what it says of the class, who may be stuck, and what stays out of it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.classes.chairs import CHAIRS
from app.classes.classrooms import hash_key
from app.classes.models import Classroom, Student, TeacherLink
from app.classes.places import VISITOR
from app.core.db import now
from app.core.writer import write
from app.live.models import ObjectBuild
from app.live.presence import WHERE, PageState, Whereabouts, class_room, note_state, seated
from app.live.realtime import Caller, Hello, Line, Lines
from tests.classes.room import Room

START = "2026-11-26 10:00:00+00:00"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still."""
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def show(mill: Flask) -> Iterator[Callable[..., Caller]]:
    """Open lines: a student's page as the serving process knows it."""
    lines = Lines()
    mill.extensions["lines"] = lines

    def open_line(student: Student, **where: Any) -> Caller:
        sid = f"line-{len(list(lines))}"
        caller = Caller(
            sid, {VISITOR: student.visitor_id}, "fr", Hello(classroom=None, tour=None, scene=None)
        )
        lines.add(Line(caller, frozenset({class_room(student.classroom_id)})))
        WHERE[sid] = Whereabouts("mill-tour", "hall", **where)
        return caller

    yield open_line
    for line in lines:
        WHERE.pop(line.caller.sid, None)
    del mill.extensions["lines"]


def quiet_of(room: Room) -> list[int | None]:
    """For how long each student has not moved."""
    return [student["quiet"] for student in room.state()["students"]]


def test_the_board_tells_what_is_found_of_how_much_and_the_latest_first(room: Room) -> None:
    first, second = room.come_in(), room.come_in()
    first.find("meal", opened=True)
    first.open("attic")
    first.find("stone", opened=True)
    second.find("meal", opened=True)
    state = room.state()
    assert (state["joined"], state["expected"], state["discovered"]) == (2, 30, 2)
    assert state["of"] > 2
    assert sorted(student["in_tour"] for student in state["students"]) == [1, 2]
    latest = state["latest"]
    assert [(one["id"], one["students"]) for one in latest] == [
        ("hotspot:mill-tour/meal", 2),
        ("hotspot:mill-tour/stone", 1),
    ]
    second_name = room.students()[1].pseudonym
    assert latest[0]["by"] == second_name
    assert latest[0]["title"]["fr"]
    page = room.teacher.get(f"/classes/{room.slug}").text
    assert f"{second_name} et 1 autre" in page


def test_hotspots_that_are_switched_off_are_not_to_be_found(room: Room) -> None:
    before = room.state()["of"]
    shown = [f"mill-tour/{slug}" for slug in ("meal", "stone")]
    room.teacher.post(f"/classes/{room.slug}/tours/mill-tour/hotspots", data={"shown": shown})
    assert 0 < room.state()["of"] < before


def test_who_is_still_for_three_minutes_before_a_page_in_front_is_quiet(
    clock: time_machine.Traveller, room: Room, show: Callable[..., Caller]
) -> None:
    room.come_in()
    assert quiet_of(room) == [None], "nobody who is away is stuck"
    caller = show(room.students()[0])
    clock.shift(timedelta(minutes=4))
    assert quiet_of(room) == [240]
    with room.app.app_context():
        seat = seated(caller)[1]
        note_state((caller, seat), PageState(visible=True, playing=True))
        assert quiet_of(room) == [None], "whoever watches a film is not stuck"
        clock.shift(timedelta(minutes=4))
        note_state((caller, seat), PageState(visible=True, playing=False))
    clock.shift(timedelta(seconds=20))
    assert quiet_of(room) == [20], "the film's minutes do not count"


def test_a_find_and_a_move_are_signs_of_life(
    clock: time_machine.Traveller, room: Room, show: Callable[..., Caller]
) -> None:
    walker = room.come_in()
    show(room.students()[0])
    clock.shift(timedelta(minutes=5))
    walker.find("meal", opened=True)
    clock.shift(timedelta(seconds=30))
    assert quiet_of(room) == [30]


@pytest.mark.usefixtures("clock")
def test_of_two_pages_the_one_in_front_counts(room: Room, show: Callable[..., Caller]) -> None:
    room.come_in()
    student = room.students()[0]
    show(student, is_visible=True)
    show(student, is_visible=False)
    assert quiet_of(room) == [0]


def test_labels_are_in_no_snapshot_and_open_with_the_teacher_s_view(room: Room) -> None:
    room.come_in()
    student = room.students()[0]
    number = student.id
    write(lambda tx: setattr(tx.session.get_one(Student, number), "label", "Zébulon"))
    assert "Zébulon" not in str(room.state())
    page = room.teacher.get(f"/classes/{room.slug}").text
    assert 'data-view="projector"' in page
    assert "Zébulon" not in re.sub(
        r'<script[^>]*id="labels".*?</script>', "", page, flags=re.DOTALL
    )
    page = room.teacher.get(f"/classes/{room.slug}?view=teacher").text
    assert 'data-view="teacher"' in page
    assert "data-label >Zébulon" in page


@pytest.mark.parametrize(
    ("purpose", "view", "sees"), [("phone", "teacher", True), ("substitute", "projector", False)]
)
def test_the_paired_phone_opens_in_the_teacher_s_view(
    room: Room, purpose: str, view: str, sees: bool
) -> None:
    room.come_in()
    classroom, student = room.row.id, room.students()[0].id
    link = TeacherLink(
        token_hash=hash_key("token"),
        classroom_id=classroom,
        purpose=purpose,
        starts_at=now(),
        expires_at=now() + timedelta(hours=1),
        created_at=now(),
    )
    write(lambda tx: tx.session.add(link))
    write(lambda tx: setattr(tx.session.get_one(Student, student), "label", "Zébulon"))
    client = room.app.test_client()
    with client.session_transaction() as session:
        session[CHAIRS] = {room.slug: "link:token"}
    page = client.get(f"/classes/{room.slug}").text
    assert f'data-view="{view}"' in page
    assert ("Zébulon" in page) is sees


def test_whom_one_removes_may_come_back(room: Room) -> None:
    room.come_in()
    student = room.students()[0]
    number, name = student.id, student.pseudonym
    room.act(f"students/{number}/remove")
    page = room.teacher.get(f"/classes/{room.slug}").text
    assert f"{name} n’est plus dans la classe." in page
    room.act(f"students/{number}/restore")
    assert room.state()["joined"] == 1
    page = room.teacher.get(f"/classes/{room.slug}").text
    assert f"{name} n’est plus dans la classe." not in page


def test_all_who_knock_are_let_in_at_once(open_room: Callable[..., Room]) -> None:
    room = open_room(expected=1)
    room.come_in()
    for _ in range(2):
        room.enter()
    assert len(room.state()["knocks"]) == 2
    room.act("knocks")
    state = room.state()
    assert (len(state["knocks"]), state["joined"], state["expected"]) == (0, 3, 1)


def test_the_board_says_that_the_lesson_has_ended_and_until_when(
    clock: time_machine.Traveller, room: Room
) -> None:
    room.act("time", time="home", until="2026-12-02")
    assert (room.state()["time"], room.state()["until"]) == ("home", "2026-12-02")
    page = room.teacher.get(f"/classes/{room.slug}").text
    assert "La leçon est finie." in page
    assert "2 décembre 2026" in page
    room.act("time", time="over")
    assert "La classe est finie" in room.teacher.get(f"/classes/{room.slug}").text


def test_a_lesson_that_nobody_ended_goes_on_at_home_for_two_weeks(
    clock: time_machine.Traveller, room: Room
) -> None:
    number, started = room.row.id, room.row.timed_at
    write(lambda tx: setattr(tx.session.get_one(Classroom, number), "erase_at",
                             started + timedelta(days=60)))  # fmt: skip
    clock.move_to(started + timedelta(days=1))
    state = room.state()
    assert state["time"] == "home"
    assert state["until"] == (started + timedelta(days=14)).date().isoformat()


def test_the_board_is_told_when_its_door_closes_by_itself(
    clock: time_machine.Traveller, room: Room
) -> None:
    assert (room.state()["door"], room.state()["closes_in"]) == ("open", 600)
    clock.shift(timedelta(minutes=9, seconds=59.5))
    assert (room.state()["door"], room.state()["closes_in"]) == ("open", 1)
    clock.shift(timedelta(seconds=1))
    assert (room.state()["door"], room.state()["closes_in"]) == ("knock", None)
    room.act("door", door="shut")
    assert room.state()["closes_in"] is None


def test_no_board_promises_a_day_on_which_its_class_is_gone(
    clock: time_machine.Traveller, room: Room
) -> None:
    room.act("time", time="home")
    assert room.state()["until"] == "2026-12-03", "seven days without an account"


def test_the_poster_shows_the_code_that_is_now(room: Room) -> None:
    page = room.teacher.get(f"/classes/{room.slug}/poster")
    assert room.row.code in page.text
    picture = room.teacher.get(f"/classes/{room.slug}/poster.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    room.act("code")
    assert room.teacher.get(f"/classes/{room.slug}/poster.svg").data != picture.data


@pytest.mark.parametrize("path", ["", "/poster", "/poster.svg", "/heat", "/heat/mill-tour/hall"])
def test_nobody_else_sees_the_board(room: Room, path: str) -> None:
    assert room.come_in().client.get(f"/classes/{room.slug}{path}").status_code == 404


def test_the_object_of_the_class_stands_in_its_lobby_and_in_no_other(
    open_room: Callable[..., Room],
) -> None:
    room, other = open_room(), open_room()
    walker, stranger = room.come_in(), other.come_in()
    number = room.row.id

    def light(parts: int) -> None:
        kept = ObjectBuild(classroom_id=number, tour="mill-tour", parts=parts, present=1)
        write(lambda tx: tx.session.merge(kept))

    first = walker.client.get("/")
    assert "Ta classe" not in first.text
    light(3)
    tag = {"If-None-Match": first.headers["ETag"]}
    page = walker.client.get("/", headers=tag)
    assert page.status_code == 200, "a part that was lit makes the page new"
    assert "Ta classe construit" in page.text
    assert page.text.count("object__part--lit") == 3
    light(7)
    assert "Ta classe a construit" in walker.client.get("/").text
    assert "Ta classe" not in stranger.client.get("/").text
