"""Waiting at the door: « Ton professeur va t'ouvrir »."""

from flask import jsonify, redirect, render_template, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.blueprint import blueprint
from app.classes.classrooms import hash_key
from app.classes.models import Knock, Visitor
from app.classes.visitors import remember
from app.core.db import db
from app.core.errors import wants_json
from app.people.access import anybody

KNOCK = "knock"
"""What the cookie of somebody who waits holds."""


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
    if knock is None:
        session.pop(KNOCK, None)
        return redirect(url_for("classes.door"))
    if wants_json():
        return jsonify(answer=knock.answer)
    if knock.visitor_id is not None:
        visitor = db.session.get_one(Visitor, knock.visitor_id)
        session.pop(KNOCK, None)
        remember(visitor.id, visitor.grip)
        return redirect(url_for("classes.welcome"))
    return render_template("classes/wait.html", knock=knock)
