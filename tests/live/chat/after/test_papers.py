"""What is kept of a chat on paper: the class's page, the teacher's transcript, the full log."""

from functools import partial

import pytest
from flask import Flask

from app.core.db import db
from app.core.writer import write
from app.live.chat import moderating
from app.live.chat.log import find_break
from app.live.chat.models import LogEntry, Message
from tests.live.chat.after.gathering import (
    answered,
    ask,
    asked,
    attendant,
    browse,
    close,
    message,
)
from tests.live.chat.meeting import Meeting, open_meeting

ASKED, ANSWER = "Qui graisse les roues ?", "Moi, chaque lundi."


@pytest.fixture
def two(mill: Flask) -> Meeting:
    """Two classes: the first asked and was answered, the second asked twice."""
    meeting = open_meeting(mill, classes=2, students=3)
    answered(meeting, asked(meeting, ASKED), ANSWER)
    answered(meeting, asked(meeting, "Il fait chaud ?", of=1), "Oui, l’été.")
    asked(meeting, "Vous dormez la nuit ?", 1, 1)
    return meeting


def read(meeting: Meeting, cookie: str, paper: str) -> str:
    """A paper, for whoever may read it."""
    reply = browse(meeting, cookie).get(f"/rooms/{meeting.slug}/{paper}")
    assert reply.status_code == 200, paper
    return reply.text


def test_a_teacher_keeps_the_own_class_and_all_answers(two: Meeting) -> None:
    text = read(two, two.teachers[0], "transcript")
    own, other, left = (one for one in two.rows(Message) if one.kind == "question")
    for words in (ASKED, ANSWER, own.name, "Il fait chaud ?", "Oui, l’été.", "une autre classe"):
        assert words in text
    assert other.name not in text
    assert left.text not in text
    assert "Ce qui a été dit est effacé le" in text


def test_a_teacher_reads_what_was_refused_and_why(meeting: Meeting) -> None:
    number = ask(meeting, "Euh bof")
    who = attendant(meeting, meeting.teachers[0])
    write(partial(moderating.refuse, who=who, message_id=number, reason="unclear"))
    text = read(meeting, meeting.teachers[0], "transcript")
    assert "non publiée : On ne voit pas la question" in text
    assert "Euh bof" not in read(meeting, meeting.students[0][0], "page")


def test_a_spreadsheet_is_given_no_formula(meeting: Meeting) -> None:
    answered(meeting, asked(meeting, '=HYPERLINK("x") ?'), "+1+1")
    lines = read(meeting, meeting.teachers[0], "transcript.csv").splitlines()
    assert "'=HYPERLINK" in lines[1]
    assert "'+1+1" in lines[1]
    assert "Ce qui a été dit est effacé le" in lines[-1]


def test_the_page_of_the_class_has_all_that_was_published(two: Meeting) -> None:
    for cookie in (two.students[0][0], two.teachers[1], two.professionals[0], two.moderator):
        text = read(two, cookie, "page")
        assert ANSWER in text
        assert "Technicien" in text
        assert "Vous dormez la nuit ?" in text
    assert "Les autres classes" in read(two, two.students[0][0], "page")


def test_the_log_tells_every_act_in_its_order_and_whether_it_is_whole(meeting: Meeting) -> None:
    number = asked(meeting, ASKED)
    answered(meeting, number, ANSWER)
    close(meeting)
    text = read(meeting, meeting.moderator, "log")
    assert "La chaîne est entière" in text
    for act in ("a ouvert la discussion", "a écrit", "a publié", "a fermé la discussion"):
        assert act in text
    assert "un élève" in text
    assert message(number).name in text
    meeting.change(LogEntry, (meeting.id, 2), act="refuse")
    db.session.rollback()
    assert find_break(db.session(), meeting.id) == 2
    assert "rompue à la ligne 2" in read(meeting, meeting.moderator, "log")


@pytest.mark.parametrize("paper", ["page", "transcript", "transcript.csv", "log"])
def test_papers_do_not_exist_for_others(mill: Flask, meeting: Meeting, paper: str) -> None:
    asked(meeting, ASKED)
    elsewhere = open_meeting(mill)
    outside = [elsewhere.students[0][0], elsewhere.teachers[0], elsewhere.professionals[0],
               "deambule=nothing"]  # fmt: skip
    inside = [meeting.students[0][0], meeting.professionals[0], meeting.teachers[0]]
    may = {"page": 3, "transcript": 1, "transcript.csv": 1, "log": 0}[paper]
    closed = inside[: len(inside) - may]
    for cookie in outside + closed:
        url = f"/rooms/{meeting.slug}/{paper}"
        assert browse(meeting, cookie).get(url).status_code == 404, cookie
