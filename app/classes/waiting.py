"""Waiting at the door: « Ton professeur va t'ouvrir »."""

from typing import Any

from flask import jsonify, redirect, render_template, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.blueprint import blueprint
from app.classes.classrooms import hash_key
from app.classes.emblems import emblem_of
from app.classes.models import Classroom, Knock, Student, Visitor
from app.classes.students import change_student
from app.classes.visitors import remember
from app.core.db import db
from app.core.errors import wants_json
from app.core.writer import write
from app.people.access import anybody

KNOCK, PASSING = "knock", "knock_passing"
"""What the cookie of somebody who waits holds: what they hold of the knock, and whether they asked
for a passing seat."""


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
        return come_from(knock.visitor_id)
    classroom = db.session.get_one(Classroom, knock.classroom_id)
    return render_template(
        "classes/wait.html", knock=knock, classroom=classroom, emblem=emblem_of(knock.pseudonym)
    )


def come_from(visitor_id: int) -> AnyResponse:
    """The teacher has opened: sit down."""
    session.pop(KNOCK, None)
    is_passing = bool(session.pop(PASSING, False))
    if is_passing:
        make_passing(visitor_id)
    visitor = db.session.get_one(Visitor, visitor_id)
    remember(visitor.id, visitor.grip)
    session.permanent = not is_passing
    return redirect(url_for("classes.welcome"))


def make_passing(visitor_id: int) -> None:
    """Keep nothing of this student after the lesson, as they asked at the door."""
    row: Any = select(Student.classroom_id, Student.id).where(Student.visitor_id == visitor_id)
    classroom_id, student_id = db.session.execute(row).one()
    write(lambda tx: change_student(tx, classroom_id, student_id, is_passing=True))
