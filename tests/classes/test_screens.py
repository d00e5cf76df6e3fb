"""One machine, several students: who is next, who sits beside, and whose finds these are."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.classes.models import Student, Visitor
from app.core.db import db
from app.core.queries import read
from app.points.ledger import total_of
from tests.classes.room import Room, pseudonym_of, room
from tests.tours.mill import Student as Walker

__all__ = ["room"]


@pytest.fixture(autouse=True)
def _room(room: Room) -> Room:
    return room


def add(walker: Walker, code: str, **form: str) -> TestResponse:
    """A mate types a code at this machine."""
    return walker.client.post("/team", data={"code": code, "back": "/tours/mill-tour/hall"} | form)


def cards(room: Room) -> list[str]:
    """The codes of the students' cards, in the order in which they came."""
    query = select(Visitor.resume_code).join(Student, Student.visitor_id == Visitor.id)
    return list(db.session.scalars(query.where(Student.classroom_id == room.row.id)
                                   .order_by(Student.id)))  # fmt: skip


def boulons(room: Room) -> list[int]:
    """What each student has."""
    db.session.rollback()
    return [total_of(read, student.visitor_id) for student in room.students()]


def names_on(page: TestResponse) -> list[str]:
    """The pseudonyms in the strip of the player."""
    return re.findall(r"<strong data-pseudonym>(.*?)</strong>", page.text)


def session_of(client: FlaskClient) -> dict[str, Any]:
    """What the cookie holds."""
    with client.session_transaction() as session:
        return dict(session)


def test_the_next_student_finds_nothing_of_the_one_before(room: Room) -> None:
    walker = room.come_in()
    assert len(names_on(walker.open())) == 1
    reply = walker.client.post("/next")
    assert reply.location == "/join?next=1"
    assert reply.headers["Clear-Site-Data"] == '"storage"'
    assert "Au suivant" in walker.client.get(reply.location).text
    assert not {"visitor", "grip", "team"} & set(session_of(walker.client))
    assert names_on(walker.open()) == []


def test_a_find_that_waited_is_not_the_next_student_s(room: Room) -> None:
    walker = room.come_in()
    first = room.students()[0].visitor_id
    walker.client.post("/next")
    walker.client.post("/join", data={"code": room.row.code})
    walker.open("hall")
    late = walker.client.post(
        "/tours/mill-tour/hotspots/meal/find",
        json={"opened": True},
        headers={"X-Place": str(first)},
    )
    assert late.status_code == 409
    assert late.get_json()["error"]["code"] == "other_place"
    assert boulons(room) == [0, 0]


def test_a_mate_joins_by_card_and_finds_count_for_both(room: Room) -> None:
    walker, mate = room.come_in(), room.come_in()
    assert add(walker, cards(room)[1]).location == "/tours/mill-tour/hall"
    page = walker.open()
    assert names_on(page) == [student.pseudonym for student in room.students()]
    assert f"{room.students()[1].pseudonym} est avec toi" in page.text
    walker.find("meal", opened=True)
    assert boulons(room) == [1, 1]
    assert pseudonym_of(mate) == room.students()[1].pseudonym


def test_a_mate_is_drawn_while_the_door_is_open_and_gets_a_code_of_their_own(room: Room) -> None:
    walker = room.come_in()
    add(walker, room.row.code)
    page = walker.open()
    assert len(names_on(page)) == len(room.students()) == 2
    code = cards(room)[1]
    assert f"{code[:5]} {code[5:]}" in page.text


def test_behind_a_closed_door_nobody_is_drawn_and_nobody_left_to_knock(room: Room) -> None:
    walker = room.come_in()
    for door in ("knock", "shut"):
        room.act("door", door=door)
        add(walker, room.row.code)
        assert "porte" in walker.open().text
    assert len(room.students()) == 1
    assert room.state()["knocks"] == []


def test_three_are_the_most_at_one_screen_and_nobody_sits_there_twice(room: Room) -> None:
    walker = room.come_in()
    for _ in range(3):
        room.come_in()
    codes = cards(room)
    for code in (codes[0], codes[1], codes[1], codes[2], codes[3]):
        add(walker, code)
    page = walker.open()
    assert len(names_on(page)) == 3
    assert "déjà à cet écran" in page.text
    assert "Trois à un écran" in page.text


def test_codes_of_elsewhere_and_wrong_codes_seat_nobody(room: Room) -> None:
    other = Room(room.app)
    other.come_in()
    walker = room.come_in()
    for code, words in (
        (cards(other)[0], "autre classe"),
        (other.row.code, "autre classe"),
        ("ABCDE FGHJK", "n’ouvre rien"),
    ):
        add(walker, code)
        page = walker.open()
        assert words in page.text
        assert len(names_on(page)) == 1


def test_right_codes_are_never_limited(room: Room) -> None:
    walker = room.come_in()
    room.come_in()
    code, mate = cards(room)[1], room.students()[1].id
    for _ in range(30):
        add(walker, code)
        assert len(names_on(walker.open())) == 2
        walker.client.post(f"/team/{mate}/leave")


def test_a_mate_leaves_and_finds_are_the_others_again(room: Room) -> None:
    walker = room.come_in()
    room.come_in()
    add(walker, cards(room)[1])
    students = room.students()
    walker.client.post(f"/team/{students[1].id}/leave", data={"back": "/tours/mill-tour/hall"})
    assert names_on(walker.open()) == [students[0].pseudonym]
    walker.find("meal", opened=True)
    assert boulons(room) == [1, 0]


def test_the_first_leaves_and_the_mate_goes_on(room: Room) -> None:
    walker = room.come_in()
    room.come_in()
    add(walker, cards(room)[1])
    students = room.students()
    walker.client.post(f"/team/{students[0].id}/leave", data={"back": "/tours/mill-tour/hall"})
    assert names_on(walker.open()) == [students[1].pseudonym]
    walker.find("meal", opened=True)
    assert boulons(room) == [0, 1]


def test_after_the_last_one_comes_the_next_student(room: Room) -> None:
    walker = room.come_in()
    reply = walker.client.post(f"/team/{room.students()[0].id}/leave")
    assert reply.location == "/join?next=1"


def test_nobody_sends_away_who_does_not_sit_here(room: Room) -> None:
    walker = room.come_in()
    room.come_in()
    assert walker.client.post(f"/team/{room.students()[1].id}/leave").status_code == 404
    assert room.app.test_client().post("/team/1/leave").status_code == 404


def test_a_mate_whose_card_is_revoked_sits_here_no_more(room: Room) -> None:
    walker = room.come_in()
    room.come_in()
    add(walker, cards(room)[1])
    room.act(f"students/{room.students()[1].id}/card")
    assert len(names_on(walker.open())) == 1


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere", "/tours//x", "/tours/\\x", "/me"]
)
def test_the_way_back_is_a_scene_and_nothing_else(room: Room, back: str) -> None:
    walker = room.come_in()
    assert add(walker, "", back=back).location == "/welcome"


def test_in_a_class_that_is_over_nobody_joins(room: Room) -> None:
    walker = room.come_in()
    room.come_in()
    room.act("time", time="over")
    add(walker, cards(room)[1])
    page = walker.open()
    assert len(names_on(page)) == 1
    assert "ta page reste à lire" in page.text
