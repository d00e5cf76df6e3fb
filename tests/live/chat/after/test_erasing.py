"""What was said in a chat is gone at its date, down to the bytes; the chain of seals holds."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from flask import Flask

from app.core.db import db, now
from app.core.writer import Transaction, write
from app.live.chat import answering
from app.live.chat.alarms import KEPT, press_alert
from app.live.chat.log import find_break
from app.live.chat.models import Alarm, LogText, Message, RoomEvent, Vote
from app.live.chat.rooms import close_room
from app.live.sessions.models import Session
from app.people.accounts import delete_account
from app.purging import purge, rewrite_database
from tests.classes.test_erasing import CANARY, is_somewhere, traces
from tests.live.chat.after.gathering import (
    answered,
    asked,
    attendant,
    browse,
    join,
    message,
    vote,
    work,
)
from tests.live.chat.meeting import Meeting, open_meeting

PLACE = {"tour": "mill-tour", "scene": "hall", "title": f"{CANARY} place"}


@pytest.fixture
def meeting(mill: Flask, clock: time_machine.Traveller) -> Meeting:
    """A session that runs while the clock stands."""
    return open_meeting(mill, students=3)


def live(meeting: Meeting) -> None:
    """A question with a place, a voice, an answer, a report, a show, and a sentence at the end."""
    number = asked(meeting, f"Pourquoi {CANARY} ?", place=PLACE)
    vote(meeting, number, 1)
    answer = answered(meeting, number, f"Parce que {CANARY}.")
    karim, student = (attendant(meeting, one) for one in (meeting.professionals[0],
                      meeting.students[0][2]))  # fmt: skip
    write(partial(answering.show_place, who=karim, place=PLACE))
    write(partial(answering.report, who=student, message_id=answer, reason=f"{CANARY} again"))
    write(partial(close_room, session_id=meeting.id, days=90, sentence=f"{CANARY} ends"))


def test_a_room_is_blank_at_its_date_and_its_chain_holds(
    mill: Flask, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    live(meeting)
    pseudonym = meeting.rows(Message)[0].name
    acts = meeting.room().logged
    clock.shift(timedelta(days=89, hours=23))
    assert "0 chats erased" in purge(mill)
    assert traces(mill)
    clock.shift(timedelta(hours=2))
    assert "1 chats erased" in purge(mill)
    messages = meeting.rows(Message)
    assert {one.status for one in messages} == {"erased"}
    assert [one.name for one in messages] == ["", ""]
    assert pseudonym not in str([vars(one) for one in messages])
    assert (meeting.rows(LogText), db.session.query(Vote).all()) == ([], [])
    assert {str(one.body) for one in meeting.rows(RoomEvent)} == {"{}"}
    assert (find_break(db.session(), meeting.id), meeting.room().logged) == (None, acts)
    assert (meeting.room().sentence, meeting.room().given) == ("", [])
    assert "0 chats erased" in purge(mill)
    assert traces(mill), "what was reported is kept apart for a year"
    clock.shift(timedelta(days=366))
    purge(mill)
    work(mill)
    rewrite_database(mill.extensions["settings"])
    assert traces(mill) == []


def test_papers_of_an_erased_room_say_so(
    mill: Flask, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    live(meeting)
    clock.shift(timedelta(days=91))
    purge(mill)
    meeting.change(Session, meeting.id, starts_at=now() - timedelta(days=1))
    _number, cookie = join(mill, "moderator", "again@example.org", "Mona")
    text = browse(meeting, cookie).get(f"/rooms/{meeting.slug}/log").text
    assert "Ce qui a été dit a été effacé le" in text
    assert "La chaîne est entière" in text
    assert "(effacé)" in text


def test_what_was_said_in_rooms_that_nobody_closed_goes_too(
    mill: Flask, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    number = asked(meeting, f"Pourquoi {CANARY} ?")
    clock.shift(timedelta(days=1))
    purge(mill)
    assert (meeting.room().phase, message(number).status) == ("closed", "later")
    clock.shift(timedelta(days=91))
    purge(mill)
    assert message(number).text == ""


def test_a_session_that_was_cancelled_leaves_nothing_either(
    mill: Flask, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    number = asked(meeting, f"Pourquoi {CANARY} ?")
    meeting.change(Session, meeting.id, state="cancelled")
    purge(mill)
    assert meeting.room().erase_at == now() + timedelta(days=90)
    clock.shift(timedelta(days=91))
    purge(mill)
    assert message(number).text == ""


def test_alarms_are_kept_until_their_own_date(
    mill: Flask, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    number = asked(meeting, f"Pourquoi {CANARY} ?")

    def unit(tx: Transaction) -> None:
        press_alert(tx, meeting.id, "account:1", "Karim", tx.session.get_one(Message, number))

    write(unit)
    write(partial(close_room, session_id=meeting.id, days=90))
    clock.shift(timedelta(days=91))
    purge(mill)
    assert [one.text for one in meeting.rows(Alarm)] == [f"Pourquoi {CANARY} ?"]
    clock.shift(KEPT)
    assert "1 alarms erased" in purge(mill)
    work(mill)
    rewrite_database(mill.extensions["settings"])
    assert not is_somewhere(mill, CANARY)


def test_what_an_adult_said_goes_with_their_account(
    mill: Flask, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    """Their words, their name, what they showed, what others decided about it; not the seals."""
    number = asked(meeting, "Pourquoi tourne-t-elle ?", place=PLACE)
    karim = attendant(meeting, meeting.professionals[0])
    write(partial(answering.claim, who=karim, question_id=number))
    answer = answered(meeting, number, f"Parce que {CANARY}.")
    write(partial(answering.show_place, who=karim, place=PLACE))
    other = asked(meeting, "Et la nuit ?")
    write(partial(answering.report, who=karim, message_id=other, reason=f"Il dit {CANARY}"))
    assert message(number).claimed_name == karim.name
    delete_account(int(karim.author.partition(":")[2]))
    said = message(answer)
    assert (said.status, said.text, said.name) == ("erased", "", "")
    assert said.author == f"erased:{answer}"
    assert (message(number).claimed_by, message(number).claimed_name) == (None, None)
    assert message(number).text == "Pourquoi tourne-t-elle ?", "the student's words stay"
    kept = [*meeting.rows(LogText), *meeting.rows(RoomEvent)]
    told = str([vars(one) for one in kept])
    assert karim.name not in told
    assert CANARY not in told
    assert find_break(db.session(), meeting.id) is None
