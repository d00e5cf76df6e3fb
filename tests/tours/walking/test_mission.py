"""The mission: the decision opens when enough is known; every ending can be reached."""

from collections.abc import Callable

import pytest

from tests.tours.mill import Student

CLUES = ("gauge", "belt", "bolt", "lamp")


@pytest.fixture
def ready(student: Student) -> Student:
    """A student who found the four clues that are needed."""
    for clue in CLUES:
        student.answer(clue)
    return student


def test_the_decision_is_closed_before(student: Student) -> None:
    student.answer("gauge")
    assert "Que fais-tu ?" not in student.open().text
    reply = student.decide("wait")
    assert reply.status_code == 409
    assert reply.json is not None
    assert reply.json["error"]["code"] == "too_few_clues"


def test_the_fourth_clue_opens_it(student: Student) -> None:
    for clue in CLUES[:3]:
        assert student.answer(clue).json["mission"]["is_open"] is False  # type: ignore[index]  # JSON
    reply = student.answer(CLUES[3]).json
    assert reply is not None
    assert reply["mission"]["is_open"] is True
    assert "Que fais-tu ?" in reply["mission"]["html"]


def test_clues_answered_wrong_are_no_dead_end(student: Student) -> None:
    for clue in CLUES:
        student.answer(clue, "0")
        student.answer(clue, "2")
    assert student.decide("wait").status_code == 200


def test_a_decision_is_worth_five_once_and_another_may_be_tried(ready: Student) -> None:
    first = ready.decide("wait").json
    assert first is not None
    assert first["total"] == 4 * 3 + 5
    assert "Le vent revient." in ready.client.get("/tours/mill-tour/end").text
    second = ready.decide("call").json
    assert second is not None
    assert second["total"] == first["total"]
    assert "On vient." in ready.client.get("/tours/mill-tour/end").text


def test_an_unknown_choice_is_refused(ready: Student) -> None:
    assert ready.decide("fly").status_code == 422
    assert ready.client.post("/tours/mill-tour/decision", data={}).status_code == 422


def test_without_a_script_the_decision_leads_to_the_end(ready: Student) -> None:
    reply = ready.client.post("/tours/mill-tour/decision", data={"option": "call"})
    assert reply.status_code == 302
    assert reply.location.endswith("/tours/mill-tour/end")


def test_trails_are_given_in_turn(new_student: Callable[[], Student]) -> None:
    trails = []
    for _ in range(6):
        student = new_student()
        assert student.client.post("/tours/mill-tour/start").status_code == 302
        page = student.client.get("/tours/mill-tour").text
        trails.append(
            next(t for t in ("machine", "people", "product") if f">{t}<" in page or t in page)
        )
    assert len(trails) == 6


def test_the_end_before_the_beginning_leads_to_the_entrance(
    new_student: Callable[[], Student],
) -> None:
    reply = new_student().client.get("/tours/mill-tour/end")
    assert reply.status_code == 302
    assert reply.location.endswith("/tours/mill-tour")
