"""Teachers who join by themselves, and the links that mails carry."""

import threading
from collections.abc import Callable
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from app.core.db import db
from app.core.jobs import Job
from app.core.writer import write
from app.people.models import Account, MailKey, School
from app.people.purging import purge_people
from tests.people.conftest import PASSWORD, Adult, account_of, link_in, text_of, words_of
from tests.people.test_logins import NOON

Make = Callable[..., Adult]
Post = Callable[[], list[EmailMessage]]
NEXT = "quatre boulons vissés"


def joined(adult: Make, post: Post, email: str = "awa@ac-rennes.fr") -> tuple[Adult, str]:
    """A teacher who has just joined, and the path of the link that was mailed."""
    one = adult(email)
    assert one.join().status_code == 200
    (message,) = post()
    assert message["To"] == email
    return one, link_in(message)


def test_a_teacher_of_a_trusted_domain_is_verified_when_the_address_is_confirmed(
    adult: Make, post: Post
) -> None:
    one, link = joined(adult, post)
    assert one.account.confirmed_at is None
    assert not one.account.is_verified
    assert one.log_in().location == "/classes"
    assert "adresse à confirmer" in one.get("/account").text
    one.send(link)
    confirmed = one.account
    assert confirmed.is_verified
    assert confirmed.confirmed_at is not None
    assert confirmed.verified_by is None
    school = one.account.school
    assert school is not None
    assert (school.name, school.country, school.timezone) == (
        "Collège des Alizés", "GP", "America/Guadeloupe",
    )  # fmt: skip


def test_another_teacher_waits_for_a_person(adult: Make, post: Post) -> None:
    one, link = joined(adult, post, "awa@example.org")
    one.log_in()
    page = one.client.post(link, follow_redirects=False)
    assert page.status_code == 302
    assert one.account.confirmed_at is not None
    assert not one.account.is_verified
    assert "Une personne de l’équipe regarde" in one.get("/account").text


def test_opening_a_link_uses_nothing_up(adult: Make, post: Post) -> None:
    one, link = joined(adult, post)
    for _ in range(3):
        assert adult().get(link).status_code == 200
    assert adult().client.head(link).status_code == 200
    assert one.account.confirmed_at is None


def test_whoever_does_not_know_the_password_confirms_nothing(adult: Make, post: Post) -> None:
    """Somebody opens an account with another's address; the other one opens the mail."""
    one, link = joined(adult, post)
    owner = adult(one.email)
    assert "n’est pas celui de ce compte" in owner.send(link, password="something else").text
    assert one.account.confirmed_at is None
    owner.send("/password/forgotten", email=one.email)
    (message,) = post()
    one.log_in()
    owner.send(link_in(message), password=NEXT)
    assert one.account.is_verified
    assert owner.is_in()
    assert not one.is_in()
    assert one.log_in().status_code == 200


def test_a_link_opened_on_the_phone_asks_for_the_password(adult: Make, post: Post) -> None:
    one, link = joined(adult, post)
    phone = adult(one.email)
    phone.send(link, password=PASSWORD)
    assert one.account.is_verified
    assert phone.is_in()


def test_a_second_try_with_the_same_address_gets_the_same_page_and_another_mail(
    adult: Make, post: Post
) -> None:
    one, _link = joined(adult, post)
    first = words_of(adult("new@ac-rennes.fr").join(), "new@ac-rennes.fr")
    post()
    again = words_of(adult(one.email).join(password=NEXT, name="Mallory"), one.email)
    assert again == first
    (message,) = post()
    assert "déjà un compte" in str(message["Subject"])
    assert link_in(message).startswith("/password/")
    assert one.account.name == "Awa Diop"
    assert one.log_in().status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", " ", "Il manque quelque chose"),
        ("email", "awa", "n’est pas complète"),
        ("email", "awa@ac-rennes.fr\nBcc: x@example.org", "n’est pas complète"),
        ("password", "court", "au moins 10 caractères"),
        ("password", "Motdepasse123", "parmi les premiers"),
        ("password", "aaaaaaaaaaaaaa", "parmi les premiers"),
        ("password", "awa@ac-rennes.fr", "ne peut pas être votre adresse"),
        ("password", "x1y2z3w4" * 30, "trop long"),
        ("school", "", "Il manque quelque chose"),
        ("place", "FR Mars/Olympus", "choi"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    adult: Make, post: Post, field: str, value: str, told: str
) -> None:
    reply = adult("awa@ac-rennes.fr").join(**{field: value})
    assert told in reply.text
    assert f'id="{field}-wrong"' in reply.text
    assert post() == []
    assert account_of("awa@ac-rennes.fr") is None


