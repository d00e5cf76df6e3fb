"""Logins: whom they let in, where they lead, how long they last, and what ends them."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import extract_parameters
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.writer import write
from app.people import passwords
from app.people.accounts import add_account, hash_password
from app.people.models import Login
from app.people.passwords import is_right
from app.people.purging import purge_people
from tests.people.conftest import PASSWORD, Adult, words_of

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
Make = Callable[..., Adult]


def token_of(one: Adult) -> str | None:
    """What this browser's cookie holds."""
    with one.client.session_transaction() as session:
        return session.get("_user_id")


def test_login_leads_each_role_to_its_place(member: Make) -> None:
    homes = {
        "teacher": "/classes",
        "professional": "/professionals/me",
        "author": "/workshop",
        "moderator": "/sessions",
        "organiser": "/workshop",
    }
    assert {role: member(role).log_in().location for role in homes} == homes


def test_a_login_leads_to_the_page_that_was_asked_for(member: Make) -> None:
    one = member("author")
    asked = one.get("/account").location
    assert asked == "/login?next=/account"
    reply = one.client.post(asked, data={"email": one.email, "password": PASSWORD})
    assert reply.location == "/account"


@pytest.mark.parametrize(
    "path",
    [
        "/%09///evil.example/x", "/%0a//evil.example", "//evil.example", "/%5Cevil.example",
        "///evil.example", "/%5c%5cevil.example", "https://evil.example/", "/%0d/evil.example",
        "%20//evil.example", "/https://evil.example%00", "javascript:alert(1)", "evil.example",
    ],
)  # fmt: skip
def test_a_login_leads_to_no_other_site(member: Make, path: str) -> None:
    one = member("author")
    reply = one.client.post(f"/login?next={path}", data={"email": one.email, "password": PASSWORD})
    assert reply.location == "/workshop"


def test_the_database_holds_no_more_of_a_login_than_a_hash(member: Make) -> None:
    one = member("author")
    one.log_in()
    token = token_of(one)
    assert token is not None
    hashed = db.session.scalars(select(Login.token_hash)).one()
    assert hashed == hashlib.sha256(token.encode()).hexdigest()
    with one.client.session_transaction() as session:
        session["_user_id"] = hashed
    assert not one.is_in()


def test_whatever_was_in_the_cookie_before_a_login_is_no_login_after_it(member: Make) -> None:
    one, attacker = member("author"), member("author", "mallory")
    with one.client.session_transaction() as session:
        session["_user_id"] = "chosen by somebody else"
    one.log_in()
    first = token_of(one)
    assert first != "chosen by somebody else"
    one.log_in()
    assert token_of(one) != first
    with attacker.client.session_transaction() as session:
        session["_user_id"] = first
    assert not attacker.is_in()


def test_the_signs_of_forms_change_with_the_login(member: Make, app: Flask) -> None:
    one = member("author")
    signs = []
    for path, form in (("/login", {"email": one.email, "password": PASSWORD}), ("/logout", {})):
        one.get("/login")
        with one.client.session_transaction() as session:
            signs.append(session.get("csrf_token"))
        one.send(path, **form)
    with one.client.session_transaction() as session:
        assert session.get("csrf_token") not in signs
    assert len(set(signs)) == 2


def test_logging_out_ends_the_login_even_for_a_copy_of_its_cookie(
    member: Make, adult: Make
) -> None:
    one, copy = member("author"), adult()
    one.log_in()
    with one.client.session_transaction() as mine, copy.client.session_transaction() as theirs:
        theirs.update(mine)
    assert copy.is_in()
    one.send("/logout")
    assert not copy.is_in()
    assert not one.is_in()


def test_logging_out_everywhere_ends_all_logins_of_one_account_and_no_other(member: Make) -> None:
    here, other = member("author"), member("teacher")
    there = Adult(here.client.application.test_client(), here.email)
    for one in (here, there, other):
        one.log_in()
    assert "déconnecté partout" in here.send("/account/logins/close").text
    assert [one.is_in() for one in (here, there, other)] == [False, False, True]


