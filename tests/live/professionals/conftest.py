"""Karim, who was invited and has a password, and the organiser who invited him."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core.db import db, now
from app.core.writer import Transaction, write
from app.live.sessions.models import Professional, SessionProfessional
from app.live.sessions.models import Session as Meeting
from tests.people.conftest import (
    PASSWORD,
    Adult,
    adult,
    link_in,
    mail_server,
    member,
    post,
    settings,
)

__all__ = ["adult", "mail_server", "member", "post", "settings"]  # fixtures, asked for by name

Post = Callable[[], list[EmailMessage]]
ME = "/professionals/me"
SAID = {
    "first_name": "Karim", "job": "Conducteur de turbine", "factory": "mill", "rome": "i1310",
    "path": "Un CAP, puis la marine.\nPuis le moulin.", "ask_me": "Le bruit, les nuits.",
}  # fmt: skip


@pytest.fixture
def chief(mill: Flask, member: Callable[..., Adult]) -> Adult:
    """An organiser who is logged in."""
    one = member("organiser")
    one.log_in()
    return one


@pytest.fixture
def invite(chief: Adult, adult: Callable[..., Adult], post: Post) -> Callable[..., Adult]:
    """Somebody is invited, chooses a password from the mail, and is logged in by it."""

    def make(name: str = "Karim Benali", email: str = "karim@mill.example") -> Adult:
        form = {"name": name, "email": email, "role": "professional", "place": "FR Europe/Paris"}
        chief.send("/organisers/people/invite", **form)
        (message,) = post()
        one = adult(email)
        one.send(link_in(message), password=PASSWORD)
        return one

    return make


@pytest.fixture
def karim(invite: Callable[..., Adult]) -> Adult:
    """A professional who has said nothing yet."""
    return invite()


def row_of(one: Adult) -> Professional | None:
    """What they said, as it is now."""
    account_id = one.account.id
    return db.session.get(Professional, account_id)


def say(one: Adult, **changed: str) -> TestResponse:
    """They fill in their profile, and land where it leads."""
    return one.client.post(ME, data=SAID | changed, follow_redirects=True)


def prepare(one: Adult) -> None:
    """All that a professional does themselves."""
    say(one)
    one.send("/professionals/charter")


def vet(one: Adult, chief: Adult) -> None:
    """All that an organiser does for them."""
    for act in ("employer", "approve"):
        assert decide(chief, one, act).status_code == 303


def decide(chief: Adult, one: Adult, act: str, **form: str) -> TestResponse:
    """An organiser looks at a professional's page and presses one of its buttons."""
    page = f"/organisers/approvals/professionals/{one.account.id}"
    found = re.search(r'name="seen" value="(\w+)"', chief.get(page).text)
    seen = {"seen": found[1]} if found else {}
    return chief.client.post(f"{page}/{act}", data=seen | form)


def hold(accounts: list[int], slug: str = "abc", **more: Any) -> int:
    """A session in which these accounts answer."""
    said = {
        "slug": slug, "kind": "offer", "subject": "Le moulin la nuit", "starts_at": now(),
        "state": "offered", "created_at": now(), "languages": ["fr"], "minutes": 40,
    }  # fmt: skip

    def unit(tx: Transaction) -> int:
        meeting = Meeting(**said | more)
        tx.session.add(meeting)
        tx.session.flush()
        for account in accounts:
            tx.session.add(SessionProfessional(session_id=meeting.id, account_id=account))
        return meeting.id

    return write(unit)
