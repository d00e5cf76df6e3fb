"""One form lets one student in, however often and however fast it is sent."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from app.core.db import now
from tests.classes.room import Room
from tests.classes.test_waiting import copy_of

PAGES = ["/", "/join", "/{code}"]


def form_of(browser: FlaskClient, room: Room, page: str = "/join") -> dict[str, str]:
    """The form of a page as its browser sends it."""
    text = browser.get(page.format(code=room.row.code)).text
    found = re.search(r'name="once" value="([0-9a-f]+-[0-9a-f]{16})"', text)
    assert found is not None
    return {"code": room.row.code, "once": found[1]}


def visitor_of(browser: FlaskClient) -> int | None:
    """Whose place a browser holds."""
    with browser.session_transaction() as session:
        return session.get("visitor")


@pytest.mark.parametrize("page", PAGES)
def test_a_form_that_is_sent_twice_with_one_cookie_makes_one_student(room: Room, page: str) -> None:
    browser = room.app.test_client()
    form = form_of(browser, room, page)
    tabs = [copy_of(browser) for _ in range(8)]
    start = threading.Barrier(len(tabs))

    def send(tab: FlaskClient) -> None:
        start.wait()
        assert tab.post("/join", data=form).location == "/welcome"

    threads = [threading.Thread(target=send, args=(tab,)) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(room.students()) == 1
    assert {visitor_of(tab) for tab in tabs} == {room.students()[0].visitor_id}
    assert room.row.joined == 1


def test_the_last_one_expected_comes_in_though_the_door_has_closed_behind_them(room: Room) -> None:
    browser = room.app.test_client()
    room.act("door", door="open", expected="1")
    form = form_of(browser, room)
    again = copy_of(browser)
    assert browser.post("/join", data=form).location == "/welcome"
    assert again.post("/join", data=form).location == "/welcome"


def test_a_form_that_is_sent_twice_knocks_once(room: Room) -> None:
    room.act("door", door="knock")
    browser = room.app.test_client()
    form = form_of(browser, room)
    again = copy_of(browser)
    for tab in (browser, again):
        assert tab.post("/join", data=form).location == "/wait"
    (waiting,) = room.state()["knocks"]
    room.act(f"knocks/{waiting['id']}", answer="let_in")
    assert again.get("/wait").location == "/welcome"


def test_the_next_student_at_a_machine_is_somebody_else_with_the_same_page_too(room: Room) -> None:
    """A browser that goes back shows the page again with the form that was sent."""
    browser = room.app.test_client()
    form = form_of(browser, room)
    browser.post("/join", data=form)
    first = visitor_of(browser)
    browser.post("/next")
    assert browser.post("/join", data=form).location == "/welcome"
    assert visitor_of(browser) not in (None, first)
    assert len(room.students()) == 2


def test_machines_that_are_copies_of_one_another_are_different_students(room: Room) -> None:
    """Schools clone a machine with its cookies, and with pages that its browser has kept."""
    browser = room.app.test_client()
    form = form_of(browser, room)
    with time_machine.travel(now() + timedelta(hours=1)):
        room.act("door", door="open")
        for machine in [copy_of(browser) for _ in range(3)]:
            assert machine.post("/join", data=form).location == "/welcome"
        for machine in [copy_of(browser) for _ in range(3)]:
            assert machine.post("/join", data=form_of(machine, room)).location == "/welcome"
    assert len(room.students()) == 6


@pytest.mark.parametrize("act", ["card", "remove"])
def test_a_place_that_was_closed_is_not_found_again_by_its_form(room: Room, act: str) -> None:
    browser = room.app.test_client()
    form = form_of(browser, room)
    old = copy_of(browser)
    browser.post("/join", data=form)
    closed = room.students()[0]
    number, visitor = closed.id, closed.visitor_id
    room.act(f"students/{number}/{act}")
    assert old.post("/join", data=form).location == "/welcome"
    assert visitor_of(old) not in (None, visitor)


@pytest.mark.parametrize("once", ["", "x", "0-" + "0" * 16, "f" * 10 + "-" + "0" * 16, "é" * 400])
def test_what_no_page_of_ours_holds_is_a_form_of_its_own(room: Room, once: str) -> None:
    browser = room.app.test_client()
    browser.get("/join")
    for tab in (copy_of(browser), copy_of(browser)):
        assert tab.post("/join", data={"code": room.row.code, "once": once}).location == "/welcome"
    assert len(room.students()) == 2


def test_the_teacher_sends_everybody_away_who_knocks(room: Room) -> None:
    room.act("door", door="knock")
    waiting = [room.enter()[0].client for _ in range(3)]
    assert "N’ouvrir à personne" in room.teacher.get(f"/classes/{room.slug}").text
    room.act("knocks", answer="refuse")
    assert room.state()["knocks"] == []
    assert room.students() == []
    assert all("La porte reste fermée" in one.get("/wait").text for one in waiting)
