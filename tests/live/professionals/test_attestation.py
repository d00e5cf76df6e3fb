"""The attestation of hours: what is counted, what is printed, for whom, and for how long."""

import shutil
import subprocess
from datetime import timedelta

import pytest
from flask import Flask

from app.core.db import now
from app.live.professionals.attestation import say_duration
from tests.live.professionals.conftest import Post, hold, say
from tests.people.conftest import Adult

PAGE = "/professionals/me/attestation"
can_read = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="reading PDFs back needs Debian's poppler-utils"
)


def read(pdf: bytes) -> str:
    """The text of a paper, on one line."""
    line = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(line, input=pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(text.split())


def hold_many(one: Adult) -> None:
    """Two sessions that are over, and five that do not count."""
    mine, past = [one.account.id], now() - timedelta(days=3)
    hold(mine, "a", subject="Le moulin la nuit", starts_at=past)
    hold(mine, "b", subject="Souder sous l’eau", starts_at=past, minutes=60)
    hold(mine, "c", subject="Annulée", starts_at=past, state="cancelled")
    hold(mine, "d", subject="Refusée", starts_at=past, state="refused")
    hold(mine, "e", subject="Par écrit", starts_at=past, kind="written")
    hold(mine, "f", subject="En cours", starts_at=now() - timedelta(minutes=20))
    hold([], "g", subject="D’une autre", starts_at=past)


def test_only_sessions_that_are_over_and_took_place_count(karim: Adult) -> None:
    hold_many(karim)
    page = karim.get(PAGE).text
    assert "2 rencontres, 1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}40 en tout." in page
    for other in ("Annulée", "Refusée", "Par écrit", "En cours", "D’une autre"):
        assert other not in page


@can_read
def test_the_paper_says_who_where_what_and_how_long(karim: Adult, post: Post) -> None:
    say(karim)
    hold_many(karim)
    page = karim.send(PAGE)
    assert 'data-state="waiting"' in page.text
    as_script = {"Accept": "application/json"}
    assert karim.client.get(PAGE, headers=as_script).get_json()["state"] == "waiting"
    assert karim.get(f"{PAGE}/file").status_code == 404
    post()
    assert f'href="{PAGE}/file"' in karim.get(PAGE).text
    reply = karim.get(f"{PAGE}/file")
    assert reply.headers["Cache-Control"] == "no-store"
    text = read(reply.data)
    for told in (
        "Attestation de participation",
        "Karim Benali",
        "Conducteur de turbine",
        "Moulin d’essai",
        "Le moulin la nuit",
        "Souder sous l’eau",
        "1 h 40",
        "Fait le",
    ):
        assert told in text
    assert "Annulée" not in text


def test_without_hours_there_is_nothing_to_attest(karim: Adult, post: Post) -> None:
    assert "Aucune rencontre passée" in karim.get(PAGE).text
    told = karim.client.post(PAGE)
    assert told.status_code == 409
    assert "il n’y a pas d’heure à attester" in told.text
    assert karim.get(f"{PAGE}/file").status_code == 404


def test_asking_twice_begins_one_work(karim: Adult, post: Post, mill: Flask) -> None:
    hold_many(karim)
    for _time in range(2):
        karim.send(PAGE)
    post()
    folder = mill.extensions["settings"].data / "papers"
    assert len(list(folder.iterdir())) == 1


def test_the_paper_goes_with_the_account(
    karim: Adult, chief: Adult, post: Post, mill: Flask
) -> None:
    hold_many(karim)
    karim.send(PAGE)
    post()
    chief.send(f"/organisers/people/{karim.account.id}/withdraw", sure="yes")
    post()
    assert list((mill.extensions["settings"].data / "papers").iterdir()) == []


@pytest.mark.parametrize(
    ("minutes", "told"), [(0, "0 min"), (40, "40 min"), (60, "1 h"), (125, "2 h 05"), (600, "10 h")]
)
def test_a_duration_is_written_as_people_say_it(app: Flask, minutes: int, told: str) -> None:
    assert say_duration(minutes).replace("\N{NO-BREAK SPACE}", " ") == told