def test_colleagues_share_a_school_and_namesakes_elsewhere_do_not(adult: Make) -> None:
    adult("a@example.org").join()
    adult("b@example.org").join(school="collège  des alizés")
    adult("c@example.org").join(place="MA Africa/Casablanca")
    assert db.session.scalar(select(func.count()).select_from(School)) == 2


def ask_reset(one: Adult, post: Post) -> str:
    """Ask for a new password; the path of the link."""
    one.send("/password/forgotten", email=one.email)
    (message,) = post()
    return link_in(message)


def test_a_new_password_is_chosen_once_within_the_hour(member: Make, post: Post) -> None:
    one = member("author")
    one.log_in()
    link = ask_reset(one, post)
    assert "au moins 10" in one.send(link, password="court").text
    assert "votre adresse" in one.send(link, password=one.email).text
    other = Adult(one.client.application.test_client(), one.email)
    assert other.client.post(link, data={"password": NEXT}).location == "/workshop"
    assert other.is_in()
    assert not one.is_in()
    assert one.log_in().status_code == 200
    assert one.log_in(NEXT).status_code == 302
    for reply in (one.get(link), one.client.post(link, data={"password": "another one, longer"})):
        assert reply.status_code == 410
        assert "ne marche plus" in reply.text
    assert one.log_in(NEXT).status_code == 302


def test_links_of_every_kind_end(member: Make, adult: Make, post: Post) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        reset = ask_reset(member("author"), post)
        _one, confirm = joined(adult, post)
        chief = member("organiser")
        chief.log_in()
        chief.send("/organisers/people/invite", name="I", email="i@example.org", role="author",
                   place="FR Europe/Paris")  # fmt: skip
        (message,) = post()
        links = {reset: 3600, confirm: 7 * 86400, link_in(message): 14 * 86400}
        passed = 0
        for link, seconds in links.items():
            clock.shift(seconds - passed - 1)
            assert adult().get(link).status_code == 200
            clock.shift(2)
            passed = seconds + 1
            reply = adult().get(link)
            assert reply.status_code == 410
            assert "ne marche plus" in reply.text
        assert purge_people() >= 3
    assert db.session.scalar(select(func.count()).select_from(MailKey)) == 0


def test_an_account_that_nobody_confirmed_is_gone_with_its_link(
    adult: Make, member: Make, post: Post
) -> None:
    """Else whoever types another's address keeps it from them for good."""
    with time_machine.travel(NOON, tick=False) as clock:
        stranger, _link = joined(adult, post)
        confirmed, link = joined(adult, post, "owner@ac-rennes.fr")
        confirmed.send(link, password=PASSWORD)
        again, _link = joined(adult, post, "again@ac-rennes.fr")
        chief = member("organiser")
        chief.log_in()
        invited = {"name": "I", "email": "i@example.org", "role": "author"}
        chief.send("/organisers/people/invite", **invited, place="FR Europe/Paris")
        clock.shift(6 * 86400)
        again.log_in()
        again.send("/account/confirm")
        assert len(post()) == 2
        purge_people()
        assert account_of(stranger.email) is not None
        clock.shift(86400 + 1)
        purge_people()
        assert account_of(stranger.email) is None
        clock.shift(86400)
        purge_people()
        for email in (confirmed.email, again.email, "i@example.org", chief.email):
            assert account_of(email) is not None, email
        clock.shift(6 * 86400)
        purge_people()
        assert account_of(again.email) is None


