"""What an approved professional changes is read by a person before a class reads it."""

import re

import pytest
from flask import Flask

from app.core.db import db
from app.live.professionals.profile import describe_professional, is_complete
from tests.live.professionals.conftest import ME, SAID, Post, prepare, row_of, say, vet
from tests.live.professionals.test_photos import PAGE as PHOTOS
from tests.live.professionals.test_photos import files, keys_of, photo, send
from tests.people.conftest import Adult

LIST = "/organisers/approvals"


@pytest.fixture
def vetted(karim: Adult, chief: Adult) -> Adult:
    """Karim, whom a person has approved."""
    prepare(karim)
    vet(karim, chief)
    return karim


def read_by_classes(one: Adult) -> dict[str, object]:
    """What students read of them."""
    account_id = one.account.id
    return describe_professional(db.session(), account_id, "fr")


def decide(chief: Adult, one: Adult, answer: str, change: str = "") -> int:
    """An organiser looks and decides; the status of the answer."""
    own = f"{LIST}/professionals/{one.account.id}"
    found = re.search(r'name="change" value="([^"]+)"', chief.get(own).text)
    form = {"answer": answer, "change": change or (found[1] if found else "")}
    return chief.client.post(f"{own}/change", data=form).status_code


def test_a_changed_text_is_read_once_it_was_accepted(vetted: Adult, chief: Adult) -> None:
    assert "quand l’équipe l’aura relu" in say(vetted, path="Un BTS de mécanique.").text
    assert read_by_classes(vetted)["path"] == SAID["path"]
    page = vetted.get(ME).text
    assert "Un BTS de mécanique." in page
    assert "L’équipe relit ce que vous avez changé" in page
    assert "Profil changé" in (waiting := chief.get(LIST).text)
    assert "Un BTS de mécanique." in waiting
    assert decide(chief, vetted, "accept") == 303
    assert read_by_classes(vetted)["path"] == "Un BTS de mécanique."
    assert "Profil changé" not in chief.get(LIST).text
    assert "L’équipe relit" not in vetted.get(ME).text


def test_a_refused_change_leaves_what_was_approved(
    vetted: Adult, chief: Adult, post: Post, mill: Flask
) -> None:
    before = read_by_classes(vetted)
    say(vetted, ask_me="Mes vacances.")
    send(vetted, photo())
    post()
    assert keys_of(vetted) == []
    assert "L’équipe la regarde avant les classes" in vetted.get(PHOTOS).text
    assert "1 photo" in chief.get(LIST).text
    assert decide(chief, vetted, "refuse") == 303
    post()
    assert read_by_classes(vetted) == before
    assert files(mill) == []


def test_a_new_photo_is_shown_once_it_was_looked_at(
    vetted: Adult, chief: Adult, post: Post
) -> None:
    send(vetted, photo())
    post()
    assert read_by_classes(vetted)["photos"] == []
    assert decide(chief, vetted, "accept") == 303
    assert len(keys_of(vetted)) == 1
    send(vetted, photo(1))
    post()
    assert "Deux photos au plus" in send(vetted, photo(2)).text
    row = row_of(vetted)
    assert row is not None
    (new,) = row.new_photos
    vetted.send(f"{PHOTOS}/{new}/remove")
    assert "Profil changé" not in chief.get(LIST).text


def test_what_changed_again_meanwhile_is_looked_at_again(vetted: Adult, chief: Adult) -> None:
    say(vetted, path="Un BTS.")
    assert decide(chief, vetted, "accept", "2026-01-01T00:00:00+00:00") == 409
    assert read_by_classes(vetted)["path"] == SAID["path"]
    say(vetted)
    assert "Profil changé" not in chief.get(LIST).text
    assert decide(chief, vetted, "accept") == 409


def test_what_waits_for_a_look_counts_as_written(vetted: Adult) -> None:
    say(vetted, path="")
    assert not is_complete(row_of(vetted))
    say(vetted, path="Un BTS.")
    assert is_complete(row_of(vetted))


def test_whoever_is_not_approved_yet_changes_freely(karim: Adult) -> None:
    say(karim)
    say(karim, path="Un BTS.")
    assert read_by_classes(karim)["path"] == "Un BTS."
