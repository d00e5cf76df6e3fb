"""What organisers do with accounts: invite, verify, refuse, withdraw; which domains they trust."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.core.jobs import Job
from app.core.writer import Transaction, write
from app.people.models import Account, TrustedDomain
from app.people.trust import is_fit_pattern, matches
from tests.people.conftest import PASSWORD, Adult, account_of, link_in, text_of
from tests.people.test_logins import NOON
from tests.services.postbox import Postbox

Make = Callable[..., Adult]
Post = Callable[[], list[EmailMessage]]
PAGE = "/organisers/people"
INVITED = {"name": "Nour", "email": "nour@example.org", "role": "author", "school": "",
           "place": "FR Europe/Paris"}  # fmt: skip


@pytest.fixture
def chief(member: Make) -> Adult:
    """An organiser who is logged in."""
    one = member("organiser")
    one.log_in()
    return one


def test_somebody_invited_chooses_a_password_and_is_in(
    chief: Adult, adult: Make, post: Post
) -> None:
    page = chief.send(f"{PAGE}/invite", **INVITED)
    assert "L’invitation part à nour@example.org" in page.text
    assert "Invités, sans réponse encore" in page.text
    (message,) = post()
    assert "auteur" in text_of(message)
    nour, link = adult("nour@example.org"), link_in(message)
    assert nour.log_in("").status_code == 200
    assert "Bienvenue, Nour" in nour.get(link).text
    assert nour.client.post(link, data={"password": PASSWORD}).location == "/workshop"
    assert nour.account.is_verified
    assert nour.account.confirmed_at is not None
    assert nour.account.verified_by == chief.account.id
    assert nour.get(link).status_code == 410


def test_an_invitation_is_sent_again_until_it_is_answered(
    chief: Adult, adult: Make, post: Post
) -> None:
    chief.send(f"{PAGE}/invite", **INVITED, school_id="7")
    first = link_in(post()[0])
    account = account_of("nour@example.org")
    assert account is not None
    chief.send(f"{PAGE}/{account.id}/invite")
    second = link_in(post()[0])
    nour = adult("nour@example.org")
    assert nour.get(first).status_code == nour.get(second).status_code == 200
    nour.send(first, password=PASSWORD)
    assert nour.get(second).status_code == 410
    assert chief.client.post(f"{PAGE}/{account.id}/invite").status_code == 404


def test_an_address_is_invited_once(chief: Adult, post: Post) -> None:
    chief.send(f"{PAGE}/invite", **INVITED)
    again = chief.send(f"{PAGE}/invite", **INVITED | {"email": "Nour@Example.org"})
    assert "a déjà un compte" in again.text
    wrong = chief.send(f"{PAGE}/invite", **INVITED | {"role": "king", "email": "k@example.org"})
    assert account_of("k@example.org") is None
    assert wrong.status_code == 200
    assert len(post()) == 1


def test_a_teacher_who_waits_is_shown_with_their_age_and_verified_by_a_person(
    member: Make, adult: Make, post: Post
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        awa = adult("awa@example.org")
        awa.join()
        link = link_in(post()[0])
        clock.shift(timedelta(hours=5))
        chief = member("organiser")
        chief.log_in()
        page = chief.get(PAGE).text
        assert "awa@example.org" in page
        assert "5\N{NO-BREAK SPACE}heures" in page
        assert "Vérifier Awa Diop" not in page
        awa.send(link, password=PASSWORD)
        assert "Vérifier Awa Diop" in chief.get(PAGE).text
        told = chief.send(f"{PAGE}/{awa.account.id}/approve")
        assert "est vérifié" in told.text
    assert awa.account.verified_by == chief.account.id
    (message,) = post()
    assert message["Subject"] == "Votre compte est vérifié"
    assert link_in(message) == "/classes"


def test_an_account_goes_with_its_logins_when_the_box_is_ticked(chief: Adult, member: Make) -> None:
    one = member("teacher")
    one.log_in()
    path = f"{PAGE}/{one.account.id}/withdraw"
    assert chief.client.post(path).status_code == 422
    assert one.is_in()
    assert "est effacé" in chief.send(path, sure="yes").text
    assert not one.is_in()
    assert account_of(one.email) is None
    assert one.log_in().status_code == 200


def test_whom_an_organiser_approved_stays_verified_when_that_one_goes(
    chief: Adult, member: Make, adult: Make, post: Post
) -> None:
    awa = adult("awa@example.org")
    awa.join()
    chief.send(f"{PAGE}/{awa.account.id}/approve")
    other = member("organiser", "other")
    other.log_in()
    other.send(f"{PAGE}/{chief.account.id}/withdraw", sure="yes")
    assert account_of(chief.email) is None
    assert awa.account.is_verified
    assert awa.account.verified_by is None


def test_nobody_withdraws_themselves_or_somebody_who_is_not_there(chief: Adult) -> None:
    for account in (chief.account.id, 999):
        for what in ("withdraw", "approve", "second-factor", "invite"):
            reply = chief.client.post(f"{PAGE}/{account}/{what}", data={"sure": "yes"})
            assert reply.status_code == 404


def test_domains_are_added_and_removed(chief: Adult, adult: Make, post: Post) -> None:
    assert "ac-*.fr" in chief.get(PAGE).text
    assert "sont vérifiées" in chief.send("/organisers/domains", pattern="@Lycee.Example ").text
    chief.send("/organisers/domains", pattern="lycee.example")
    chief.send("/organisers/domains/remove", pattern="ac-*.fr")
    assert db.session.scalars(select(TrustedDomain.pattern)).all() == ["lycee.example"]
    for email, is_verified in (("a@lycee.example", True), ("b@ac-rennes.fr", False)):
        one = adult(email)
        one.join()
        one.send(link_in(post()[0]), password=PASSWORD)
        assert one.account.is_verified == is_verified


@pytest.mark.parametrize(
    "pattern", ["", "fr", "*.fr", "*-*.fr", "a b.fr", "ac-*.*", "x." * 70 + "fr"]
)
def test_a_pattern_that_would_trust_everybody_is_refused(chief: Adult, pattern: str) -> None:
    reply = chief.client.post("/organisers/domains", data={"pattern": pattern})
    assert reply.status_code == 422
    assert "Écrivez un domaine" in reply.text
    assert not is_fit_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "domain", "fits"),
    [
        ("ac-*.fr", "ac-rennes.fr", True),
        ("ac-*.fr", "ac-aix-marseille.fr", True),
        ("ac-*.fr", "ac-.fr", False),
        ("ac-*.fr", "evil-ac-rennes.fr.example", False),
        ("ac-*.fr", "ac-rennes.fr.example", False),
        ("ac-*.fr", "evil-ac-rennes.fr", False),
        ("ac-*.fr", "ac-evil.example.fr", False),
        ("ac-*.fr", "eleves.ac-rennes.fr", False),
        ("ac-*.fr", "ac-rennesXfr", False),
        ("*.ac-rennes.fr", "profs.ac-rennes.fr", True),
        ("*.ac-rennes.fr", "ac-rennes.fr", False),
        ("aefe.fr", "aefe.fr", True),
        ("aefe.fr", "notaefe.fr", False),
    ],
)
def test_a_star_stands_for_letters_and_never_for_a_dot(
    pattern: str, domain: str, fits: bool
) -> None:
    assert matches(pattern, domain) == fits


def test_the_address_is_split_at_its_last_at_sign(app: Flask, adult: Make, post: Post) -> None:
    one = adult("a@ac-rennes.fr@example.org")
    assert "n’est pas complète" in one.join().text


def test_only_teachers_are_verified_by_their_domain(adult: Make, post: Post) -> None:
    one = adult("a@ac-rennes.fr")
    one.join()
    link, account = link_in(post()[0]), one.account.id

    def unit(tx: Transaction) -> None:
        tx.session.get_one(Account, account).role = "moderator"

    write(unit)
    one.send(link, password=PASSWORD)
    assert one.account.confirmed_at is not None
    assert not one.account.is_verified


def test_a_mail_that_the_server_refused_is_told_to_organisers(
    chief: Adult, post: Post, mail_server: Postbox
) -> None:
    mail_server.answers_to_recipients = ["550 no such person"]
    chief.send(f"{PAGE}/invite", **INVITED)
    assert post() == []
    page = chief.get(PAGE).text
    assert "Ces mails ne sont pas partis" in page
    assert "SMTP 550" in page
    job = db.session.scalars(select(Job)).one()
    assert "nour" not in repr(job.arguments) + job.message + job.title
