"""A classroom opened without an account, and those who come in: each a browser of their own."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.classes.models import Classroom, Student
from app.core.db import db
from tests.tours.mill import Student as Walker


class Room:
    """A classroom as its teacher holds it."""

    def __init__(self, app: Flask, expected: int = 30, tour: str = "mill-tour") -> None:
        self.app = app
        self.teacher: FlaskClient = app.test_client()
        form = {"expected": str(expected), "tour": tour, "name": "4e B"}
        reply = self.teacher.post("/classes/open", data=form)
        assert reply.status_code == 302, reply.text
        self.slug = reply.location.rsplit("/", 1)[1]

    @property
    def row(self) -> Classroom:
        """The classroom as it is now."""
        db.session.rollback()
        return db.session.scalars(select(Classroom).where(Classroom.slug == self.slug)).one()

    def students(self) -> list[Student]:
        """Its students, in the order in which they came."""
        query = select(Student).where(Student.classroom_id == self.row.id)
        return list(db.session.scalars(query.order_by(Student.id)))

    def enter(self, code: str | None = None, **form: str) -> tuple[Walker, TestResponse]:
        """Somebody types a code."""
        client = self.app.test_client()
        return Walker(client), client.post("/join", data={"code": code or self.row.code} | form)

    def come_in(self) -> Walker:
        """Somebody types the right code and stands in the hall."""
        walker, reply = self.enter()
        assert reply.location == "/welcome", reply.text
        assert walker.open("hall").status_code == 200
        return walker

    def come_in_again(self) -> FlaskClient:
        """Somebody more comes in, by the door that is opened for them; their browser."""
        self.act("door", door="open", expected="60")
        client = self.come_in().client
        self.act("door", door="knock")
        return client

    def act(self, path: str, **form: str) -> TestResponse:
        """The teacher presses a button of the board."""
        return self.teacher.post(f"/classes/{self.slug}/{path}", data=form)

    def state(self) -> dict[str, Any]:
        """What the board shows."""
        reply = self.teacher.get(f"/classes/{self.slug}", headers={"Accept": "application/json"})
        told: dict[str, Any] = reply.get_json()
        return told


def pseudonym_of(walker: Walker) -> str:
    """By which name the welcome page greets."""
    found = re.search(r"<h1>(.*?)</h1>", walker.client.get("/welcome").text)
    assert found is not None
    return found[1]


@pytest.fixture
def open_room(mill: Flask) -> Callable[..., Room]:
    """Classrooms, opened when a test asks."""
    return lambda **wish: Room(mill, **wish)


@pytest.fixture
def room(open_room: Callable[..., Room]) -> Room:
    """One classroom."""
    return open_room()
