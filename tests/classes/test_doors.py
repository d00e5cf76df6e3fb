"""The door: a code opens it, never a place; who comes late knocks."""

import re
from collections.abc import Callable
from datetime import timedelta

import time_machine

from app.core.db import now
from tests.classes.room import Room, pseudonym_of


def test_a_code_opens_the_door_however_it_is_typed(room: Room) -> None:
    code = room.row.code
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} "):
        _walker, reply = room.enter(typed)
        assert reply.location == "/welcome"
    assert len({student.pseudonym for student in room.students()}) == 3


def test_the_same_browser_keeps_its_place(room: Room) -> None:
    walker = room.come_in()
    before = pseudonym_of(walker)
    assert walker.client.post("/join", data={"code": room.row.code}).location == "/welcome"
    assert pseudonym_of(walker) == before
    assert len(room.students()) == 1


def test_one_more_than_expected_knocks_and_is_let_in(open_room: Callable[..., Room]) -> None:
    room = open_room(expected=2)
    room.come_in(), room.come_in()
    late, reply = room.enter()
    assert reply.location == "/wait"
    assert "Ton professeur va t’ouvrir" in late.client.get("/wait").text
    (knock,) = room.state()["knocks"]
    assert len(room.students()) == 2
    room.act(f"knocks/{knock['id']}", answer="let_in")
    assert late.client.get("/wait").location == "/welcome"
    assert pseudonym_of(late) == knock["pseudonym"]
    assert room.state()["knocks"] == []


def test_somebody_refused_reads_it_and_gets_no_place(open_room: Callable[..., Room]) -> None:
    room = open_room(expected=1)
    room.come_in()
    late, _reply = room.enter()
    (knock,) = room.state()["knocks"]
    room.act(f"knocks/{knock['id']}", answer="refuse")
    assert "La porte reste fermée" in late.client.get("/wait").text
    assert len(room.students()) == 1


def test_after_ten_minutes_one_knocks_until_the_door_is_opened_anew(room: Room) -> None:
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        assert room.enter()[1].location == "/wait"
        room.act("door", door="open")
        assert room.enter()[1].location == "/welcome"


def test_a_shut_door_says_so(room: Room) -> None:
    room.act("door", door="shut")
    _walker, reply = room.enter()
    assert reply.status_code == 403
    assert "La porte est fermée" in reply.text


def test_a_full_class_says_so(open_room: Callable[..., Room]) -> None:
    room = open_room(expected=60)
    for _turn in range(100):
        if room.row.joined >= 60:
            room.act("door", door="open")
        assert room.enter()[1].location == "/welcome"
    room.act("door", door="open")
    _walker, reply = room.enter()
    assert reply.status_code == 409
    assert "cent élèves" in reply.text


def test_a_full_class_says_so_to_whoever_knocks_and_to_the_teacher_who_opens(
    open_room: Callable[..., Room],
) -> None:
    room = open_room(expected=1)
    room.come_in()
    waiting, reply = room.enter()
    assert reply.location == "/wait"
    (knock,) = room.state()["knocks"]
    for _turn in range(99):
        room.act("door", door="open")
        assert room.enter()[1].location == "/welcome"
    opened = room.act(f"knocks/{knock['id']}", answer="let_in")
    assert (opened.status_code, "cent élèves" in opened.text) == (409, True)
    assert "Ton professeur va t’ouvrir" in waiting.client.get("/wait").text
    _late, reply = room.enter()
    assert (reply.status_code, "cent élèves" in reply.text) == (409, True)


def test_nobody_is_brought_back_into_a_full_class(open_room: Callable[..., Room]) -> None:
    room = open_room(expected=60)
    room.come_in()
    first = room.students()[0].id
    assert room.act(f"students/{first}/remove").status_code == 302
    room.act("whole", tour="mill-tour", more="100")
    refused = room.act(f"students/{first}/restore")
    assert (refused.status_code, "cent élèves" in refused.text) == (409, True)
    other = room.students()[1].id
    assert room.act(f"students/{other}/restore").status_code == 302, "who is there stays there"
    room.act(f"students/{other}/remove")
    assert room.act(f"students/{first}/restore").status_code == 302
    assert room.state()["joined"] == 100


def test_a_class_that_is_over_says_so_at_each_of_its_doors(room: Room) -> None:
    walker = room.come_in()
    room.act("lessons", tour="mill-tour", minutes="45")
    link = re.search(r"/lessons/\w+", room.teacher.get(f"/classes/{room.slug}/lessons").text)
    assert link is not None
    room.act("time", time="over")
    _late, reply = room.enter()
    assert reply.status_code == 403
    assert "Cette classe est terminée\u00a0: sa porte ne s’ouvre plus." in reply.text
    stranger = room.app.test_client()
    for address in (f"/{room.row.code}", link[0]):
        page = stranger.get(address)
        assert "Cette classe est terminée" in page.text
        assert "J’entre" not in page.text
    assert stranger.post(link[0]).status_code == 403
    assert walker.client.post("/join", data={"code": room.row.code}).location == "/welcome"
    assert "reste à lire" in walker.client.get("/welcome").text


def test_too_many_at_a_door_are_told_to_call_their_teacher(room: Room) -> None:
    room.act("door", door="knock")
    assert [room.enter()[1].location for _one in range(60)] == ["/wait"] * 60
    _late, reply = room.enter()
    assert (reply.status_code, "Appelle ton professeur" in reply.text) == (409, True)


def test_a_wrong_code_says_what_to_do(room: Room) -> None:
    for code in ("ZZZZZZ", "Z", "", "é" * 30, "ZZZZZZZZZZ"):
        _walker, reply = room.enter(code or " ")
        assert reply.status_code == 422
        assert "Ce code n’ouvre rien" in reply.text


def test_another_code_makes_the_old_one_useless(room: Room) -> None:
    old = room.row.code
    room.act("code")
    assert room.enter(old)[1].status_code == 422
    assert room.enter()[1].location == "/welcome"


def test_thirty_from_one_address_are_never_refused(room: Room) -> None:
    assert [room.enter()[1].location for _one in range(30)] == ["/welcome"] * 30


def test_a_student_draws_again_twice_at_most(room: Room) -> None:
    walker = room.come_in()
    names = {pseudonym_of(walker)}
    for _draw in range(2):
        assert walker.client.post("/welcome/redraw").status_code == 302
        names.add(pseudonym_of(walker))
    assert len(names) == 3
    assert walker.client.post("/welcome/redraw").status_code == 409
