"""Who leads a class, and to where: decided in the database, kept at hand while a view moves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import gevent
from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.classes.doors import time_of
from app.classes.models import Classroom
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import Transaction, write
from app.live.models import Lead
from app.people.models import Account

KEPT_EVERY = 2.0
"""Seconds at least between two views of one class that are written down."""
CALLED: Mapping[str, Any] = {
    "keyed": _l("Le professeur"),
    "substitute": _l("Le remplaçant"),
    "phone": _l("Le téléphone du professeur"),
}
"""How those who lead without an account are called."""
_FIRST = {
    "sqlite": sqlite.insert(Lead).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(Lead).on_conflict_do_nothing(),
}


@dataclass(frozen=True)
class View:
    """Where one looks, in degrees."""

    yaw: float = 0.0
    pitch: float = 0.0
    hfov: float = 100.0


@dataclass(frozen=True)
class Led:
    """What a class is led to do."""

    number: int = 0
    mode: str = "free"
    tour: str = ""
    scene: str = ""
    view: View = View()
    board: str = ""
    """The board that leads; nobody's while the class is free."""
    leader: str = ""
    """`teacher:<account>`, or the kind of a chair without account."""
    at: datetime | None = None
    name: str = ""
    """The first name of the professional who shows it; none when the class's own side leads."""
    hotspot: str = ""
    """What a professional shows there."""
    point: View | None = None
    """The direction in which they point."""

    def as_of(self, classroom: Classroom) -> "Led":
        """The same, as it holds now: nobody leads outside of the lesson in which it was ordered."""
        is_lesson = time_of(classroom, now()) == "lesson"
        if is_lesson and self.at is not None and self.at >= classroom.timed_at:
            return self
        return replace(self, mode="free", board="", leader="")


@dataclass(frozen=True)
class Wish:
    """What a board wants of its class."""

    board: str
    leader: str
    mode: str
    tour: str = ""
    scene: str = ""
    view: View = View()


def order(tx: Transaction, classroom_id: int, wish: Wish) -> Led:
    """Lead the class, or let it go. Raises Refusal when another board leads."""
    row, held = _hold(tx, classroom_id)
    if held.mode != "free" and held.board not in ("", wish.board):
        raise Refusal(
            "led",
            _l(
                "%(name)s mène déjà la classe. « Prendre la main » la fait passer ici.",
                name=call(tx.session, held.leader),
            ),
            409,
        )
    is_free = wish.mode == "free"
    row.mode, row.tour, row.scene = wish.mode, wish.tour, wish.scene
    row.yaw, row.pitch, row.hfov = wish.view.yaw, wish.view.pitch, wish.view.hfov
    row.board, row.leader = ("", "") if is_free else (wish.board, wish.leader)
    row.number += 1
    row.at = now()
    return _read(row)


def take(tx: Transaction, classroom_id: int, board: str, leader: str) -> Led:
    """Take the hand over: what the class is led to stays as it is."""
    row, held = _hold(tx, classroom_id)
    row.mode, row.board, row.leader, row.at = held.mode, board, leader, now()
    return _read(row)


def _hold(tx: Transaction, classroom_id: int) -> tuple[Lead, Led]:
    """The row of a class, held until the commit, and what it says as of now."""
    tx.execute(_FIRST[tx.connection.dialect.name], {"classroom_id": classroom_id, "at": now()})
    row = tx.session.get_one(Lead, classroom_id, with_for_update=True, populate_existing=True)
    classroom = tx.session.get_one(Classroom, classroom_id, populate_existing=True)
    return row, _read(row).as_of(classroom)


def _read(row: Lead) -> Led:
    view = View(row.yaw, row.pitch, row.hfov)
    return Led(row.number, row.mode, row.tour, row.scene, view, row.board, row.leader, row.at)


def name_of(reading: Session, leader: str) -> str:
    """The name of whoever leads from an account; nothing for the others."""
    kind, _colon, number = leader.partition(":")
    account = reading.get(Account, int(number)) if kind == "teacher" else None
    return account.name if account else ""


def call(reading: Session, leader: str) -> Any:
    """Whoever leads, as boards say it."""
    return name_of(reading, leader) or CALLED.get(leader, _l("Un autre tableau"))


class Leads:
    """What this process knows of who leads; what moves fast is written down now and then."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._known: dict[int, Led] = {}
        self._shown: dict[int, Led] = {}
        """By classroom: what a professional shows; in memory only."""
        self._due: set[int] = set()

    def of(self, classroom: Classroom) -> Led:
        """What a class is led to do now."""
        known = self._known.get(classroom.id)
        if known is None:
            row = db.session.get(Lead, classroom.id, populate_existing=True)
            known = self._known[classroom.id] = _read(row) if row else Led()
        return known.as_of(classroom)

    def followed(self, classroom: Classroom) -> Led:
        """What its students follow: whoever leads the class, else what a professional shows."""
        led, shown = self.of(classroom), self._shown.get(classroom.id)
        return led if led.mode != "free" or shown is None else shown.as_of(classroom)

    def show(self, classroom_id: int, led: Led | None) -> Led | None:
        """A professional shows this, or nothing any more; what was shown before."""
        before = self._shown.pop(classroom_id, None)
        if led is not None:
            self._shown[classroom_id] = led
        return before

    def keep(self, classroom_id: int, led: Led) -> None:
        """Know of an order that is committed; an older one that comes late changes nothing.

        One with the number that is known hands the class over: the row's view is up to KEPT_EVERY
        old by then, and nobody's view may jump back to it.
        """
        known = self._known.get(classroom_id)
        if known is None or led.number > known.number:
            self._known[classroom_id] = led
        elif led.number == known.number:
            self._known[classroom_id] = replace(led, view=known.view)

    def turn(self, classroom_id: int, view: View) -> Led:
        """The leader looks elsewhere: at hand at once, written down within KEPT_EVERY."""
        led = self._known[classroom_id] = replace(self._known[classroom_id], view=view)
        if classroom_id not in self._due:
            self._due.add(classroom_id)
            gevent.spawn_later(KEPT_EVERY, self._write_down, classroom_id)
        return led

    def _write_down(self, classroom_id: int) -> None:
        self._due.discard(classroom_id)
        led = self._known[classroom_id]
        same = (Lead.classroom_id == classroom_id) & (Lead.number == led.number)
        values = {"yaw": led.view.yaw, "pitch": led.view.pitch, "hfov": led.view.hfov}
        with self.app.app_context():
            write(lambda tx: tx.execute(update(Lead).where(same).values(values)))
