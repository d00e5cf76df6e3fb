"""Adults at their browsers, and the mails that reach them through a real server."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.config import Settings, read_settings
from app.core.db import db
from app.core.jobs import Job, run
from app.core.writer import write
from app.people.accounts import find_by_email, hash_password, put_account
from app.people.models import Account
from tests.services.postbox import Own, Postbox
from tests.serving import SECRET

PASSWORD = "trois roues dentees"
SITE = "https://visites.example.fr"


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Postbox]:
    """One server for all of them."""
    server = Own(Postbox())
    server.start()
    yield server.postbox
    server.stop()


@pytest.fixture
def settings(tmp_path: Path, database_url: str, mail_server: Postbox) -> Settings:
    """A site that sends mails; its organisers choose whether they tie a phone."""
    mail_server.messages.clear()
    return read_settings(
        secret=SECRET, data=tmp_path / "data", database=database_url, second_factor="optional",
        mail=f"smtp+plain://127.0.0.1:{mail_server.port}", mail_from=f"Déambule <d@{SITE[8:]}>",
        url=SITE,
    )  # fmt: skip


@pytest.fixture
def post(app: Flask, mail_server: Postbox) -> Callable[[], list[EmailMessage]]:
    """Does the worker's work; the messages that it sent."""

    def deliver() -> list[EmailMessage]:
        db.session.rollback()  # what browsers wrote meanwhile is waiting
        for job_id in db.session.scalars(select(Job.id).where(Job.state == "waiting")).all():
            run(app.extensions["writer"], job_id)
        db.session.rollback()
        sent, mail_server.messages = mail_server.messages, []
        return sent

    return deliver


def text_of(message: EmailMessage) -> str:
    """What a mail says."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def words_of(page: TestResponse, email: str) -> str:
    """What a page says, without the address that was typed and without the signs of its forms."""
    signs = r'name="csrf_token" (type="hidden" )?value="[^"]+"'
    return re.sub(signs, "", page.text).replace(email, "")


def link_in(message: EmailMessage) -> str:
    """The path of the link in a mail; it leads to this site, and its page has the same one."""
    found = re.search(rf"{SITE}(/\S+)", text_of(message))
    assert found is not None
    page = message.get_body(("html",))
    assert page is not None
    assert f'href="{found[0]}"' in page.get_content()
    return found[1]


def account_of(email: str) -> Account | None:
    """The account with this address, as it is now."""
    db.session.rollback()
    return find_by_email(email)


class Adult:
    """Somebody at a browser of their own."""

    def __init__(self, client: FlaskClient, email: str = "") -> None:
        self.client = client
        self.email = email

    @property
    def account(self) -> Account:
        """Their account as it is now."""
        found = account_of(self.email)
        assert found is not None
        return found

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def send(self, path: str, **form: Any) -> TestResponse:
        """Send a form, and follow where it leads."""
        return self.client.post(path, data=form, follow_redirects=True)

    def log_in(self, password: str = PASSWORD, **form: Any) -> TestResponse:
        """Try to log in."""
        return self.client.post("/login", data={"email": self.email, "password": password} | form)

    def is_in(self) -> bool:
        """Whether the site knows who this is."""
        return self.get("/account").status_code == 200

    def join(self, **changed: str) -> TestResponse:
        """Open a teacher's account."""
        form = {
            "name": "Awa Diop", "email": self.email, "password": PASSWORD,
            "school": "Collège des Alizés", "place": "GP America/Guadeloupe",
        }  # fmt: skip
        return self.client.post("/teachers/join", data=form | changed)


@pytest.fixture
def adult(client: FlaskClient, app: Flask) -> Callable[..., Adult]:
    """Somebody without an account yet, at a browser of their own."""
    return lambda email="": Adult(app.test_client(), email)


@pytest.fixture
def member(adult: Callable[..., Adult]) -> Callable[..., Adult]:
    """Somebody who has an account with this role."""
    hashed = hash_password(PASSWORD)

    def make(role: str, name: str = "") -> Adult:
        one = adult(f"{name or role}@example.org")
        write(lambda tx: put_account(tx, one.email, name or role, role, hashed))
        return one

    return make
