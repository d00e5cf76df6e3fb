"""Everybody who may stand before a class: its teacher's side, its students, and all others."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from app.classes.chairs import CHAIRS
from app.classes.classrooms import add_teacher, hash_key
from app.classes.models import Knock, Student, TeacherLink
from app.core.db import db, now
from app.core.writer import Transaction, write
from app.live.models import Lesson
from app.people.accounts import hash_password, put_account
from app.people.models import ROLES
from tests.classes.room import Room
from tests.test_access import PASSWORD

SIDE = frozenset({"keyed", "account", "substitute", "phone"})
LABELS = SIDE - {"substitute"}
TEACHERS = frozenset({"keyed", "account"})
OTHERS = ("stranger", "visitor", "student", "removed", "keyed elsewhere", "account elsewhere",
          "substitute of yesterday", "closed phone", "student elsewhere", *ROLES)  # fmt: skip
PUBLIC = frozenset(
    {"workshop.publish", "workshop.unpublish", "pages.factory", "pages.reward", "pages.share",
     "pages.card", "pages.achievement", "pages.prove", "pages.withdraw"}
)  # fmt: skip
"""Routes whose `slug` is not a class's: tests/test_access.py has them."""


@pytest.fixture
def class_of(room: Room) -> Room:
    """A class with a student, somebody who knocks, a lesson and a link."""
    room.come_in()
    room.act("door", door="knock")
    room.enter()
    room.act("lessons", tour="mill-tour", minutes="45")
    room.act("links", purpose="colleague")
    return room


def routes_of(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every route that names a class, with each of its methods."""
    for rule in app.url_map.iter_rules():
        if "slug" in rule.arguments and rule.endpoint not in PUBLIC:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule, method


def address(rule: Rule, room: Room, things: dict[str, str]) -> str:
    """The route's address for this class; `things` are its student, knock, lesson and so on."""
    values = {"slug": room.slug, "act": "remove", "step": "close", "kind": "cards",
              "token": "t" * 43, "tour": "mill-tour", "scene": "hall", **things}  # fmt: skip
    if rule.endpoint == "live.run_lesson":
        values["act"] = "start"
    path = str(rule.rule)
    for name in rule.arguments:
        path = re.sub(rf"<(?:[^<>]*:)?{name}>", values[name], path)
    return path


def things_of(room: Room) -> dict[str, str]:
    """The numbers of what belongs to a class."""
    classroom = room.row.id
    found = {}
    for name, model in (("student", Student), ("knock", Knock), ("lesson", Lesson)):
        query = select(model.id).where(model.classroom_id == classroom).order_by(model.id)
        found[name] = str(db.session.scalars(query).first())
    links = select(TeacherLink.token_hash).where(TeacherLink.classroom_id == classroom)
    return found | {"link": str(db.session.scalars(links).first())}


def sit_by_link(room: Room, purpose: str, hours: int) -> FlaskClient:
    """Somebody with a link that ends in so many hours; it may be past."""
    token, moment, classroom = f"{purpose}{hours}", now(), room.row.id
    link = TeacherLink(
        token_hash=hash_key(token), classroom_id=classroom, purpose=purpose,
        starts_at=moment - timedelta(days=1), created_at=moment,
        expires_at=moment + timedelta(hours=hours),
    )  # fmt: skip
    write(lambda tx: tx.session.add(link))
    client = room.app.test_client()
    with client.session_transaction() as session:
        session[CHAIRS] = {room.slug: f"link:{token}"}
    return client


def log_in(room: Room, role: str, classroom: int | None = None) -> FlaskClient:
    """Somebody of the staff, perhaps a teacher of a class."""
    email, hashed = f"{role}{classroom or ''}@example.org", hash_password(PASSWORD)

    def unit(tx: Transaction) -> None:
        account = put_account(tx, email, role, role, hashed)
        if classroom is not None:
            add_teacher(tx, classroom, account)

    write(unit)
    client = room.app.test_client()
    assert client.post("/login", data={"email": email, "password": PASSWORD}).status_code == 302
    return client


def become(who: str, room: Room) -> FlaskClient:
    """The browser of somebody, for whom this is their class or another's."""
    if who in ROLES:
        return log_in(room, who)
    if who == "removed":
        walker = room.come_in_again()
        room.act(f"students/{room.students()[-1].id}/remove")
        return walker
    makers: dict[str, Callable[[], FlaskClient]] = {
        "stranger": room.app.test_client,
        "visitor": lambda: walked(room),
        "student": room.come_in_again,
        "student elsewhere": lambda: Room(room.app).come_in().client,
        "keyed": lambda: room.teacher,
        "keyed elsewhere": lambda: Room(room.app).teacher,
        "account": lambda: log_in(room, "teacher", room.row.id),
        "account elsewhere": lambda: log_in(room, "teacher", Room(room.app).row.id),
        "substitute": lambda: sit_by_link(room, "substitute", 1),
        "substitute of yesterday": lambda: sit_by_link(room, "substitute", -1),
        "phone": lambda: sit_by_link(room, "phone", 1),
        "closed phone": lambda: sit_by_link(room, "phone", -1),
    }
    return makers[who]()


def walked(room: Room) -> FlaskClient:
    """Somebody who walks without a class."""
    client = room.app.test_client()
    assert client.get("/tours/mill-tour/hall").status_code == 200
    return client
