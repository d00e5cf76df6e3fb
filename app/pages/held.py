"""What is held of somebody: a page and a file, for themselves and for whom their family asks."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import exportable
from app.classes.models import Student
from app.classes.students import student_of
from app.classes.visitors import remembered_visitor
from app.core.db import db
from app.core.privacy import PrivacyRegistry
from app.core.writer import Transaction
from app.pages.blueprint import blueprint
from app.pages.telling import tell
from app.people.access import anybody

Held = Mapping[str, list[dict[str, Any]]]


@blueprint.get("/me/data")
@anybody
def my_data() -> str | AnyResponse:
    """What is held of me, to read."""
    visitor = remembered_visitor()
    if visitor is None:
        return redirect(url_for("pages.me"))
    return render_template("held.html", sections=tell(held_of(visitor)), student=None)


@blueprint.get("/me/data.json")
@anybody
def my_file() -> Response:
    """The same to take away."""
    visitor = remembered_visitor()
    return as_file(held_of(visitor)) if visitor is not None else abort(404)


@blueprint.get("/classes/<slug>/students/<int:student>")
@anybody
def student_data(slug: str, student: int) -> str:
    """What is held of a student, for the teacher whom a family asks; and how to erase it."""
    classroom = exportable(slug).classroom
    found = student_of(db.session(), classroom.id, student)
    return render_template(
        "held.html",
        sections=tell(held_of(found.visitor_id)),
        student=found,
        classroom=classroom,
    )


@blueprint.get("/classes/<slug>/students/<int:student>/data.json")
@anybody
def student_file(slug: str, student: int) -> Response:
    """The same to hand over."""
    found: Student = student_of(db.session(), exportable(slug).classroom.id, student)
    return as_file(held_of(found.visitor_id))


def held_of(visitor: int) -> Held:
    """All that every room holds of a visitor; reads, and writes nothing."""
    registry: PrivacyRegistry = current_app.extensions["privacy"]
    return registry.export(Transaction(db.session.connection()), visitor)


def as_file(held: Held) -> Response:
    """A file that nobody keeps on the way."""
    reply = Response(current_app.json.dumps(held), mimetype="application/json")
    reply.headers["Content-Disposition"] = "attachment; filename=deambule.json"
    reply.headers["Cache-Control"] = "no-store"
    return reply
