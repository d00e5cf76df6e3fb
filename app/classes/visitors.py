"""Who explores: a visitor is welcomed at the first scene, and found again by cookie or code."""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import session
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy import insert as insert_row

from app.classes.codes import clean_code, draw_code
from app.classes.events import Erased, PlaceClosed, StudentChanged
from app.classes.models import Student, Visitor
from app.classes.places import (
    GRIP,
    TEAM,
    TRIAL,
    TRIAL_GRIP,
    VISITOR,
    WHOLE,
    forget_place,
    my_place,
)
from app.core.db import db, now
from app.core.privacy import Holding, PrivacyRegistry
from app.core.queries import Query
from app.core.writer import Transaction, write

KEPT_DAYS = 400
TURNS = "turns"
"""Where the cookie counts those who sat down at this browser and left it."""

_visitors = Visitor.__table__
_WELCOME = insert_row(Visitor).returning(Visitor.id)
_MOVE = Query(
    update(Visitor)
    .where(Visitor.id == bindparam("visitor"))
    .values(progress=Visitor.progress + 1, seen_at=bindparam("at"))
    .returning(Visitor.progress)
)


def remembered_visitor() -> int | None:
    """The visitor at this machine, when the browser names one whose place is still theirs."""
    place = my_place()
    return place.visitor if place else None


def remember(visitor: int, grip: int = 0) -> None:
    """Keep the visitor in this browser's session; whoever was here before is let go."""
    let_go()
    session[VISITOR] = visitor
    if grip:
        session[GRIP] = grip
    session.permanent = True


def let_go() -> None:
    """Forget who was at this machine, team mates included."""
    for name in (VISITOR, GRIP, TEAM, WHOLE, TRIAL):
        session.pop(name, None)
    turn_page()
    forget_place()


def turn_page() -> None:
    """Whatever a form of this browser did is done: the same form sent by the next does it anew."""
    session[TURNS] = session.get(TURNS, 0) + 1


def welcome(tx: Transaction) -> int:
    """Make a new visitor."""
    moment = now()
    values = {"resume_code": draw_code(), "progress": 0, "created_at": moment, "seen_at": moment}
    return int(tx.execute(_WELCOME, values).scalar_one())


def move(tx: Transaction, visitor: int) -> bool:
    """Note that the visitor did something. False when there is no such visitor any more."""
    return bool(tx.rows(_MOVE, visitor=visitor, at=now()))


def find_by_code(code: str) -> Visitor | None:
    """The visitor whose resume code was typed, however it was spaced or cased."""
    clean = clean_code(code)
    return db.session.scalar(select(Visitor).where(Visitor.resume_code == clean))


def _export(tx: Transaction, visitor: int) -> list[dict[str, Any]]:
    rows = tx.execute(select(_visitors).where(Visitor.id == visitor))
    return [dict(row) for row in rows.mappings()]


def _erase(tx: Transaction, visitor: int) -> None:
    tx.execute(delete(Visitor).where(Visitor.id == visitor))


def purge_visitors(registry: PrivacyRegistry) -> int:
    """Erase those whom nobody has seen for KEPT_DAYS, and those who only tried; how many."""
    limit, yesterday = now() - timedelta(days=KEPT_DAYS), now() - timedelta(days=1)
    is_trial = (Visitor.grip == TRIAL_GRIP) & (Visitor.seen_at < yesterday)
    query = select(Visitor.id).where((Visitor.seen_at < limit) | is_trial)
    gone = db.session.scalars(query).all()
    for visitor in gone:
        write(partial(erase_visitor, registry=registry, visitor=visitor))
    return len(gone)


def erase_visitor(tx: Transaction, registry: PrivacyRegistry, visitor: int) -> None:
    """Erase all that every room holds of a visitor, and tell: no page and no paper keeps them."""
    columns = select(Student.classroom_id, Student.id)
    seat: Any = tx.execute(columns.where(Student.visitor_id == visitor)).first()
    registry.erase(tx, visitor)
    tx.publish(PlaceClosed(visitor_id=visitor))
    if seat is not None:
        classroom_id, student_id = seat
        tx.publish(StudentChanged(classroom_id=classroom_id, student_id=student_id))
        tx.publish(Erased(classroom_id=classroom_id))


def declare_privacy(registry: PrivacyRegistry) -> None:
    """Say what this room holds."""
    registry.add(Holding("visitor", "a number, a code and two dates", _export, _erase, KEPT_DAYS))
