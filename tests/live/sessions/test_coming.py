"""On a job's page: the next sessions with somebody who does it, and nothing of who it is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from app.core.writer import write
from app.live.sessions.coming import SHOWN, coming_with
from app.live.sessions.models import Professional, Session
from app.people.models import Account
from tests.live.sessions.conftest import DECEMBER, EARLY, Town

WELDER = "H2913"


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """The clock runs on from a day in November."""
    with time_machine.travel(EARLY):
        yield


def welder(town: Town, name: str = "karim") -> int:
    """A professional who said that they weld."""
    number = town.professional(name)
    write(lambda tx: setattr(tx.session.get_one(Professional, number), "rome", WELDER))
    return number


def test_the_next_sessions_stand_on_the_page_of_the_job(town: Town) -> None:
    karim = welder(town)
    for days in (9, 1, 5, 3):
        town.offer(
            subject=f"Souder {days}",
            starts_at=DECEMBER + timedelta(days=days),
            professionals=(karim,),
        )
    assert [one.subject for one in coming_with(WELDER)] == ["Souder 1", "Souder 3", "Souder 5"]
    assert len(coming_with(WELDER)) == SHOWN
    page = town.app.test_client().get(f"/jobs/{WELDER}").text
    assert "Souder 1" in page
    assert "mercredi 9 décembre 2026" in page
    assert "Fraiseur" in page
    assert "Karim" not in page, "who it is stays with those who book"
    assert "/sessions/" not in page
    assert "Souder" not in town.app.test_client().get("/jobs/I1310").text


def test_who_may_book_is_led_to_the_session(town: Town) -> None:
    slug = town.session(town.offer(professionals=(welder(town),))).slug
    town.settle("awa")
    assert f"/sessions/{slug}" in town.browser("awa").get(f"/careers/{WELDER}").text


def test_what_is_not_open_to_classes_is_not_told(town: Town) -> None:
    karim = welder(town)
    guest = town.offer(kind="guest", professionals=(karim,))
    awaiting = town.offer(professionals=(karim,))
    write(lambda tx: setattr(tx.session.get_one(Session, awaiting), "state", "awaiting"))
    unverified = welder(town, "zoe")
    town.offer(professionals=(unverified,))
    write(lambda tx: setattr(tx.session.get_one(Account, unverified), "verified_at", None))
    assert guest
    assert coming_with(WELDER) == []


def test_two_who_do_the_same_are_told_once(town: Town) -> None:
    town.offer(professionals=(welder(town), welder(town, "zoe")))
    assert len(coming_with(WELDER)) == 1
