"""What a browser may keep of the site: tours and the lobby; nothing that tells who is who."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.classes.room import Room
from tests.classes.staff import log_in

ADULTS = {
    "teacher": ["/account", "/sessions", "/sessions/invite", "/questions", "/classes"],
    "professional": ["/professionals/me", "/professionals/me/photos", "/account"],
    "author": ["/workshop", "/account"],
    "moderator": ["/organisers/sessions", "/sessions"],
    "organiser": ["/organisers/people", "/organisers/approvals", "/workshop"],
}


def kept(browser: FlaskClient, path: str) -> str:
    """What a browser is told about keeping a page."""
    reply = browser.get(path)
    assert reply.status_code == 200, path
    return str(reply.headers["Cache-Control"])


@pytest.mark.parametrize(
    "page", ["", "/cards", "/names", "/links", "/settings", "/report", "/poster", "/lessons"]
)
def test_pages_of_a_class_are_kept_by_no_browser(room: Room, page: str) -> None:
    room.come_in()
    assert kept(room.teacher, f"/classes/{room.slug}{page}") == "no-store"


@pytest.mark.parametrize("page", ["/welcome", "/me", "/me/data", "/key", "/classes/open", "/login"])
def test_neither_are_pages_of_a_student_nor_doors_of_adults(room: Room, page: str) -> None:
    assert kept(room.come_in().client, page) == "no-store"


@pytest.mark.parametrize("role", ADULTS)
def test_neither_are_pages_of_the_staff(mill: Flask, role: str) -> None:
    browser = mill.test_client()
    log_in(mill, browser, role, role)
    assert {path: kept(browser, path) for path in ADULTS[role]} == dict.fromkeys(
        ADULTS[role], "no-store"
    )


def test_nor_is_a_refusal_to_show_them(mill: Flask, room: Room) -> None:
    reply = mill.test_client().get(f"/classes/{room.slug}/cards")
    assert (reply.status_code, reply.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("page", ["/", "/tours/mill-tour", "/tours/mill-tour/hall", "/privacy"])
def test_tours_and_the_lobby_are_kept_and_checked(room: Room, page: str) -> None:
    """They are what thirty students open at once, and come back to."""
    reply = room.come_in().client.get(page, follow_redirects=True)
    assert reply.headers["Cache-Control"] == "private, no-cache"