@pytest.mark.parametrize(
    ("form", "lasts"), [({}, timedelta(hours=12)), ({"stay": "y"}, timedelta(days=30))]
)
def test_a_login_ends_by_itself(member: Make, form: dict[str, str], lasts: timedelta) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        one = member("author")
        one.log_in(**form)
        clock.shift(lasts - timedelta(seconds=1))
        assert one.is_in()
        assert purge_people() == 0
        clock.shift(2)
        assert not one.is_in()
        assert purge_people() == 1
    assert db.session.scalar(select(func.count()).select_from(Login)) == 0


def test_a_login_notes_once_an_hour_that_it_is_used(member: Make) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        one = member("author")
        one.log_in()
        clock.shift(timedelta(minutes=50))
        one.get("/account")
        assert db.session.scalars(select(Login.seen_at)).one() == NOON
        clock.shift(timedelta(minutes=20))
        one.get("/account")
        db.session.rollback()
        assert db.session.scalars(select(Login.seen_at)).one() == NOON + timedelta(minutes=70)


def cookie_set_by(reply_headers: list[str]) -> str:
    """The session's cookie as the site sets it."""
    return next(line for line in reply_headers if line.startswith("deambule="))


def test_a_login_ends_with_the_browser_unless_asked_to_stay(member: Make) -> None:
    one = member("author")
    for form, stays in (({}, False), ({"stay": "y"}, True)):
        cookie = cookie_set_by(one.log_in(**form).headers.getlist("Set-Cookie"))
        assert ("Expires=" in cookie) == stays


def test_a_students_place_outlives_the_browser_again_once_the_adult_has_left(
    member: Make, mill: Flask
) -> None:
    one = member("author")
    kept = one.get("/tours/mill-tour/hall").headers.getlist("Set-Cookie")
    assert "Expires=" in cookie_set_by(kept)
    one.log_in()
    one.get("/tours/mill-tour/hall")
    with one.client.session_transaction() as session:
        assert not session.permanent
    left = one.client.post("/logout").headers.getlist("Set-Cookie")
    assert "Expires=" in cookie_set_by(left)


def test_only_wrong_passwords_count_and_right_ones_never_do(member: Make) -> None:
    one = member("author")
    for _ in range(30):
        assert one.log_in().status_code == 302
    for _ in range(10):
        assert "ne vont pas ensemble" in one.log_in("wrong").text
    refused = one.log_in()
    assert refused.status_code == 429
    assert "Attendez cinq minutes" in refused.text
    assert member("teacher").log_in().status_code == 302


def test_a_network_may_be_wrong_a_hundred_times_a_minute(member: Make, adult: Make) -> None:
    one = member("author")
    with time_machine.travel(datetime(2026, 11, 26, 10, tzinfo=UTC), tick=False):  # in one minute
        for number in range(100):
            assert adult(f"nobody{number}@example.org").log_in("x").status_code == 200
        assert adult("nobody@example.org").log_in("x").status_code == 429
        assert one.client.get("/login").status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_reply(
    member: Make, adult: Make
) -> None:
    known, unknown = member("author"), adult("nobody@example.org")
    write(lambda tx: add_account(tx, "invited@example.org", "I", "author").id)
    invited = adult("invited@example.org")
    pages = {
        words_of(one.log_in("not the right one"), one.email) for one in (known, unknown, invited)
    }
    assert len(pages) == 1


def test_nobody_costs_as_much_to_check_as_somebody() -> None:
    """Else the time of an answer would tell which addresses have an account."""
    nobody, somebody = passwords._nobody(), hash_password("trois roues dentees")
    assert extract_parameters(nobody) == extract_parameters(somebody)
    assert not is_right("", "trois roues dentees")
