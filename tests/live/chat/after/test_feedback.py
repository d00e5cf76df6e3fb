"""Three taps, once each; nobody can tell whose they are, and nothing is shown before five."""

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.core.db import db, now
from app.live.chat.after import rounds
from app.live.chat.models import Feedback
from tests.live.chat.after.gathering import answered, asked, browse, close, work
from tests.live.chat.meeting import Meeting, open_meeting


def tap(meeting: Meeting, cookie: str, *steps: int) -> str:
    """Three taps one after the other; the last page."""
    client, url = browse(meeting, cookie), f"/rooms/{meeting.slug}/feedback?side=student"
    text = client.get(url).text
    for place, step in enumerate(steps):
        before = ",".join(str(one) for one in steps[:place])
        text = client.post(url, data={"before": before, "step": str(step)}).text
    return text


def given() -> list[Feedback]:
    """All that was given."""
    db.session.rollback()
    return list(db.session.scalars(select(Feedback).order_by(Feedback.id)))


def test_three_taps_are_kept_at_the_third_and_once(meeting: Meeting) -> None:
    close(meeting)
    assert "Question 3 sur 3" in tap(meeting, meeting.students[0][0], 2, 1)
    assert given() == []
    assert "C’est noté, sans ton nom" in tap(meeting, meeting.students[0][0], 2, 1, 0)
    assert [(one.audience, one.answers) for one in given()] == [("student", [2, 1, 0])]
    assert "C’est noté" in tap(meeting, meeting.students[0][0], 0, 0, 0)
    assert len(given()) == 1


def test_nothing_in_the_tables_says_whose_an_answer_is(meeting: Meeting) -> None:
    close(meeting)
    for cookie in meeting.students[0]:
        tap(meeting, cookie, 2, 1, 0)
    rows = str([vars(one) for one in given()])
    assert "visitor" not in rows
    assert {one.given_at.time().isoformat() for one in given()} == {"00:00:00"}
    marks = meeting.room().given
    assert marks == sorted(marks)
    assert len(set(marks)) == 4
    assert "visitor" not in json.dumps(marks)


def test_each_audience_has_its_own_questions(meeting: Meeting) -> None:
    close(meeting)
    for cookie in (meeting.teachers[0], meeting.professionals[0], meeting.moderator):
        assert "C’est noté, sans votre nom" in tap(meeting, cookie, 1, 1, 1)
    assert {one.audience for one in given()} == {"teacher", "professional", "moderator"}


@pytest.mark.parametrize(("before", "step"), [("", "3"), ("1,1,1", "1"), ("x", "1"), ("", "")])
def test_what_no_page_of_ours_sends_is_refused(meeting: Meeting, before: str, step: str) -> None:
    close(meeting)
    client = browse(meeting, meeting.students[0][0])
    form = {"before": before, "step": step}
    assert client.post(f"/rooms/{meeting.slug}/feedback", data=form).status_code == 422
    assert given() == []


def test_before_the_end_nobody_is_asked(meeting: Meeting) -> None:
    client, url = browse(meeting, meeting.students[0][0]), f"/rooms/{meeting.slug}/feedback"
    assert "quand ce sera fini" in client.get(url).text
    assert client.post(url, data={"before": "1,1", "step": "1"}).status_code == 409
    assert browse(meeting, "deambule=nothing").get(url).status_code == 404


def test_results_are_shown_from_five_answers_on_to_those_who_answered(mill: Flask) -> None:
    meeting = open_meeting(mill, students=5)
    close(meeting)
    page = browse(meeting, meeting.professionals[0])
    url = f"/sessions/{meeting.slug}/feedback"
    for cookie in meeting.students[0][:4]:
        tap(meeting, cookie, 2, 2, 1)
    assert "Tu as appris quelque chose ?" not in page.get(url).text
    tap(meeting, meeting.students[0][4], 0, 2, 1)
    text = page.get(url).text
    assert "Tu as appris quelque chose ?" in text
    assert 'max="5" value="4"' in text
    for cookie in (
        meeting.teachers[0],
        meeting.students[0][0],
        open_meeting(mill).professionals[0],
    ):
        assert browse(meeting, cookie).get(url).status_code == 404


def test_professionals_are_thanked_the_next_morning(
    mill: Flask, clock: time_machine.Traveller
) -> None:
    meeting = open_meeting(mill, students=5)
    answered(meeting, asked(meeting, "Qui graisse les roues ?"), "Moi, chaque lundi.")
    close(meeting)
    for cookie in meeting.students[0]:
        tap(meeting, cookie, 2, 2, 1)
    settings = mill.extensions["settings"]
    rounds.go_round(settings)
    assert work(mill) == []
    clock.shift(timedelta(hours=12))
    rounds.go_round(settings)
    rounds.go_round(settings)
    assert work(mill) == ["mail_thanks"]
    mail = next((settings.data / "mail").iterdir()).read_text()
    assert meeting.slug in mail
    assert "Qui graisse" not in mail
    assert meeting.room().thanked_at == now()
