"""Teachers with accounts beside classrooms: who sits where, in tests of what they may."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.writer import write
from app.people.accounts import hash_password, put_account
from tests.classes.room import Room

PASSWORD = "trois roues dentees"


def log_in(app: Flask, client: FlaskClient, name: str = "nour", role: str = "teacher") -> None:
    """Somebody of this role logs in at a browser."""
    email, hashed = f"{name}@example.org", hash_password(PASSWORD)
    write(lambda tx: put_account(tx, email, name, role, hashed))
    reply = client.post("/login", data={"email": email, "password": PASSWORD})
    assert reply.status_code == 302, reply.text


def claimed(app: Flask, room: Room, name: str = "nour") -> Room:
    """The same classroom, once its teacher has an account and keeps it there."""
    log_in(app, room.teacher, name)
    assert room.act("claim").status_code == 302
    assert room.row.key_hash is None
    return room


def make_link(room: Room, purpose: str, **form: Any) -> str:
    """The path of a link that the teacher makes."""
    room.act("links", purpose=purpose, **form)
    page = room.teacher.get(f"/classes/{room.slug}/links").text
    return "/links/" + page.partition("/links/")[2].partition("<")[0]


def follow(app: Flask, path: str) -> tuple[FlaskClient, TestResponse]:
    """A new browser that opens a link and presses its button."""
    client = app.test_client()
    assert client.get(path).status_code == 200
    return client, client.post(path)
