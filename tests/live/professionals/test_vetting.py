"""The way to the first session: invited, in the know, vouched for by a person."""

from collections.abc import Callable
from datetime import timedelta

import time_machine
from flask import Flask

from app.core.db import db, now
from app.core.writer import write
from app.live.professionals.approvals import Waiting, all_waiting
from app.live.professionals.profile import own_profile
from app.live.professionals.vetting import is_ready
from app.live.sessions.models import Guest
from app.live.sessions.models import Session as Meeting
from tests.live.professionals.conftest import ME, Post, decide, hold, prepare, row_of, say, vet
from tests.people.conftest import Adult, link_in, text_of
from tests.people.test_logins import NOON

LIST = "/organisers/approvals"


def ready(one: Adult) -> bool:
    """Whether they may answer in a room."""
    account_id = one.account.id
    return is_ready(account_id, db.session())


def test_an_invitation_alone_verifies_no_professional(karim: Adult) -> None:
    assert karim.account.confirmed_at is not None
    assert not karim.account.is_verified
    assert not ready(karim)


def test_a_professional_begins_on_their_own_page_and_reads_what_is_left(karim: Adult) -> None:
    page = karim.get(ME).text
    assert "0 sur 5" in page
    assert karim.client.post("/login", data={}).status_code == 200
    prepare(karim)
    karim.send("/professionals/practice")
    page = karim.get(ME).text
    assert "3 sur 5" in page
    assert "Vous pouvez déjà répondre" not in page


def test_from_the_employer_to_the_approval_and_the_mail(
    karim: Adult, chief: Adult, post: Post
) -> None:
    prepare(karim)
    page = chief.get(LIST).text
    assert "Karim Benali" in page
    assert "karim@mill.example" in page
    assert "Moulin d’essai" in page
    assert "Adresse de l’employeur vérifiée" in page
    own = f"{LIST}/professionals/{karim.account.id}"
    assert "Un CAP, puis la marine." in chief.get(own).text
    assert "est vérifié" in chief.send(f"{own}/employer").text
    assert "Approuver" in chief.get(LIST).text
    assert f'{own}/approve"' not in chief.get(LIST).text, "the profile is read first"
    assert not ready(karim)
    decide(chief, karim, "approve")
    assert "peut maintenant répondre" in chief.get(LIST).text
    assert ready(karim)
    assert karim.account.verified_by == chief.account.id
    assert "Karim" not in chief.get(LIST).text
    (message,) = post()
    assert link_in(message) == ME
    assert "répondre aux classes" in text_of(message)


def test_nothing_is_approved_before_its_time(karim: Adult, chief: Adult) -> None:
    own = f"{LIST}/professionals/{karim.account.id}"
    told = chief.client.post(f"{own}/employer")
    assert told.status_code == 409
    assert "l’usine n’est pas choisie" in told.text
    say(karim, path="")
    chief.send(f"{own}/employer")
    told = chief.client.post(f"{own}/approve")
    assert told.status_code == 409
    assert "le profil n’est pas complet" in told.text
    assert "la charte n’est pas acceptée" in told.text
    assert "l’employeur n’est pas vérifié" not in told.text
    assert not karim.account.is_verified


def test_the_page_of_the_team_is_no_way_around_the_vetting(karim: Adult, chief: Adult) -> None:
    told = chief.client.post(f"/organisers/people/{karim.account.id}/approve")
    assert told.status_code == 409
    assert "À approuver" in told.text
    assert not karim.account.is_verified


def test_who_prepares_is_shown_with_what_they_have_still_to_do(karim: Adult, chief: Adult) -> None:
    page = chief.get(LIST).text
    assert "Professionnels qui se préparent" in page
    assert "la charte n’est pas acceptée" in page
    prepare(karim)
    assert "Professionnels qui se préparent" not in chief.get(LIST).text


def test_a_verified_account_without_the_charter_answers_nowhere(
    mill: Flask, member: Callable[..., Adult]
) -> None:
    one = member("professional")
    assert one.account.is_verified
    assert not ready(one)
    one.log_in()
    say(one)
    assert not ready(one)
    one.send("/professionals/charter")
    assert ready(one)


