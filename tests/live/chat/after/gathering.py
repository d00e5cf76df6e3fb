"""A session inside the test process, and what its people do there without a line."""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.core.db import db, now
from app.core.jobs import Job, run
from app.core.writer import write
from app.live.chat import answering, moderating
from app.live.chat.attending import Attendant, attend
from app.live.chat.filter import read_message
from app.live.chat.models import Message
from app.live.chat.rooms import close_room
from app.live.chat.saying import Words, say
from app.people.accounts import put_account
from app.people.logins import TOKEN, open_login
from app.people.models import Login
from tests.live.chat.meeting import DRAWN, Meeting
from tests.live.lesson import sign

PLACE = {"tour": "mill-tour", "scene": "hall", "hotspot": "meal", "title": "La farine"}


def stay_logged_in() -> None:
    """Nobody's login runs out, however far the clock goes."""
    write(lambda tx: tx.execute(update(Login).values(expires_at=now() + timedelta(days=999))))


def browse(meeting: Meeting, cookie: str) -> FlaskClient:
    """A browser that holds this cookie."""
    client = meeting.app.test_client()
    name, _is, value = cookie.partition("=")
    client.set_cookie(name, value)
    return client


def join(app: Flask, role: str, email: str, name: str) -> tuple[int, str]:
    """Somebody of the staff; their number and their cookie."""
    number = write(lambda tx: put_account(tx, email, name, role, "no password fits this"))
    return number, sign(app, {TOKEN: write(lambda tx: open_login(tx, number))})


def attendant(meeting: Meeting, cookie: str) -> Attendant:
    """Whoever holds this cookie, as the room knows them."""
    signer: Any = meeting.app.session_interface
    held = signer.get_signing_serializer(meeting.app).loads(cookie.partition("=")[2])
    found = attend(meeting.slug, "staff" if TOKEN in held else "student", held, now())
    assert found is not None
    return found


def ask(meeting: Meeting, text: str, index: int = 0, of: int = 0, **more: Any) -> int:
    """A student asks; the number of the question, which nobody has read."""
    words = Words(next(DRAWN), "question", text, read_message(text), None, more.get("place"))
    who = attendant(meeting, meeting.students[of][index])
    return int(write(partial(say, who=who, words=words))["id"])


def publish(meeting: Meeting, number: int, of: int = 0) -> None:
    """The class's teacher lets everybody read it."""
    who = attendant(meeting, meeting.teachers[of])
    write(partial(moderating.approve, who=who, message_id=number, version=0))


def asked(meeting: Meeting, text: str, index: int = 0, of: int = 0, **more: Any) -> int:
    """A question that everybody reads."""
    number = ask(meeting, text, index, of, **more)
    publish(meeting, number, of)
    return number


def answered(meeting: Meeting, number: int, text: str) -> int:
    """A professional answers, live or in writing; the number of the answer."""
    words = Words(next(DRAWN), "answer", text, read_message(text, adult=True), number)
    who = attendant(meeting, meeting.professionals[0])
    return int(write(partial(say, who=who, words=words))["id"])


def vote(meeting: Meeting, number: int, index: int) -> None:
    """« Moi aussi. »"""
    who = attendant(meeting, meeting.students[0][index])
    write(partial(answering.vote, who=who, question_id=number))


def close(meeting: Meeting) -> None:
    """The room ends."""
    write(lambda tx: close_room(tx, meeting.id, days=90))


def message(number: int) -> Message:
    """A message as it is now."""
    db.session.rollback()
    return db.session.get_one(Message, number)


def work(app: Flask) -> list[str]:
    """Do the jobs that wait, as the worker would; their names."""
    db.session.remove()
    jobs = db.session.query(Job).filter_by(state="waiting").order_by(Job.id).all()
    names = [job.name.rpartition(".")[2] for job in jobs]
    for number in [job.id for job in jobs]:
        run(app.extensions["writer"], number)
    db.session.remove()
    return names
