"""An adult's own page, and the second factor of organisers."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pyotp
import pytest
import time_machine
from flask import Flask

from app.core.db import db
from app.people.codes import PERIOD
from tests.people.conftest import PASSWORD, Adult, account_of, link_in
from tests.people.test_logins import NOON

Make = Callable[..., Adult]
Post = Callable[[], list[EmailMessage]]
NEXT = "quatre boulons vissés"
FACTOR = "/account/second-factor"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def tie_phone(one: Adult) -> pyotp.TOTP:
    """Tie a phone to an account, as its owner does; what the phone makes codes with."""
    page = one.get(FACTOR).text
    found = re.search(r'id="secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    assert 'src="data:image/svg+xml' in page
    phone = pyotp.TOTP(found[1].replace(" ", ""))
    assert "Votre téléphone est lié" in one.send(FACTOR, code=phone.now()).text
    return phone


@pytest.fixture
def strict(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A site that asks organisers for their phone."""
    chosen = app.extensions["settings"].model_copy(update={"second_factor": "required"})
    monkeypatch.setitem(app.extensions, "settings", chosen)
    return app


def test_an_organiser_is_led_to_the_phone_before_anything_else(strict: Flask, member: Make) -> None:
    one = member("organiser")
    assert one.log_in().location == FACTOR
    for path in ("/workshop", "/organisers/people"):
        assert one.get(path).location == FACTOR
    assert one.client.post("/organisers/domains", data={"pattern": "a.fr"}).status_code == 403
    assert one.get("/account").status_code == 200
    assert "n’est pas le bon" in one.send(FACTOR, code="000000").text
    tie_phone(one)
    assert one.get("/workshop").status_code == 200
    assert member("author").log_in().location == "/workshop"


def test_once_tied_the_phone_is_asked_for_at_each_login(
    member: Make, clock: time_machine.Traveller
) -> None:
    one = member("organiser")
    one.log_in()
    phone = tie_phone(one)
    one.send("/logout")
    clock.shift(PERIOD)
    assert one.log_in().location == "/login/code"
    assert not one.is_in()
    assert "n’est pas le bon" in one.send("/login/code", code="123456").text
    assert not one.is_in()
    code = phone.now()
    reply = one.client.post("/login/code", data={"code": f"{code[:3]} {code[3:]}"})
    assert reply.location == "/workshop"
    assert one.is_in()


def test_a_code_opens_once_and_no_older_one_does_after_it(
    member: Make, clock: time_machine.Traveller
) -> None:
    one = member("organiser")
    one.log_in()
    phone = tie_phone(one)
    one.send("/logout")
    one.log_in()
    assert "déjà servi" in one.send("/login/code", code=phone.now()).text
    clock.shift(2 * PERIOD)
    earlier, code = phone.at(NOON.timestamp() + PERIOD), phone.now()
    one.client.post("/login/code", data={"code": code})
    assert one.is_in()
    other = Adult(one.client.application.test_client(), one.email)
    other.log_in()
    for used in (code, earlier):
        assert "déjà servi" in other.send("/login/code", code=used).text
    clock.shift(3 * PERIOD)
    assert "n’est pas le bon" in other.send("/login/code", code=code).text


def test_half_a_login_ends_after_five_minutes_and_opens_nothing(
    member: Make, clock: time_machine.Traveller
) -> None:
    one = member("organiser")
    one.log_in()
    phone = tie_phone(one)
    one.send("/logout")
    clock.shift(PERIOD)
    one.log_in()
    assert one.get("/workshop").status_code == 302
    clock.shift(301)
    assert "Cinq minutes ont passé" in one.send("/login/code", code=phone.now()).text
    assert not one.is_in()
    assert one.get("/login/code").location == "/login"


def test_few_wrong_codes_are_taken(member: Make, clock: time_machine.Traveller) -> None:
    one = member("organiser")
    one.log_in()
    phone = tie_phone(one)
    one.send("/logout")
    clock.shift(PERIOD)
    one.log_in()
    for _ in range(10):
        one.send("/login/code", code="000000")
    reply = one.client.post("/login/code", data={"code": phone.now()})
    assert reply.status_code == 429


def test_a_lost_phone_is_untied_by_another_organiser(
    member: Make, clock: time_machine.Traveller
) -> None:
    one, other = member("organiser"), member("organiser", "other")
    for each in (one, other):
        each.log_in()
    tie_phone(one)
    assert "téléphone lié" in other.get("/organisers/people").text
    other.send(f"/organisers/people/{one.account.id}/second-factor")
    one.send("/logout")
    assert one.log_in().location == "/workshop"


