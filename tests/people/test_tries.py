"""Wrong passwords and codes: how many get through at once, from where, and whom they shut out."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.core.db import now
from app.core.limits import network_of
from app.core.writer import write
from app.people.codes import draw_secret
from app.people.models import Account
from tests.people.conftest import PASSWORD, Adult

Make = Callable[..., Adult]
WRONG = "another one"
FEW, MANY = 10, 100
"""What one account may be tried with from one network in five minutes, from all in an hour."""


def all_at_once(tries: Sequence[Callable[[], TestResponse]]) -> list[int]:
    """What each answers, a thread for each; they start together."""
    start, answers = threading.Barrier(len(tries)), []

    def run(one: Callable[[], TestResponse]) -> None:
        start.wait()
        answers.append(one().status_code)

    threads = [threading.Thread(target=run, args=(one,)) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def try_from(app: Flask, address: str, email: str, password: str = WRONG) -> TestResponse:
    """Somebody tries a password from a network, in a browser that nobody knows."""
    return app.test_client().post(
        "/login",
        data={"email": email, "password": password},
        environ_base={"REMOTE_ADDR": address},
    )


def test_wrong_passwords_sent_at_once_get_no_further_than_one_by_one(
    member: Make, app: Flask
) -> None:
    email = member("author").email
    answers = all_at_once([lambda: try_from(app, "192.0.2.1", email)] * 40)
    assert (answers.count(200), answers.count(429)) == (FEW, 30)


def test_wrong_codes_sent_at_once_get_no_further_either(member: Make, app: Flask) -> None:
    one, secret = member("organiser"), draw_secret()
    write(lambda tx: tx.execute(update(Account).values(totp_secret=secret)))
    browsers = [Adult(app.test_client(), one.email) for _ in range(30)]
    for browser in browsers:
        assert browser.log_in().location == "/login/code"
    tries = [partial(own.client.post, "/login/code", data={"code": "000000"}) for own in browsers]
    answers = all_at_once(tries)
    assert (answers.count(200), answers.count(429)) == (FEW, 20)
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1)):
        assert one.log_in().location == "/login/code"
        code = pyotp.TOTP(secret).at(now())
        assert one.client.post("/login/code", data={"code": code}).status_code == 302


def test_right_passwords_sent_at_once_are_all_let_in(member: Make, app: Flask) -> None:
    own = [member("teacher", f"teacher{number}").email for number in range(20)]
    tries = [partial(try_from, app, "192.0.2.1", email, PASSWORD) for email in own]
    assert all_at_once(tries) == [302] * 20


def test_a_home_with_a_whole_ipv6_network_is_one_network(member: Make, app: Flask) -> None:
    email = member("author").email
    for number in range(FEW):
        assert try_from(app, f"2001:db8:1:2::{number + 1:x}", email).status_code == 200
    assert try_from(app, "2001:db8:1:2:ffff::1", email, PASSWORD).status_code == 429
    assert try_from(app, "2001:db8:1:3::1", email, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_what_counts_as_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_one_account_tried_from_everywhere_closes_and_says_by_what_its_owner_gets_in(
    member: Make, app: Flask
) -> None:
    one, other = member("author"), member("teacher")
    for number in range(MANY):
        assert try_from(app, f"198.51.100.{number}", one.email).status_code == 200
    refused = try_from(app, "203.0.113.1", one.email, PASSWORD)
    assert (refused.status_code, "Mot de passe oublié" in refused.text) == (429, True)
    assert try_from(app, "203.0.113.1", other.email, PASSWORD).status_code == 302


def test_a_browser_in_which_one_has_logged_in_is_not_shut_out_by_others(
    member: Make, app: Flask
) -> None:
    """A student behind the school's address could have locked a teacher out of the lesson."""
    one, other = member("teacher"), member("author")
    one.log_in()
    one.send("/logout")
    for _ in range(FEW):
        assert try_from(app, "127.0.0.1", one.email).status_code == 200
    assert try_from(app, "127.0.0.1", one.email, PASSWORD).status_code == 429
    assert one.log_in().status_code == 302
    one.send("/logout")
    for _ in range(FEW):
        assert one.log_in("wrong").status_code == 200
    assert one.log_in().status_code == 429, "such a browser has no more tries than others"
    mine = Adult(one.client, other.email)
    assert mine.log_in().status_code == 302, "and its tries are those of one account"


def test_a_browser_is_known_to_the_accounts_that_logged_in_and_to_no_other(
    member: Make, app: Flask
) -> None:
    """Who has an account of their own gets no tries more at another's."""
    mallory, one = member("author", "mallory"), member("teacher")
    mallory.log_in()
    mallory.send("/logout")
    for _ in range(FEW):
        assert try_from(app, "127.0.0.1", one.email).status_code == 200
    assert Adult(mallory.client, one.email).log_in("wrong").status_code == 429
    stranger = app.test_client()
    stranger.set_cookie("deambule_device", "WyJ4IixbXV0.forged")
    assert Adult(stranger, mallory.email).log_in().status_code == 302


def test_the_cookie_of_a_known_browser_names_nobody_and_is_for_the_server_alone(
    member: Make,
) -> None:
    reply = member("author").log_in()
    (cookie,) = [line for line in reply.headers.getlist("Set-Cookie") if "_device" in line]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "author" not in cookie
