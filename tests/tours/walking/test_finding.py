"""A find counts once, needs its evidence, and a scene that was opened."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.points.models import Entry
from tests.tours.mill import Student


def points() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.coalesce(func.sum(Entry.points), 0))) or 0


def test_an_opened_panel_is_worth_one(student: Student) -> None:
    reply = student.find("meal", opened=True).json
    assert reply is not None
    assert (reply["found"], reply["new"], reply["points"], reply["total"]) == (True, True, 1, 1)
    assert reply["progress"]["found"] == 1


def test_the_same_find_sent_again_counts_once(student: Student) -> None:
    student.find("meal", opened=True)
    again = student.find("meal", opened=True).json
    assert again is not None
    assert (again["new"], again["points"], again["total"]) == (False, 0, 1)


def test_a_right_answer_is_worth_three(student: Student) -> None:
    reply = student.answer("gauge").json
    assert reply is not None
    assert (reply["right"], reply["points"], reply["total"]) == (True, 3, 3)


def test_a_second_try_is_worth_one(student: Student) -> None:
    first = student.answer("gauge", "0").json
    assert first is not None
    assert (first["found"], first["again"], first["total"]) == (False, True, 0)
    second = student.answer("gauge").json
    assert second is not None
    assert (second["found"], second["points"], second["total"]) == (True, 1, 1)


def test_after_two_wrong_tries_it_is_closed_and_explained(student: Student) -> None:
    student.answer("gauge", "0")
    closed = student.answer("gauge", "2").json
    assert closed is not None
    assert (closed["found"], closed["right"], closed["again"]) == (True, False, False)
    assert "Parce que." in closed["panel"]
    late = student.answer("gauge").json
    assert late is not None
    assert late["total"] == 0


def test_right_answers_are_not_in_the_page(student: Student) -> None:
    page = student.open("hall").text
    assert "Parce que." not in page
    assert "data-right" not in page


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        {"opened": False},
        {"opened": "no"},
        {"answer": ["1"]},
        {"opened": True, "points": 100},
        {"watched": 1e9},
    ],
)
def test_evidence_of_another_shape_is_refused(
    student: Student, evidence: dict[str, object]
) -> None:
    reply = student.find("meal", **evidence)
    assert reply.status_code == 422
    assert reply.json is not None
    assert reply.json["error"]["message"]
    assert points() == 0


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '"opened"', "\x00"])
def test_a_broken_body_is_refused(student: Student, body: str) -> None:
    reply = student.client.post(
        "/tours/mill-tour/hotspots/meal/find", data=body, content_type="application/json"
    )
    assert reply.status_code == 422
    assert points() == 0


def test_a_scene_must_have_been_opened(student: Student) -> None:
    reply = student.find("stone", opened=True)
    assert reply.status_code == 409
    assert reply.json is not None
    assert reply.json["error"]["code"] == "scene_not_opened"
    assert points() == 0


def test_nobody_finds_anything(new_student: Callable[[], Student]) -> None:
    reply = new_student().find("meal", opened=True)
    assert reply.status_code == 409
    assert reply.json is not None
    assert reply.json["error"]["code"] == "no_visitor"


def test_what_is_not_there_is_a_404(student: Student) -> None:
    assert student.find("nothing", opened=True).status_code == 404
    assert student.client.post("/tours/none/hotspots/meal/find", json={}).status_code == 404


def test_a_film_counts_when_mostly_watched_or_its_transcript_read(
    new_student: Callable[[], Student],
) -> None:
    watcher, reader, skipper = new_student(), new_student(), new_student()
    for one in (watcher, reader, skipper):
        one.open("attic")
    assert watcher.find("wheel", watched=0.9).json["points"] == 1  # type: ignore[index]  # JSON
    assert reader.find("wheel", read=True).json["points"] == 1  # type: ignore[index]  # JSON
    assert skipper.find("wheel", watched=0.2).json["found"] is False  # type: ignore[index]  # JSON


def test_a_link_is_a_way_not_a_find(student: Student) -> None:
    reply = student.find("to-attic", followed=True).json
    assert reply is not None
    assert reply["total"] == 0
    assert reply["progress"]["found"] == 0


def test_concurrent_finds_count_once(mill: Flask, student: Student) -> None:
    cookie = student.client.get_cookie("deambule")
    assert cookie is not None
    totals: list[int] = []

    def send() -> None:
        client = mill.test_client()
        client.set_cookie("deambule", cookie.value)
        reply = client.post("/tours/mill-tour/hotspots/meal/find", json={"opened": True})
        totals.append(reply.json["total"] if reply.json else -1)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert totals == [1] * 8
    assert points() == 1


def test_two_wrong_answers_at_once_are_two_tries(mill: Flask, student: Student) -> None:
    cookie = student.client.get_cookie("deambule")
    assert cookie is not None
    again: list[bool] = []

    def send(answer: str) -> None:
        client = mill.test_client()
        client.set_cookie("deambule", cookie.value)
        reply = client.post("/tours/mill-tour/hotspots/gauge/find", json={"answer": [answer]})
        again.append(bool(reply.json and reply.json["again"]))

    threads = [threading.Thread(target=send, args=(answer,)) for answer in ("0", "2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(again) == [False, True]


def test_a_reward_comes_with_the_find_that_earns_it(student: Student) -> None:
    student.open("attic")
    first = student.find("hum", read=True).json
    second = student.find("wheel", read=True).json
    assert first is not None
    assert second is not None
    assert first["rewards"] == []
    assert [reward["slug"] for reward in second["rewards"]] == ["mill-tour.ear"]
    assert student.find("wheel", read=True).json["rewards"] == []  # type: ignore[index]  # JSON


def test_without_a_script_a_form_does_the_same(student: Student) -> None:
    reply = student.client.post("/tours/mill-tour/hotspots/meal/find", data={"opened": "1"})
    assert reply.status_code == 302
    assert reply.location.endswith("/tours/mill-tour/hall?open=meal#hotspot-meal")
    page = student.client.get(reply.location).text
    assert page.count('<details class="spot__fold" open>') == 1
    assert points() == 1
    student.client.post("/tours/mill-tour/hotspots/gauge/find", data={"answer": "1"})
    student.client.post("/tours/mill-tour/hotspots/cock/find", data={"riddle": "la girouette"})
    assert points() == 7


def test_evidence_of_a_megabyte_is_refused_unread(student: Student) -> None:
    reply = student.find("meal", opened=True, padding="x" * 1_000_000)
    assert reply.status_code == 413
