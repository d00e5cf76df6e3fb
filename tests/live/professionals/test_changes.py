"""What an approved professional changes is read by a person before a class reads it."""

from functools import partial

import pytest
from flask import Flask

from app.core.db import db
from app.live.chat.pages import _people
from app.live.professionals.changes import stamp
from app.live.professionals.photos import add_photo
from app.live.professionals.profile import describe_professional, is_complete, keep_profile
from app.live.sessions.models import Session as Meeting
from app.live.sessions.reading import show
from app.people.accounts import delete_account
from tests.live.professionals.conftest import (
    ME,
    SAID,
    Post,
    decide,
    hold,
    prepare,
    row_of,
    say,
    vet,
)
from tests.live.professionals.test_photos import PAGE as PHOTOS
from tests.live.professionals.test_photos import files, keys_of, photo, send
from tests.meanwhile import write_meanwhile
from tests.people.conftest import Adult

LIST = "/organisers/approvals"


@pytest.fixture
def vetted(karim: Adult, chief: Adult) -> Adult:
    """Karim, whom a person has approved."""
    prepare(karim)
    vet(karim, chief)
    return karim


def stamp_of(one: Adult) -> str:
    """What an organiser who looks now decides about."""
    row = row_of(one)
    assert row is not None
    return stamp(row)


def read_by_classes(one: Adult) -> dict[str, object]:
    """What students read of them."""
    account_id = one.account.id
    return describe_professional(db.session(), account_id, "fr")


def answer(chief: Adult, one: Adult, what: str, **form: str) -> int:
    """An organiser looks at the change and decides; the status of the answer."""
    return decide(chief, one, "change", answer=what, **form).status_code


def test_a_changed_text_is_read_once_it_was_accepted(vetted: Adult, chief: Adult) -> None:
    assert "quand l’équipe l’aura relu" in say(vetted, path="Un BTS de mécanique.").text
    assert read_by_classes(vetted)["path"] == SAID["path"]
    page = vetted.get(ME).text
    assert "Un BTS de mécanique." in page
    assert "L’équipe relit ce que vous avez changé" in page
    assert "Profil changé" in (waiting := chief.get(LIST).text)
    assert "Un BTS de mécanique." in waiting
    assert answer(chief, vetted, "accept") == 303
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
    assert answer(chief, vetted, "refuse") == 303
    post()
    assert read_by_classes(vetted) == before
    assert files(mill) == []


def test_a_new_photo_is_shown_once_it_was_looked_at(
    vetted: Adult, chief: Adult, post: Post
) -> None:
    send(vetted, photo())
    post()
    assert read_by_classes(vetted)["photos"] == []
    assert answer(chief, vetted, "accept") == 303
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
    seen = stamp_of(vetted)
    say(vetted, path="Un doctorat.")
    assert answer(chief, vetted, "accept", seen=seen) == 409
    assert answer(chief, vetted, "refuse", seen=seen) == 409
    assert answer(chief, vetted, "perhaps") == 400
    assert read_by_classes(vetted)["path"] == SAID["path"]
    seen = stamp_of(vetted)
    say(vetted, path="Un doctorat.")
    assert stamp_of(vetted) == seen, "nothing was changed"
    say(vetted)
    assert "Profil changé" not in chief.get(LIST).text


def test_a_first_profile_that_changed_meanwhile_is_looked_at_again(
    karim: Adult, chief: Adult
) -> None:
    prepare(karim)
    decide(chief, karim, "employer")
    seen = stamp_of(karim)
    say(karim, path="Un BTS.")
    assert decide(chief, karim, "approve", seen=seen).status_code == 409
    assert not karim.account.is_verified
    assert decide(chief, karim, "approve").status_code == 303


def test_whoever_moves_with_something_waiting_is_shown_to_no_class(
    vetted: Adult, chief: Adult, post: Post, mill: Flask
) -> None:
    number = hold([vetted.account.id])
    send(vetted, photo())
    post()
    say(vetted, factory="", path="Un autre parcours.")
    assert not vetted.account.is_verified
    with mill.test_request_context():
        assert _people(number, "fr") == []
        (shown,) = show([db.session.get_one(Meeting, number)], [], None)
    assert [(one.name, one.job) for one in shown.speakers] == [("Karim", "")]
    assert len(keys_of(vetted)) == 1, "the organiser sees it before the next approval"
    say(vetted)
    vet(vetted, chief)
    db.session.rollback()
    with mill.test_request_context():
        assert [one["path"] for one in _people(number, "fr")] == [SAID["path"]]


def test_photos_that_wait_go_with_the_account(vetted: Adult, post: Post, mill: Flask) -> None:
    send(vetted, photo())
    post()
    account_id = vetted.account.id
    delete_account(account_id)
    post()
    assert files(mill) == []


def test_a_photo_that_comes_while_words_are_saved_is_not_forgotten(
    vetted: Adult, mill: Flask
) -> None:
    account_id, key = vetted.account.id, "0" * 32
    say(vetted, path="Un BTS.")
    db.session.rollback()
    write_meanwhile(
        mill,
        partial(add_photo, account_id=account_id, key=key),
        partial(keep_profile, account_id=account_id, said=SAID | {"rome": "I1310"}),
    )
    row = row_of(vetted)
    assert row is not None
    assert (row.draft, row.new_photos) == ({}, [key])
    assert row.changed_at is not None


def test_what_waits_for_a_look_counts_as_written(vetted: Adult) -> None:
    say(vetted, path="")
    assert not is_complete(row_of(vetted))
    say(vetted, path="Un BTS.")
    assert is_complete(row_of(vetted))


def test_whoever_is_not_approved_yet_changes_freely(karim: Adult) -> None:
    say(karim)
    say(karim, path="Un BTS.")
    assert read_by_classes(karim)["path"] == "Un BTS."
