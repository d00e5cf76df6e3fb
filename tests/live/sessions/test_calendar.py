"""Calendars, read back by the library: what agendas get of a session."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from icalendar import Calendar
from werkzeug.test import TestResponse

from app.core.db import db
from app.core.writer import write
from app.live.sessions.booking import book, cancel_booking, change_offer
from app.live.sessions.calendar import feed_token
from app.live.sessions.sessions import Offer, cancel_session
from app.people.accounts import hash_password, set_password
from app.people.models import Account
from tests.live.sessions.conftest import DECEMBER, EARLY, Town

ODD = "Usinage ; tours, fraises \\ et « copeaux »"


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """The clock runs on from a day in November."""
    with time_machine.travel(EARLY):
        yield


def events(reply: TestResponse) -> list[Any]:
    """The events of a file."""
    assert reply.status_code == 200, reply.text
    assert reply.content_type == "text/calendar; charset=utf-8"
    assert all(len(line.encode()) <= 75 for line in reply.text.split("\r\n"))
    return list(Calendar.from_ical(reply.text).walk("VEVENT"))


def feed_of(town: Town, account: int) -> str:
    """The path of somebody's feed."""
    db.session.rollback()
    settings = town.app.extensions["settings"]
    return f"/calendar/{feed_token(db.session.get_one(Account, account), settings)}.ics"


def test_a_session_is_one_event_in_utc_whose_texts_come_through(town: Town) -> None:
    account, classroom = town.teacher("awa")
    session = town.offer(subject=ODD, about="Deux lignes,\nl’une ; l’autre")
    write(lambda tx: book(tx, session, classroom, account))
    slug = town.slug(session)
    (event,) = events(town.get("awa", f"/sessions/{slug}/calendar.ics"))
    assert str(event["summary"]) == ODD
    assert str(event["description"]).startswith("Deux lignes,\nl’une ; l’autre")
    assert str(event["uid"]) == f"session-{slug}@deambule"
    assert event["dtstart"].dt == DECEMBER
    assert event["dtend"].dt == DECEMBER + timedelta(minutes=40)
    assert b"DTSTART:20261208T090000Z" in event.to_ical()
    assert event["status"] == "CONFIRMED"
    assert int(event["sequence"]) == 0


def test_changes_move_the_sequence_and_never_the_uid(town: Town) -> None:
    account, classroom = town.teacher("awa")
    session = town.offer()
    write(lambda tx: book(tx, session, classroom, account))
    path = feed_of(town, account)
    uid = str(events(town.app.test_client().get(path))[0]["uid"])
    moved = Offer("offer", "Le rotor", DECEMBER + timedelta(days=1))
    write(lambda tx: change_offer(tx, session, moved))
    write(
        lambda tx: change_offer(
            tx, session, Offer("offer", "Le rotor", moved.starts_at, capacity=4)
        )
    )
    (event,) = events(town.app.test_client().get(path))
    assert (str(event["uid"]), int(event["sequence"])) == (uid, 1)
    assert event["dtstart"].dt == DECEMBER + timedelta(days=1)
    write(lambda tx: cancel_session(tx, session))
    (event,) = events(town.app.test_client().get(path))
    assert (str(event["uid"]), int(event["sequence"])) == (uid, 2)
    assert event["status"] == "CANCELLED"


def test_a_feed_holds_ones_own_sessions_and_nobody_elses(town: Town) -> None:
    (awa, a), (ben, b) = town.teacher("awa"), town.teacher("ben")
    karim, olga = town.professional(), town.settle("olga", "organiser")
    mona = town.settle("mona", "moderator")
    full = town.offer(capacity=1, professionals=(karim,), moderator_id=mona)
    town.offer(subject="Personne")
    write(lambda tx: book(tx, full, a, awa))
    write(lambda tx: book(tx, full, b, ben))

    def seen(account: int) -> list[str]:
        return [
            str(e["status"]) for e in events(town.app.test_client().get(feed_of(town, account)))
        ]

    assert [seen(one) for one in (awa, ben, karim, mona, olga)] == [
        ["CONFIRMED"], ["TENTATIVE"], ["CONFIRMED"], ["CONFIRMED"], []
    ]  # fmt: skip
    write(lambda tx: cancel_booking(tx, full, a, awa))
    assert (seen(awa), seen(ben)) == (["CANCELLED"], ["CONFIRMED"])


def test_a_written_exchange_is_a_day_without_an_hour(town: Town) -> None:
    account, classroom = town.teacher("awa")
    session = town.offer(kind="written", starts_at=datetime(2026, 12, 7, 23, 30, tzinfo=UTC))
    write(lambda tx: book(tx, session, classroom, account))
    (event,) = events(town.get("awa", f"/sessions/{town.slug(session)}/calendar.ics"))
    assert event["dtstart"].dt == date(2026, 12, 8)
    assert "dtend" not in event


def test_the_address_of_a_feed_opens_no_other_and_changes_with_the_password(town: Town) -> None:
    account, _classroom = town.teacher("awa")
    other = town.settle("ben")
    path, stranger = feed_of(town, account), town.app.test_client()
    assert stranger.get(path).status_code == 200
    assert path in town.get("awa", "/sessions").text
    wrongs = (path.replace(f"{account}-", f"{other}-"), path[:-5] + ".ics", "/calendar/1.ics",
              "/calendar/é-x.ics", f"/calendar/{'9' * 40}-a.ics")  # fmt: skip
    for wrong in wrongs:
        assert stranger.get(wrong).status_code == 404, wrong
    hashed = hash_password("quatre roues dentees")
    write(lambda tx: set_password(tx, tx.session.get_one(Account, account), hashed))
    assert stranger.get(path).status_code == 404
    assert stranger.get(feed_of(town, account)).status_code == 200
