"""Pages answer 304 while nothing changed, and never show what is not theirs."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.core.writer import write
from app.people.accounts import hash_password, put_account
from tests.tours.mill import Student, read_told
from tours.publishing import unpublish_tour
from tours.withdrawing import withdraw_scene

PAGES = ("/", "/tours/mill-tour", "/tours/mill-tour/hall", "/tours/mill-tour/end")


@pytest.mark.parametrize("path", PAGES)
def test_a_second_visit_is_not_sent_again(student: Student, path: str) -> None:
    first = student.client.get(path)
    tag = first.headers["ETag"]
    again = student.client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag


@pytest.mark.parametrize("path", PAGES)
def test_a_find_a_language_or_a_version_makes_it_stale(student: Student, path: str) -> None:
    def is_fresh(tag: str) -> bool:
        return student.client.get(path, headers={"If-None-Match": tag}).status_code == 304

    before = student.client.get(path).headers["ETag"]
    student.find("meal", opened=True)
    assert not is_fresh(before)
    found = student.client.get(path).headers["ETag"]
    student.client.post("/language/en")
    assert not is_fresh(found)


def test_opening_another_place_makes_the_page_stale(student: Student) -> None:
    paths = ("/tours/mill-tour", "/tours/mill-tour/hall")
    before = {path: student.client.get(path).headers["ETag"] for path in paths}
    student.open("attic")
    for path, tag in before.items():
        assert student.client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_a_place_shows_again_the_view_that_was_left(student: Student) -> None:
    before = student.open("hall").headers["ETag"]
    look = {"yaw": 42.0, "pitch": 3.0, "hfov": 80}
    student.client.post("/tours/mill-tour/hall/view", json=look)
    again = student.client.get("/tours/mill-tour/hall", headers={"If-None-Match": before})
    assert again.status_code == 200
    assert read_told(again)["view"] == look


@pytest.mark.parametrize("path", ["/", "/tours/mill-tour"])
def test_a_page_kept_from_another_day_gets_a_token_that_works(mill: Flask, path: str) -> None:
    """A browser forgets its session when it closes, and keeps its pages."""
    mill.config["WTF_CSRF_ENABLED"] = True
    tag = mill.test_client().get(path).headers["ETag"]
    tomorrow = mill.test_client()
    page = tomorrow.get(path, headers={"If-None-Match": tag})
    assert page.status_code == 200
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token is not None
    reply = tomorrow.post("/tours/mill-tour/start", data={"csrf_token": token[1]})
    assert reply.status_code == 302


def test_another_visitor_never_gets_the_page_of_the_first(
    student: Student, new_student: Callable[[], Student]
) -> None:
    tag = student.open().headers["ETag"]
    other = new_student()
    other.open()
    reply = other.client.get("/tours/mill-tour/hall", headers={"If-None-Match": tag})
    assert reply.status_code == 200


def test_a_draft_is_a_404_for_everybody_else(mill: Flask, student: Student) -> None:
    unpublish_tour("mill-tour")
    for path in PAGES[1:]:
        assert student.client.get(path).status_code == 404
    assert student.find("meal", opened=True).status_code == 404
    assert "Moulin" not in student.client.get("/").text


def test_a_draft_is_walked_by_its_author_with_its_files(mill: Flask, student: Student) -> None:
    unpublish_tour("mill-tour")
    hashed = hash_password("a long password")
    write(lambda tx: put_account(tx, "o@example.org", "O", "organiser", hashed))
    staff = mill.test_client()
    staff.post("/login", data={"email": "o@example.org", "password": "a long password"})
    page = staff.get("/tours/mill-tour/hall")
    assert page.status_code == 200
    base = read_told(page)["tiles"]["base"]
    assert base.startswith("/tours/mill-tour/media/")
    tile = staff.get(f"{base}/1/f0_0.jpg")
    assert (tile.status_code, tile.mimetype) == (200, "image/jpeg")
    assert "private" in tile.headers["Cache-Control"]
    assert student.client.get(f"{base}/1/f0_0.jpg").status_code == 404
    assert staff.get(f"{base}/meta.json").status_code == 404


def test_a_withdrawn_scene_keeps_boulons_and_loses_its_tiles(mill: Flask, student: Student) -> None:
    student.answer("gauge")
    base = student.told()["tiles"]["base"]
    assert student.client.get(f"{base}/1/f0_0.jpg").status_code == 200
    withdraw_scene("mill-tour", "hall")
    assert student.client.get(f"{base}/1/f0_0.jpg").status_code == 404
    page = student.open().text
    assert "retirée par l’usine" in page
    assert ("hotspot-gauge" in page, "hotspot-belt" in page) == (True, False)
    assert student.find("belt", answer=["1"]).status_code == 404
    student.open("attic")
    assert student.find("stone", opened=True).json["total"] == 4  # type: ignore[index]  # JSON


def test_every_page_speaks_both_languages(student: Student) -> None:
    assert "La halle" in student.open().text
    student.client.post("/language/en")
    page = student.open().text
    assert "The hall" in page
    assert '<html lang="en"' in page


def test_where_one_looked_is_where_one_resumes(student: Student) -> None:
    assert (
        student.client.post(
            "/tours/mill-tour/hall/view", json={"yaw": 33.5, "pitch": 4, "hfov": 80}
        ).status_code
        == 204
    )
    assert '"yaw":33.5' in student.open().text
    student.open("attic")
    assert "/tours/mill-tour/attic" in student.client.get("/tours/mill-tour").text


def test_the_place_opens_on_another_machine_by_its_code(
    mill: Flask, student: Student, new_student: Callable[[], Student]
) -> None:
    student.find("meal", opened=True)
    page = student.client.get("/me").text
    code = re.findall(r"[2-9A-Z]{5} [2-9A-Z]{5}", page)[0]
    other = new_student()
    assert other.client.post("/join", data={"code": "AAAAA AAAAA"}).status_code == 422
    assert other.client.post("/join", data={"code": code.lower()}).status_code == 302
    assert other.find("meal", opened=True).json["total"] == 1  # type: ignore[index]  # JSON


def test_forgetting_erases_everything(mill: Flask, student: Student) -> None:
    student.find("meal", opened=True)
    student.answer("gauge")
    student.client.post("/me/forget", data={"sure": "yes"})
    assert student.find("meal", opened=True).status_code == 409
