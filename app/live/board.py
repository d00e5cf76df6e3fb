"""The board: the teacher's live page of a classroom."""

from flask import render_template, session

from app.classes.chairs import taught
from app.classes.doors import door_now, time_of
from app.classes.opening import NEW_KEY
from app.core.db import db, now
from app.live.blueprint import blueprint
from app.live.roster import read_roster
from app.people.access import anybody


@blueprint.get("/classes/<slug>")
@anybody
def board(slug: str) -> str:
    """The board of a classroom, for whoever sits on its teacher's side."""
    found = taught(slug)
    classroom = found.classroom
    return render_template(
        "live/board.html",
        classroom=classroom,
        chair=found.chair,
        door=door_now(classroom, now()),
        time=time_of(classroom, now()),
        students=read_roster(db.session(), classroom.id),
        new_key=new_key(slug),
    )


def new_key(slug: str) -> str | None:
    """The teacher's key of a classroom that was just opened in this browser."""
    held = session.get(NEW_KEY)
    return held[1] if held and held[0] == slug else None