def test_a_phone_is_changed_with_the_password(member: Make, clock: time_machine.Traveller) -> None:
    one = member("organiser")
    one.log_in()
    tie_phone(one)
    assert "n’est pas le vôtre" in one.send(f"{FACTOR}/drop", password="x").text
    assert one.account.totp_secret is not None
    assert "n’est plus lié" in one.send(f"{FACTOR}/drop", password=PASSWORD).text
    clock.shift(PERIOD)
    tie_phone(one)


def test_a_new_password_by_mail_does_not_spare_the_phone(
    member: Make, post: Post, clock: time_machine.Traveller
) -> None:
    one = member("organiser")
    one.log_in()
    tie_phone(one)
    one.send("/password/forgotten", email=one.email)
    reply = one.client.post(link_in(post()[0]), data={"password": NEXT})
    assert reply.location == "/login/code"
    assert not one.is_in()


def test_name_language_and_school_are_changed(member: Make) -> None:
    one = member("teacher")
    one.log_in()
    one.send("/account", name="Awa", language="en", school="Lycée français",
             place="US America/New_York")  # fmt: skip
    account = one.account
    assert (account.name, account.language) == ("Awa", "en")
    assert account.school is not None
    assert account.school.timezone == "America/New_York"
    page = one.get("/account").text
    assert '<html lang="en"' in page
    assert re.search(r'value="US America/New_York" selected', page)
    one.send("/account", name="Awa", language="fr", school="", place="FR Europe/Paris")
    assert one.account.school is None
    assert "Il manque quelque chose" in one.send("/account", name="", language="fr").text


def test_a_changed_password_logs_the_other_browsers_out(member: Make) -> None:
    one = member("teacher")
    other = Adult(one.client.application.test_client(), one.email)
    one.log_in()
    other.log_in()
    path = "/account/password"
    assert "n’est pas le vôtre" in one.send(path, current="wrong", password=NEXT).text
    assert "au moins 10" in one.send(path, current=PASSWORD, password="short").text
    assert other.is_in()
    assert "est changé" in one.send(path, current=PASSWORD, password=NEXT).text
    assert one.is_in()
    assert not other.is_in()
    assert other.log_in(NEXT).status_code == 302


def test_an_account_is_deleted_by_its_owner_with_the_password(app: Flask, member: Make) -> None:
    said: list[int] = []
    app.extensions.setdefault("farewells", []).append(lambda _tx, account: said.append(account))
    one = member("teacher")
    one.log_in()
    number = one.account.id
    assert "n’est pas le vôtre" in one.send("/account/delete", current="x", sure="y").text
    assert "Il manque" in one.send("/account/delete", current=PASSWORD).text
    assert one.is_in()
    assert said == []
    assert "Votre compte est effacé" in one.send("/account/delete", current=PASSWORD, sure="y").text
    assert account_of(one.email) is None
    assert said == [number]
    assert not one.is_in()


def test_the_last_organiser_cannot_go(member: Make) -> None:
    one = member("organiser")
    one.log_in()
    reply = one.client.post("/account/delete", data={"current": PASSWORD, "sure": "y"})
    assert reply.status_code == 409
    assert "dernier compte d’organisation" in reply.text
    member("organiser", "other")
    one.send("/account/delete", current=PASSWORD, sure="y")
    assert account_of(one.email) is None


def test_a_confirmation_is_sent_again_a_few_times(adult: Make, post: Post) -> None:
    one = adult("awa@ac-rennes.fr")
    one.join()
    one.log_in()
    codes = [one.client.post("/account/confirm").status_code for _ in range(4)]
    assert codes == [302, 302, 302, 429]
    links = {link_in(message) for message in post()}
    assert len(links) == 4
    one.send(links.pop())
    assert one.account.is_verified
    assert {one.get(link).status_code for link in links} == {410}


def test_each_role_sees_its_own_links(member: Make) -> None:
    wanted = {"teacher": ["/classes"], "author": ["/workshop"],
              "organiser": ["/workshop", "/organisers/people"], "moderator": []}  # fmt: skip
    for role, paths in wanted.items():
        one = member(role)
        one.log_in()
        menu = one.get("/about").text.partition("</nav>")[0]
        for path in ("/classes", "/workshop", "/organisers/people"):
            assert (f'href="{path}"' in menu) == (path in paths), (role, path)
        assert 'href="/account"' in menu
    db.session.rollback()
