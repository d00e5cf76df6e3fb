"""A session on a site that runs: its classes with their teachers, and those who answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Self

import socketio
from flask import Flask
from sqlalchemy import select

from app.classes.classrooms import Opened, Wish, add_teacher, draw_slug, open_classroom
from app.classes.doors import seat
from app.classes.models import Classroom
from app.classes.places import VISITOR
from app.core.db import db, now
from app.core.writer import Transaction, write
from app.live.chat.models import ChatRoom, Message
from app.live.chat.rooms import open_room
from app.live.sessions.models import Booking, Professional, Session, SessionProfessional
from app.people.accounts import put_account
from app.people.logins import TOKEN, open_login
from app.people.models import Account
from tests.live.lesson import app_on, pass_midnight, sign
from tests.live.wire import Wire
from tests.serving import Site

DRAWN = (f"abcdefgh{number:06d}" for number in count(1))
"""Numbers of messages, each given once."""


@dataclass
class Meeting:
    """A session with what its people hold in their browsers."""

    app: Flask
    id: int
    slug: str
    classrooms: list[int] = field(default_factory=list)
    students: list[list[str]] = field(default_factory=list)
    """Cookies, by class."""
    visitors: list[list[int]] = field(default_factory=list)
    teachers: list[str] = field(default_factory=list)
    professionals: list[str] = field(default_factory=list)
    moderator: str = ""

    def rows(self, model: Any = Message) -> list[Any]:
        """The rows of a table of this room."""
        with self.app.app_context():
            db.session.rollback()
            mine = select(model).where(model.room_id == self.id)
            return list(db.session.scalars(mine.order_by(*model.__table__.primary_key)))

    def room(self) -> ChatRoom:
        """The room as it is now."""
        with self.app.app_context():
            db.session.rollback()
            return db.session.scalars(select(ChatRoom).where(ChatRoom.session_id == self.id)).one()

    def answering(self) -> list[int]:
        """The accounts of those who answer."""
        mine = SessionProfessional.session_id == self.id
        query = select(SessionProfessional.account_id).where(mine)
        with self.app.app_context():
            return list(db.session.scalars(query.order_by(SessionProfessional.account_id)))

    def change(self, model: Any, key: Any, **values: Any) -> None:
        """Write some columns behind the site's back."""

        def unit(tx: Transaction) -> None:
            row = tx.session.get_one(model, key)
            for name, value in values.items():
                setattr(row, name, value)

        with self.app.app_context():
            write(unit)


def log_in(app: Flask, role: str, email: str, *, is_verified: bool = True) -> tuple[int, str]:
    """Somebody of the staff; their number and the cookie of their browser."""

    def unit(tx: Transaction) -> tuple[int, str]:
        number = put_account(tx, email, email.partition("@")[0], role, "no password fits this")
        if not is_verified:
            tx.session.get_one(Account, number).verified_at = None
        return number, open_login(tx, number)

    with app.app_context():
        number, token = write(unit)
    return number, sign(app, {TOKEN: token})


def open_meeting(
    data: Path | Flask,
    *,
    classes: int = 1,
    students: int = 2,
    answering: int = 1,
    minutes: int = 40,
    is_open: bool = True,
    begins: timedelta = timedelta(minutes=-1),
) -> Meeting:
    """A session that has begun, or `begins` later, with classes in their lesson."""
    pass_midnight()
    app = data if isinstance(data, Flask) else app_on(data)
    mark = draw_slug()[:6].lower()
    meeting = Meeting(app, 0, "")
    owner, _cookie = log_in(app, "organiser", f"boss-{mark}@example.org")

    def offer(tx: Transaction) -> tuple[int, str]:
        session = Session(
            slug=draw_slug(), kind="offer", subject="La maintenance d’une turbine",
            tour="mill-tour", starts_at=now() + begins, minutes=minutes,
            languages=["fr"], capacity=4, created_by=owner, created_at=now(),
        )  # fmt: skip
        tx.session.add(session)
        tx.session.flush()
        return session.id, session.slug

    with app.app_context():
        meeting.id, meeting.slug = write(offer)
    for number in range(classes):
        _add_class(meeting, mark, number, students)
    for number in range(answering):
        _add_professional(meeting, mark, number)
    _number, meeting.moderator = log_in(app, "moderator", f"mo-{mark}@example.org")
    if is_open:
        with app.app_context():
            write(lambda tx: open_room(tx, meeting.id))
    return meeting