def test_another_factory_asks_for_another_employer(karim: Adult, chief: Adult) -> None:
    prepare(karim)
    vet(karim, chief)
    say(karim, job="Chef de quart")
    assert ready(karim)
    told = say(karim, factory="")
    assert "vérifie votre nouvel employeur" in told.text
    assert not ready(karim)
    assert not karim.account.is_verified
    row = row_of(karim)
    assert row is not None
    assert row.employer_at is None
    assert row.charter_at is not None


def test_what_waits_longest_comes_first(
    chief: Adult, invite: Callable[..., Adult], adult: Callable[..., Adult], post: Post
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        awa = adult("awa@example.org")
        awa.join()
        awa.send(link_in(post()[0]), password="trois roues dentees")
        clock.shift(timedelta(hours=2))
        hold([], kind="guest", state="awaiting", subject="Ma tante soude")
        clock.shift(timedelta(hours=1))
        chief.log_in()
        prepare(invite())
        clock.shift(timedelta(minutes=30))
        page = chief.get(LIST).text.replace("\N{NO-BREAK SPACE}", " ")
    places = [page.index(name) for name in ("Awa Diop", "Ma tante soude", "Karim Benali")]
    assert places == sorted(places)
    ages = [page.index(age) for age in ("4 heures", "2 heures", "30 minutes")]
    assert ages == sorted(ages)


def test_a_teacher_is_verified_from_the_list_once_their_address_is_theirs(
    chief: Adult, adult: Callable[..., Adult], post: Post
) -> None:
    awa = adult("awa@example.org")
    awa.join()
    link, act = link_in(post()[0]), f"{LIST}/teachers/{awa.account.id}"
    assert act not in chief.get(LIST).text
    assert chief.client.post(act).status_code == 409
    awa.send(link, password="trois roues dentees")
    assert act in chief.get(LIST).text
    assert chief.client.post(act).location == LIST
    assert awa.account.is_verified
    assert post()[0]["Subject"] == "Votre compte est vérifié"


def test_guests_of_a_teacher_are_approved_or_refused_once(chief: Adult) -> None:
    number = hold([], kind="guest", state="awaiting", subject="Ma tante soude")
    guest = Guest(session_id=number, name="Line", job="soudeuse", token_hash="x", created_at=now())
    write(lambda tx: tx.session.add(guest))
    assert "Line, soudeuse" in chief.get(LIST).text
    assert chief.client.post(f"{LIST}/sessions/abc/refuse").location == LIST
    db.session.rollback()
    assert db.session.get_one(Meeting, number).state == "refused"
    assert chief.client.post(f"{LIST}/sessions/abc/approve").status_code == 409
    assert chief.client.post(f"{LIST}/sessions/nothing/approve").status_code == 404
    assert "Rien n’attend" in chief.get(LIST).text


def test_another_room_adds_its_own_kind(chief: Adult, mill: Flask) -> None:
    item = Waiting("Réponse", "Combien pèse le rotor ?", now(), "/answers/1")
    mill.extensions["approvals"].append(lambda _reading: [item])
    assert item in all_waiting(db.session())
    page = chief.get(LIST).text
    assert "Combien pèse le rotor" in page
    assert "rien à faire pour vous" in page


def test_acts_are_for_accounts_of_their_role(chief: Adult, karim: Adult) -> None:
    assert chief.client.post(f"{LIST}/teachers/{karim.account.id}").status_code == 404
    for number in (chief.account.id, 999):
        page = f"{LIST}/professionals/{number}"
        assert chief.get(page).status_code == 404
        assert chief.client.post(f"{page}/employer").status_code == 404
        assert chief.client.post(f"{page}/approve").status_code == 404


def test_a_profile_that_is_begun_twice_at_once_is_one(karim: Adult) -> None:
    account_id = karim.account.id
    write(lambda tx: own_profile(tx, account_id))
    write(lambda tx: own_profile(tx, account_id))
    row = row_of(karim)
    assert row is not None
    assert row.photos == []
