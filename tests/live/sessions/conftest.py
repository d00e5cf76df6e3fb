"""Teachers with their classes, professionals, organisers, and what they are offered."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.classes.classrooms import Wish, open_classroom
from app.classes.models import Classroom
from app.core.db import db, now
from app.core.jobs import Job, run
from app.core.writer import Transaction, write
from app.live.sessions.models import Booking, Professional, Session
from app.live.sessions.sessions import Offer, offer_session
from app.people.accounts import hash_password, put_account
from app.people.models import Account
from app.people.schools import find_or_make_school

PASSWORD = "trois roues dentees"
GUADELOUPE = "GP America/Guadeloupe"
DECEMBER = datetime(2026, 12, 8, 9, tzinfo=UTC)
"""A Tuesday, 10 h in Paris and 5 h in Guadeloupe."""
EARLY = datetime(2026, 11, 20, 9, tzinfo=UTC)
"""When most tests begin."""


class Town:
    """Everybody who may meet, each with an account and a browser."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        app.config["WTF_CSRF_ENABLED"] = False
        self.hashed = hash_password(PASSWORD)
        self.browsers: dict[str, FlaskClient] = {}

    def settle(
        self, name: str, role: str = "teacher", place: str = "", language: str = "fr", **more: Any
    ) -> int:
        """Somebody with an account, verified unless it says otherwise; its number."""

        def unit(tx: Transaction) -> int:
            number = put_account(tx, f"{name}@example.org", name.capitalize(), role, self.hashed)
            account = tx.session.get_one(Account, number)
            account.language = language
            if place:
                account.school_id = find_or_make_school(tx, f"École {name}", place)
            for column, value in more.items():
                setattr(account, column, value)
            return number

        return write(unit)

    def open_class(self, account: int, name: str = "4e B") -> int:
        """A class of a teacher; its number."""
        return write(lambda tx: open_classroom(tx, Wish("Europe/Paris", name), account).id)

    def teacher(self, name: str, place: str = "", **more: Any) -> tuple[int, int]:
        """A verified teacher and their class."""
        account = self.settle(name, place=place, **more)
        return account, self.open_class(account)

    def professional(self, name: str = "karim", factory: str = "mill") -> int:
        """A verified professional of a factory."""
        number = self.settle(name, "professional")
        said = Professional(
            account_id=number, first_name=name.capitalize(), job="Fraiseur", factory=factory,
            created_at=now(),
        )  # fmt: skip
        write(lambda tx: tx.session.add(said))
        return number

    def offer(self, **wish: Any) -> int:
        """A session that is offered; its number."""
        values: dict[str, Any] = {
            "kind": "offer", "subject": "Le rotor de la turbine", "starts_at": DECEMBER, **wish
        }  # fmt: skip
        return write(lambda tx: offer_session(tx, Offer(**values), None).id)

    def browser(self, name: str) -> FlaskClient:
        """The browser of somebody, logged in."""
        if name not in self.browsers:
            client = self.browsers[name] = self.app.test_client()
            form = {"email": f"{name}@example.org", "password": PASSWORD, "stay": "y"}
            assert client.post("/login", data=form).status_code == 302
        return self.browsers[name]

    def post(self, name: str, path: str, /, **form: Any) -> TestResponse:
        """Somebody sends a form."""
        return self.browser(name).post(path, data=form)

    def get(self, name: str, path: str) -> TestResponse:
        """Somebody opens a page."""
        return self.browser(name).get(path)

    def session(self, number: int) -> Session:
        """A session as it is now."""
        db.session.rollback()
        return db.session.get_one(Session, number)

    def slug(self, number: int) -> str:
        """Its name in addresses."""
        return self.session(number).slug

    def class_slug(self, number: int) -> str:
        """A class's name in addresses."""
        return db.session.get_one(Classroom, number).slug

    def states(self, session: int) -> dict[int, str]:
        """What each class's booking is."""
        db.session.rollback()
        query = select(Booking).where(Booking.session_id == session).order_by(Booking.id)
        return {one.classroom_id: one.state for one in db.session.scalars(query)}

    def mails(self) -> list[EmailMessage]:
        """Does the worker's work; the mails that it wrote since last asked."""
        db.session.rollback()
        for job_id in db.session.scalars(select(Job.id).where(Job.state == "waiting")).all():
            run(self.app.extensions["writer"], job_id)
        db.session.rollback()
        failed = db.session.scalars(select(Job).where(Job.state == "failed")).all()
        assert [job.message for job in failed] == []
        folder = self.app.extensions["settings"].data / "mail"
        paths = sorted(folder.glob("*.eml")) if folder.exists() else []
        sent = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
        for path in paths:
            path.unlink()
        return sent


def text_of(message: EmailMessage) -> str:
    """What a mail says."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def subjects(mails: list[EmailMessage]) -> list[tuple[str, str]]:
    """To whom and about what, in order of addresses."""
    return sorted((str(mail["To"]).split("@")[0], str(mail["Subject"])) for mail in mails)


def later(**ago: float) -> datetime:
    """A moment from now."""
    return now() + timedelta(**ago)


@pytest.fixture
def town(app: Flask) -> Town:
    """A town without anybody yet."""
    return Town(app)


@pytest.fixture
def mill_town(mill: Flask) -> Town:
    """The same beside a mill that may be visited."""
    return Town(mill)
