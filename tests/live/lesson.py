"""A class in its lesson on a real site: a teacher's cookie and its students'."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener
from zoneinfo import ZoneInfo

from flask import Flask

from app.classes.chairs import CHAIRS
from app.classes.classrooms import Opened, Wish, open_classroom, set_time
from app.classes.doors import seat
from app.classes.links import lend, pair, show_phone
from app.classes.models import Classroom
from app.classes.places import VISITOR
from app.classes.times import local_day
from app.core.config import read_settings
from app.core.db import now
from app.core.writer import Transaction, write
from app.factory import create_app
from tests.live.wire import PATIENCE
from tests.serving import SECRET

LONGEST_TEST = 180.0
"""Seconds that a test with a lesson may take."""


def app_on(data: Path) -> Flask:
    """The app as a command has it, on the data of a site that runs."""
    return create_app(read_settings(data=data, secret=SECRET))


def until(is_so: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something becomes so in time: what the site does by itself, or its worker."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def pass_midnight() -> None:
    """Wait when the day in Paris is about to end: lessons end with it."""
    moment = now().astimezone(ZoneInfo("Europe/Paris"))
    midnight = moment.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    left = (midnight - moment).total_seconds()
    if left < LONGEST_TEST:
        time.sleep(left + 1)


def sign(app: Flask, session: dict[str, Any]) -> str:
    """The cookie of a session."""
    signer: Any = app.session_interface
    return f"deambule={signer.get_signing_serializer(app).dumps(session)}"


@dataclass
class Lesson:
    """A class, opened without an account."""

    app: Flask
    id: int
    slug: str
    visitors: list[int]

    @property
    def teacher(self) -> str:
        """The cookie of whoever holds the key."""
        return sign(self.app, {CHAIRS: {self.slug: "key:0"}})

    def student(self, index: int = 0, **more: Any) -> str:
        """The cookie of a student."""
        return sign(self.app, {VISITOR: self.visitors[index], **more})

    def set_time(self, time: str) -> None:
        """What the teacher says the time is; the site that runs is not told."""
        with self.app.app_context():
            write(lambda tx: set_time(tx, self.id, time))


def open_lesson(data: Path, students: int = 1) -> Lesson:
    """Open a class and seat its students."""
    pass_midnight()
    app = app_on(data)

    def unit(tx: Transaction) -> tuple[Opened, list[int]]:
        opened = open_classroom(tx, Wish("Europe/Paris", tour="mill-tour"), None)
        classroom = tx.session.get_one(Classroom, opened.id)
        return opened, [seat(tx, classroom) for _ in range(students)]

    with app.app_context():
        opened, visitors = write(unit)
    return Lesson(app, opened.id, opened.slug, visitors)


class Address(Protocol):
    """Where a site is."""

    url: str
    """As browsers are told it."""


class Chair(HTTPRedirectHandler):
    """A browser on the teacher's side; it keeps its cookie, through redirects too."""

    def __init__(self, site: Address, cookie: str) -> None:
        self.url, self.cookie = site.url, cookie
        self._opener = build_opener(self)

    def redirect_request(self, req: Request, *where: Any) -> Request | None:
        """Where a redirect leads, with the cookie that it gives."""
        self._keep(where[3])
        following = super().redirect_request(req, *where)
        if following is not None:
            following.add_header("Cookie", self.cookie)
        return following

    def get(self, path: str) -> str:
        """Open a page, and keep its cookie."""
        return self._ask(Request(self.url + path, headers={"Cookie": self.cookie}))

    def send(self, path: str, page: str, **form: str) -> str:
        """Press a button of `page`."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page))
        assert found is not None
        body = urlencode({"csrf_token": found[1]} | form).encode()
        headers = {"Cookie": self.cookie, "Referer": self.url + page}
        return self._ask(Request(self.url + path, body, headers))

    def _ask(self, request: Request) -> str:
        with self._opener.open(request, timeout=PATIENCE) as answer:
            self._keep(answer.headers)
            return str(answer.read().decode())

    def _keep(self, headers: Any) -> None:
        told = headers["Set-Cookie"]
        self.cookie = told.partition(";")[0] if told else self.cookie


def lent(lesson: Lesson) -> str:
    """The cookie of a substitute."""
    with lesson.app.app_context():
        today = local_day(now(), "Europe/Paris")
        token = write(lambda tx: lend(tx, lesson.id, today))
    return sign(lesson.app, {"chairs": {lesson.slug: f"link:{token}"}})


def paired(lesson: Lesson) -> str:
    """The cookie of the teacher's phone."""
    with lesson.app.app_context():
        shown = write(lambda tx: show_phone(tx, lesson.id))
        token = write(lambda tx: pair(tx, shown))
    return sign(lesson.app, {"chairs": {lesson.slug: f"link:{token}"}})
