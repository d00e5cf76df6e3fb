"""Waiting at the door: « Ton professeur va t'ouvrir »."""

from typing import Any

from flask import jsonify, redirect, render_template, session, url_for
from sqlalchemy import delete, select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.blueprint import blueprint
from app.classes.classrooms import hash_key
from app.classes.emblems import emblem_of
from app.classes.models import Classroom, Knock, Student, Visitor
from app.classes.visitors import remember
from app.core.db import db
from app.core.errors import wants_json
from app.core.writer import Transaction, write
from app.people.access import anybody

KNOCK = "knock"
"""Where the cookie of somebody who waits keeps what they hold of the knock."""


def my_knock() -> Knock | None:
    """The knock of this browser."""
    token = session.get(KNOCK)
    if not token:
        return None
    return db.session.scalar(select(Knock).where(Knock.token_hash == hash_key(token)))


@blueprint.get("/wait")
@anybody
def wait() -> AnyResponse | str:
    """Ask again until somebody opens; a script asks by itself, without it the page reloads."""
    knock = my_knock()
    if wants_json():
        return jsonify(answer=knock.answer if knock else "gone")
    if knock is None:
        session.pop(KNOCK, None)
        return redirect(url_for("classes.door"))
    if knock.visitor_id is not None:
        return come_from(knock.id)
    classroom = db.session.get_one(Classroom, knock.classroom_id)
    return render_template(
        "classes/wait.html", knock=knock, classroom=classroom, emblem=emblem_of(knock.pseudonym)
    )


def come_from(knock_id: int) -> AnyResponse:
    """The teacher has opened: sit down, once; what was held of the knock opens nothing more."""
    session.pop(KNOCK, None)
    held = write(lambda tx: use_knock(tx, knock_id))
    if held is None:
        return redirect(url_for("classes.door"))
    visitor, grip, is_passing = held
    remember(visitor, grip)
    session.permanent = not is_passing
    return redirect(url_for("classes.welcome"))


def use_knock(tx: Transaction, knock_id: int) -> tuple[int, int, bool] | None:
    """Use up a knock that was opened to: whose place it is, by which grip, and whether passing.

    None when its place was closed meanwhile.
    """
    mine = delete(Knock).where(Knock.id == knock_id).returning(Knock.visitor_id)
    visitor = tx.execute(mine).scalar()
    columns: Any = select(Visitor.id, Visitor.grip, Student.is_passing)
    row: Any = tx.execute(columns.join(Student).where(Visitor.id == visitor)).first()
    return None if row is None else (row[0], row[1], row[2])
