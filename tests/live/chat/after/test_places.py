"""Answers that an adult approved are shown in the tour, where their questions were asked."""

from functools import partial

import pytest
from flask import Flask

from app.core.writer import write
from app.live.chat import moderating
from app.live.chat.after import places
from app.live.chat.models import Message
from tests.live.chat.after.gathering import (
    PLACE,
    answered,
    asked,
    attendant,
    browse,
    close,
    publish,
)
from tests.live.chat.meeting import Meeting
from tests.tours.mill import Student

ASKED, ANSWER = "Pourquoi la farine chauffe-t-elle ?", "Parce que la meule frotte."


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept: each page reads anew."""
    monkeypatch.setattr(places, "FRESH", 0.0)


def put(meeting: Meeting, answer: int, *, shown: bool) -> None:
    """The teacher says whether the tour shows an answer."""
    url = f"/rooms/{meeting.slug}/answers/{answer}/place"
    form = {"shown": "yes"} if shown else {}
    assert browse(meeting, meeting.teachers[0]).post(url, data=form).status_code == 303


def test_an_approved_answer_is_shown_at_its_place_without_who_asked(
    mill: Flask, meeting: Meeting, student: Student
) -> None:
    number = asked(meeting, ASKED, place=PLACE)
    close(meeting)
    answer = answered(meeting, number, ANSWER)
    before = student.open("hall")
    assert "Questions de classes" not in before.text
    publish(meeting, answer)
    pseudonym = meeting.rows(Message)[0].name
    tag = {"If-None-Match": before.headers["ETag"]}
    after = student.client.get("/tours/mill-tour/hall", headers=tag)
    assert after.status_code == 200
    shown = after.text[after.text.index("Questions de classes") :]
    for words in (ASKED, ANSWER, "Karim", "Technicien"):
        assert words in shown
    assert pseudonym not in after.text
    assert "3e" not in shown[: shown.index("</section>")]
    same = {"If-None-Match": after.headers["ETag"]}
    assert student.client.get("/tours/mill-tour/hall", headers=same).status_code == 304
    assert "Questions de classes" not in student.open("attic").text


def test_what_was_said_live_is_shown_there_when_an_adult_says_so(
    meeting: Meeting, student: Student
) -> None:
    answer = answered(meeting, asked(meeting, ASKED, place=PLACE), ANSWER)
    assert ANSWER not in student.open("hall").text
    put(meeting, answer, shown=True)
    assert ANSWER in student.open("hall").text
    put(meeting, answer, shown=False)
    assert ANSWER not in student.open("hall").text


def test_what_is_removed_from_the_room_is_gone_from_the_tour(
    meeting: Meeting, student: Student
) -> None:
    answer = answered(meeting, asked(meeting, ASKED, place=PLACE), ANSWER)
    put(meeting, answer, shown=True)
    watching = attendant(meeting, meeting.moderator)
    write(partial(moderating.remove_message, who=watching, message_id=answer))
    assert ANSWER not in student.open("hall").text


def test_a_place_in_another_tour_is_not_believed(meeting: Meeting, student: Student) -> None:
    elsewhere = PLACE | {"tour": "tidal-plant"}
    put(meeting, answered(meeting, asked(meeting, ASKED, place=elsewhere), ANSWER), shown=True)
    assert ANSWER not in student.open("hall").text
    assert places.read_placed("tidal-plant") == []
