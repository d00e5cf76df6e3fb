"""A box of questions: ten of a class, votes, then days for the factory; it ends by itself."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import write
from app.live.chat.after import rounds
from app.live.chat.after.dates import overdue_boxes
from app.live.chat.models import ChatRoom
from app.live.chat.rooms import open_room, turn_written
from app.live.sessions.models import Session
from tests.live.chat.after.gathering import (
    answered,
    ask,
    asked,
    browse,
    join,
    message,
    publish,
    stay_logged_in,
    vote,
    work,
)
from tests.live.chat.meeting import Meeting, open_meeting


@pytest.fixture
def box(mill: Flask, clock: time_machine.Traveller) -> Meeting:
    """A class of twelve that prepares its questions; they go to the factory in three days."""
    meeting = open_meeting(mill, students=12, is_open=False)
    meeting.change(
        Session, meeting.id, kind="written", starts_at=now() + timedelta(days=3), answer_days=10
    )
    return meeting


def go_round(meeting: Meeting) -> list[str]:
    """What the worker does after chats; the mails that it sends."""
    db.session.remove()
    rounds.go_round(meeting.app.extensions["settings"])
    return work(meeting.app)


def test_a_class_puts_ten_questions_in_and_then_votes(box: Meeting) -> None:
    numbers = [ask(box, f"Combien de machines, en comptant {n} ?", n) for n in range(10)]
    with pytest.raises(Refusal) as refused:
        ask(box, "Et la onzième ?", 10)
    assert refused.value.code == "box_full"
    assert "vote" in str(refused.value.message)
    publish(box, numbers[0])
    vote(box, numbers[0], 11)
    assert message(numbers[0]).votes == 1


def test_another_class_has_ten_of_its_own(mill: Flask, clock: time_machine.Traveller) -> None:
    meeting = open_meeting(mill, classes=2, students=10, is_open=False)
    meeting.change(Session, meeting.id, kind="written", starts_at=now() + timedelta(days=3))
    for number in range(10):
        ask(meeting, f"Combien de machines, en comptant {number} ?", number)
    assert ask(meeting, "Et chez vous ?", 0, 1)


def test_once_they_are_gone_to_the_factory_no_more_are_put_in(
    box: Meeting, clock: time_machine.Traveller
) -> None:
    asked(box, "Qui graisse les roues ?")
    clock.shift(timedelta(days=3))
    with pytest.raises(Refusal) as refused:
        ask(box, "Et la nuit ?", 1)
    assert refused.value.code == "box_gone"
    page = browse(box, box.students[0][1]).get(f"/rooms/{box.slug}?side=student").text
    assert "Réponses au plus tard le dimanche 13 décembre 2026" in page


def test_the_pages_tell_until_when(box: Meeting) -> None:
    asked(box, "Qui graisse les roues ?")
    told = browse(box, box.teachers[0]).get(f"/rooms/{box.slug}").text
    assert "jusqu’à dix questions et vote jusqu’au jeudi 3 décembre 2026" in told
    questions = browse(box, box.professionals[0]).get(f"/sessions/{box.slug}/questions").text
    assert "avant le dimanche 13 décembre 2026" in questions
    assert "Qui graisse les roues ?" in questions


def test_who_answers_is_reminded_once_two_days_before(
    box: Meeting, clock: time_machine.Traveller
) -> None:
    asked(box, "Qui graisse les roues ?")
    assert go_round(box) == []
    clock.shift(timedelta(days=11))
    assert go_round(box) == ["mail_box_waits"]
    assert go_round(box) == []


def test_a_box_that_is_late_is_on_the_organisers_day_until_it_is_answered(
    mill: Flask, box: Meeting, clock: time_machine.Traveller
) -> None:
    number = asked(box, "Qui graisse les roues ?")
    _account, cookie = join(mill, "organiser", "or@example.org", "Odile")
    day = browse(box, cookie)
    assert "Boîtes à questions en retard" not in day.get("/organisers/sessions").text
    stay_logged_in()
    clock.shift(timedelta(days=13, hours=1))
    db.session.remove()
    assert [(one.session.id, one.count) for one in overdue_boxes(db.session(), now())] == [
        (box.id, 1)
    ]
    assert "Boîtes à questions en retard" in day.get("/organisers/sessions").text
    assert go_round(box) == []
    publish(box, answered(box, number, "Moi, chaque lundi."))
    assert overdue_boxes(db.session(), now()) == []
    go_round(box)
    assert box.room().phase == "closed"
    assert box.room().erase_at == now() + timedelta(days=90)


def test_a_box_for_which_nobody_answers_closes_a_month_later(
    box: Meeting, clock: time_machine.Traveller
) -> None:
    number = asked(box, "Qui graisse les roues ?")
    clock.shift(timedelta(days=13 + 29))
    go_round(box)
    assert box.room().phase == "written"
    clock.shift(timedelta(days=1))
    go_round(box)
    assert (box.room().phase, message(number).status) == ("closed", "later")


def test_where_nobody_came_the_page_says_so_and_the_questions_wait(
    mill: Flask, clock: time_machine.Traveller
) -> None:
    meeting = open_meeting(mill, students=3)
    number = asked(meeting, "Qui graisse les roues ?")
    vote(meeting, number, 1)
    write(lambda tx: turn_written(tx, meeting.id))
    page = browse(meeting, meeting.students[0][0]).get(f"/rooms/{meeting.slug}?side=student").text
    assert "Karim n’a pas pu venir. Tes questions partent à l’usine" in page
    assert message(number).votes == 1
    publish(meeting, answered(meeting, number, "Moi, chaque lundi."))
    paper = browse(meeting, meeting.students[0][0]).get(f"/rooms/{meeting.slug}/page").text
    assert "Moi, chaque lundi." in paper


def test_a_room_that_nobody_closed_is_closed_by_the_worker(
    mill: Flask, clock: time_machine.Traveller
) -> None:
    meeting = open_meeting(mill, is_open=False)
    number = asked(meeting, "Qui graisse les roues ?")
    write(lambda tx: open_room(tx, meeting.id))
    clock.shift(timedelta(hours=13))
    go_round(meeting)
    assert (meeting.room().phase, message(number).status) == ("closed", "later")
    assert db.session.get_one(ChatRoom, meeting.id).erase_at is not None