def _add_class(meeting: Meeting, mark: str, number: int, students: int) -> None:
    app = meeting.app
    teacher, cookie = log_in(app, "teacher", f"teacher{number}-{mark}@ac-rennes.fr")

    def unit(tx: Transaction) -> tuple[Opened, list[int]]:
        opened = open_classroom(tx, Wish("Europe/Paris", tour="mill-tour"), None)
        classroom = tx.session.get_one(Classroom, opened.id)
        classroom.level = "3e"
        add_teacher(tx, opened.id, teacher)
        booking = Booking(
            session_id=meeting.id, classroom_id=opened.id, account_id=teacher, state="booked",
            asked_at=now(), created_at=now(),
        )  # fmt: skip
        tx.session.add(booking)
        return opened, [seat(tx, classroom) for _ in range(students)]

    with app.app_context():
        opened, visitors = write(unit)
    meeting.classrooms.append(opened.id)
    meeting.visitors.append(visitors)
    meeting.students.append([sign(app, {VISITOR: one}) for one in visitors])
    meeting.teachers.append(cookie)


def _add_professional(meeting: Meeting, mark: str, number: int) -> None:
    account, cookie = log_in(meeting.app, "professional", f"pro{number}-{mark}@example.org")

    def unit(tx: Transaction) -> None:
        tx.session.add(
            Professional(
                account_id=account,
                first_name=["Karim", "Nadia", "Léa", "Tom"][number],
                job="Technicien",
                charter_at=now(),
                created_at=now(),
            )
        )
        tx.session.flush()
        tx.session.add(SessionProfessional(session_id=meeting.id, account_id=account))

    with meeting.app.app_context():
        write(unit)
    meeting.professionals.append(cookie)


class Page:
    """A page of the room: its line, and what it has heard."""

    def __init__(
        self,
        url: str,
        meeting: Meeting,
        cookie: str,
        side: str,
        seq: int = 0,
        line: Callable[[str, str], Any] = Wire,
    ) -> None:
        self.wire: Wire = line(url, cookie).enter(room=meeting.slug, side=side, seq=seq)
        self.history = self.wire.hear("history")

    def draw(self) -> str:
        """A number that no other message of this page has."""
        return next(DRAWN)

    def ask(self, text: str, **more: Any) -> Any:
        """Ask a question."""
        return self.wire.ask("ask", {"client_id": self.draw(), "text": text, **more})

    def answer(self, about: int, text: str, **more: Any) -> Any:
        """Answer one."""
        said = {"client_id": self.draw(), "about": about, "text": text, **more}
        return self.wire.ask("answer", said)

    def decide(self, message: int, act: str, **more: Any) -> Any:
        """Decide about a message."""
        return self.wire.ask("decide", {"id": message, "act": act, **more})

    def hear(self, kind: str) -> Any:
        """The next event of this kind that everybody hears."""
        while True:
            event = self.wire.hear("chat")
            if event["kind"] == kind:
                return event


class Doorway:
    """Opens pages of rooms on a site, and closes them all."""

    def __init__(self, site: Site, line: Callable[[str, str], Any] = Wire) -> None:
        """`line` opens a page's way to the site: `PollingPage` where no WebSocket passes."""
        self.site = site
        self._line = line
        self._pages: list[Page] = []
        self._clients: list[socketio.Client] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for page in self._pages:
            page.wire.close()
        for client in self._clients:
            client.disconnect()

    def student(self, meeting: Meeting, index: int = 0, of: int = 0, seq: int = 0) -> Page:
        """A student's page, of the class of this number."""
        return self._open(meeting, meeting.students[of][index], "student", seq)

    def staff(self, meeting: Meeting, cookie: str, seq: int = 0) -> Page:
        """An adult's page."""
        return self._open(meeting, cookie, "staff", seq)

    def teacher(self, meeting: Meeting, of: int = 0) -> Page:
        """The page of a class's teacher."""
        return self.staff(meeting, meeting.teachers[of])

    def professional(self, meeting: Meeting, index: int = 0) -> Page:
        """The page of a professional."""
        return self.staff(meeting, meeting.professionals[index])

    def leave_open(self, meeting: Meeting, cookie: str, side: str = "staff") -> None:
        """A page that nobody looks at: it only answers pings."""
        client = socketio.Client()
        client.connect(
            self.site.url,
            {"Cookie": cookie},
            {"room": meeting.slug, "side": side},
            ["websocket"],
            socketio_path="live",
        )
        self._clients.append(client)

    def _open(self, meeting: Meeting, cookie: str, side: str, seq: int) -> Page:
        page = Page(self.site.url, meeting, cookie, side, seq, self._line)
        self._pages.append(page)
        return page
