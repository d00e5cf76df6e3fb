"""Mails about sessions: to whom, in which language, on whose clock; reminders once."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from functools import partial

import pytest
import time_machine
from icalendar import Calendar

from app.classes.erasing import erase_classroom
from app.core.db import db
from app.core.writer import write
from app.live.sessions.booking import book, cancel_booking, change_offer
from app.live.sessions.models import Booking
from app.live.sessions.reminding import go_round
from app.live.sessions.sessions import Offer, cancel_session
from tests.live.sessions.conftest import DECEMBER, EARLY, GUADELOUPE, Town, subjects, text_of


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """The clock runs on from a day in November."""
    with time_machine.travel(EARLY):
        yield


def test_who_books_waits_and_is_called_is_told_on_the_clock_of_the_class(town: Town) -> None:
    (awa, a), (ben, b) = town.teacher("awa", GUADELOUPE), town.teacher("ben", language="en")
    session = town.offer(capacity=1, subject="Le rotor")
    write(lambda tx: book(tx, session, a, awa))
    write(lambda tx: book(tx, session, b, ben))
    mails = {str(mail["To"]).split("@")[0]: mail for mail in town.mails()}
    assert set(mails) == {"awa", "ben"}
    text = text_of(mails["awa"])
    assert "mardi 8 décembre 2026 à 05:00 (heure\u00a0: Guadeloupe)" in text
    assert "4e B" in text
    assert f"/sessions/{town.slug(session)}" in text
    assert "10:00" in text_of(mails["ben"])
    assert "Tuesday" in text_of(mails["ben"])
    write(lambda tx: cancel_booking(tx, session, a, awa))
    mail = next(one for one in town.mails() if str(one["To"]) == "ben@example.org")
    assert "Le rotor" in str(mail["Subject"])


def test_who_gives_a_place_back_has_it_struck_out_and_who_answers_hears_when_no_class_is_left(
    town: Town,
) -> None:
    (awa, a), (ben, b) = town.teacher("awa"), town.teacher("ben")
    second = town.open_class(awa, "3e A")
    karim = town.professional()
    session = town.offer(capacity=3, professionals=(karim,), subject="Le rotor")
    for account, classroom in ((awa, a), (awa, second), (ben, b)):
        write(partial(book, session_id=session, classroom_id=classroom, account_id=account))
    town.mails()

    def give_back(account: int, classroom: int) -> list[tuple[str, str, str]]:
        write(lambda tx: cancel_booking(tx, session, classroom, account))
        return [
            (str(mail["To"]).split("@")[0], str(mail["Subject"]).split("\u00a0:")[0], struck(mail))
            for mail in town.mails()
        ]

    assert give_back(awa, a) == [("awa", "Place rendue", "")]  # her other class still comes
    assert give_back(awa, second) == [("awa", "Place rendue", "CANCELLED")]
    written = town.offer(kind="written", professionals=(karim,))
    write(lambda tx: book(tx, written, b, ben))
    town.mails()
    with time_machine.travel(DECEMBER + timedelta(days=1)):  # the box is open
        write(lambda tx: cancel_booking(tx, written, b, ben))
        assert not any("réserver" in text_of(mail) for mail in town.mails())
    told = give_back(ben, b)
    assert sorted(told) == [("ben", "Place rendue", "CANCELLED"), ("karim", "Plus de classe", "")]


def test_an_erased_class_leaves_its_place_to_who_waits_and_who_answers_hears_when_none_is_left(
    town: Town,
) -> None:
    (awa, a), (ben, b) = town.teacher("awa"), town.teacher("ben")
    session = town.offer(capacity=1, professionals=(town.professional(),), subject="Le rotor")
    over = town.offer(
        starts_at=EARLY + timedelta(days=1), professionals=(town.professional("lea"),)
    )
    for account, classroom in ((awa, a), (ben, b)):
        write(partial(book, session_id=session, classroom_id=classroom, account_id=account))
    write(lambda tx: book(tx, over, b, ben))
    town.mails()

    def erase(classroom: int) -> list[tuple[str, str]]:
        with time_machine.travel(EARLY + timedelta(days=2)):
            erase_classroom(town.app.extensions["privacy"], classroom)
            mails = [(str(mail["To"]), str(mail["Subject"])) for mail in town.mails()]
            return sorted((to.split("@")[0], said.split("\u00a0:")[0]) for to, said in mails)

    assert erase(a) == [("awa", "Place rendue"), ("ben", "Une place pour vous")]
    assert erase(b) == [("ben", "Place rendue"), ("karim", "Plus de classe")]  # Léa's is over
    assert town.states(session) == {}


def struck(mail: EmailMessage) -> str:
    """What the calendar file of a mail says of its session; empty without one."""
    for file in mail.iter_attachments():
        (event,) = Calendar.from_ical(file.get_content()).walk("VEVENT")
        return str(event["status"])
    return ""


def test_a_cancelled_session_is_told_to_everybody_with_what_strikes_it_out(town: Town) -> None:
    (awa, a), (ben, b) = town.teacher("awa"), town.teacher("ben")
    town.settle("olga", "organiser")
    karim, mona = town.professional(), town.settle("mona", "moderator")
    session = town.offer(capacity=1, professionals=(karim,), moderator_id=mona, subject="Le rotor")
    write(lambda tx: book(tx, session, a, awa))
    write(lambda tx: book(tx, session, b, ben))
    town.mails()
    write(lambda tx: cancel_session(tx, session))
    mails = town.mails()
    assert [name for name, _subject in subjects(mails)] == ["awa", "ben", "karim", "mona"]
    for mail in mails:
        (file,) = mail.iter_attachments()
        assert file.get_content_type() == "text/calendar"
        assert file.get_param("method") == "CANCEL"
        calendar = Calendar.from_ical(file.get_content())
        (event,) = calendar.walk("VEVENT")
        assert (calendar["method"], event["status"], event["sequence"]) == (
            "CANCEL",
            "CANCELLED",
            1,
        )


def test_a_new_hour_is_told_and_a_new_capacity_is_not(town: Town) -> None:
    awa, a = town.teacher("awa")
    session = town.offer(subject="Le rotor")
    write(lambda tx: book(tx, session, a, awa))
    town.mails()
    write(lambda tx: change_offer(tx, session, Offer("offer", "Le rotor", DECEMBER, capacity=4)))
    assert town.mails() == []
    moved = Offer("offer", "Le rotor", DECEMBER + timedelta(hours=1))
    write(lambda tx: change_offer(tx, session, moved))
    (mail,) = town.mails()
    assert "11:00" in text_of(mail)


def test_everybody_is_reminded_once_the_day_before(town: Town) -> None:
    (awa, a), (ben, b), (chloe, c) = (town.teacher(name) for name in ("awa", "ben", "chloe"))
    karim = town.professional()
    session = town.offer(capacity=2, professionals=(karim,), subject="Le rotor")
    for account, classroom in ((awa, a), (ben, b), (chloe, c)):
        write(partial(book, session_id=session, classroom_id=classroom, account_id=account))
    town.mails()
    with time_machine.travel(DECEMBER - timedelta(hours=24, minutes=1), tick=False) as clock:
        go_round()
        assert town.mails() == []
        clock.shift(60)
        go_round()
        go_round()
        assert [name for name, _subject in subjects(town.mails())] == ["awa", "ben", "karim"]
        clock.shift(3600)
        go_round()
        assert town.mails() == []
        write(lambda tx: cancel_booking(tx, session, a, awa))
        go_round()
        assert [name for name, _subject in subjects(town.mails())] == ["awa", "chloe", "chloe"]
    db.session.rollback()
    stamped = {one.classroom_id for one in db.session.query(Booking) if one.reminded_at}
    assert stamped == {a, b, c}


def test_a_session_that_moved_is_reminded_of_anew(town: Town) -> None:
    awa, a = town.teacher("awa")
    session = town.offer()
    write(lambda tx: book(tx, session, a, awa))
    with time_machine.travel(DECEMBER - timedelta(hours=20)):
        go_round()
        later = Offer("offer", "Le rotor", DECEMBER + timedelta(days=7))
        write(lambda tx: change_offer(tx, session, later))
        town.mails()
        go_round()
        assert town.mails() == []
    with time_machine.travel(DECEMBER + timedelta(days=6, hours=1)):
        go_round()
        assert len(town.mails()) == 1


def test_who_books_the_day_before_has_the_confirmation_and_no_reminder(town: Town) -> None:
    awa, a = town.teacher("awa")
    session = town.offer()
    with time_machine.travel(DECEMBER - timedelta(hours=5)):
        write(lambda tx: book(tx, session, a, awa))
        assert len(town.mails()) == 1
        go_round()
        assert town.mails() == []


def test_nothing_is_reminded_of_what_was_cancelled(town: Town) -> None:
    awa, a = town.teacher("awa")
    session = town.offer()
    write(lambda tx: book(tx, session, a, awa))
    write(lambda tx: cancel_session(tx, session))
    town.mails()
    with time_machine.travel(DECEMBER - timedelta(hours=5)):
        go_round()
        assert town.mails() == []