def test_one_address_sent_twice_at_once_makes_one_account(adult: Make, post: Post) -> None:
    """Two hands that were as fast: both read the same, and the address gets a mail of each."""
    start, answers = threading.Barrier(2), []

    def join(one: Adult) -> None:
        start.wait()
        answers.append(one.join())

    threads = [threading.Thread(target=join, args=(adult("awa@ac-rennes.fr"),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [reply.status_code for reply in answers] == [200, 200]
    assert len({words_of(reply, "awa@ac-rennes.fr") for reply in answers}) == 1
    assert len(post()) == 2
    assert db.session.scalar(select(func.count()).select_from(Account)) == 1


@pytest.mark.parametrize("path", ["/password/x", "/invitations/x", "/confirm/x"])
def test_an_invented_link_is_told_so(adult: Make, path: str) -> None:
    for reply in (adult().get(path), adult().client.post(path, data={"password": NEXT})):
        assert reply.status_code == 410
        assert "ne marche plus" in reply.text


def test_a_link_for_one_purpose_serves_no_other(member: Make, post: Post) -> None:
    token = ask_reset(member("author"), post).rpartition("/")[2]
    for path in ("/invitations/", "/confirm/"):
        assert member("teacher").get(path + token).status_code == 410


def test_nobody_learns_whether_an_address_has_an_account(
    member: Make, adult: Make, post: Post
) -> None:
    known, unknown = member("author"), adult("nobody@example.org")
    asked = [(one.send("/password/forgotten", email=one.email), one) for one in (known, unknown)]
    pages = {words_of(page, one.email) for page, one in asked}
    assert len(pages) == 1
    jobs = db.session.scalars(select(Job.name)).all()
    assert len(jobs) == 2
    assert len(set(jobs)) == 1
    assert [message["To"] for message in post()] == [known.email]


def test_few_mails_go_to_one_address_and_many_leave_a_school(adult: Make, post: Post) -> None:
    def ask(email: str) -> TestResponse:
        return adult().client.post("/password/forgotten", data={"email": email})

    assert [ask("a@example.org").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert {ask(f"t{number}@example.org").status_code for number in range(40)} == {200}
    assert "indésirables" in ask("A@example.org").text


def test_a_mail_leaves_its_secret_nowhere_in_the_database(
    app: Flask, member: Make, post: Post
) -> None:
    one = member("author")
    token = ask_reset(one, post).rpartition("/")[2]
    db.session.rollback()
    for table in db.metadata.tables:
        rows = db.session.execute(text(f'SELECT * FROM "{table}"')).all()  # noqa: S608  our names
        assert token not in repr(rows), table
        if table != "account":
            assert one.email not in repr(rows), table


def test_links_lead_to_the_address_of_the_settings_whatever_a_request_claims(
    app: Flask, member: Make, post: Post
) -> None:
    one = member("author")
    app.test_client().post(
        "/password/forgotten", data={"email": one.email}, headers={"Host": "evil.example"}
    )
    (message,) = post()
    assert "evil.example" not in message.as_string()
    assert link_in(message)


def test_mails_speak_the_language_of_whoever_gets_them(adult: Make, post: Post) -> None:
    one = adult("awa@example.org")
    one.client.post("/language/en")
    one.join()
    (message,) = post()
    page = message.get_body(("html",))
    assert page is not None
    assert 'lang="en"' in page.get_content()
    french = adult("b@example.org")
    french.join()
    (message,) = post()
    assert message["Subject"] == "Confirmez votre adresse"
    assert "Bonjour Awa Diop," in text_of(message)


def test_a_mail_for_an_account_that_is_gone_is_not_sent(member: Make, post: Post) -> None:
    one = member("author")
    one.send("/password/forgotten", email=one.email)
    account = one.account.id
    write(lambda tx: tx.execute(Account.__table__.delete().where(Account.id == account)))  # type: ignore[attr-defined]  # a table
    assert post() == []
