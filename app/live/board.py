"""The board: the teacher's live page of a classroom. First load and every push are one snapshot."""

from datetime import datetime
from typing import Any

from flask import Flask, current_app, jsonify, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import Taught, taught
from app.classes.classrooms import last_day
from app.classes.doors import door_now, time_of
from app.classes.models import Classroom, Knock
from app.classes.opening import new_key
from app.core.db import db, now
from app.core.errors import wants_json
from app.core.locale import choose_language
from app.live.blueprint import blueprint
from app.live.building import object_of
from app.live.presence import Whereabouts, present_visitors
from app.live.roster import Row, read_roster
from app.people.access import anybody
from tours.content import TourContent
from tours.published import published_tours
from tours.texts import localise


@blueprint.get("/classes/<slug>")
@anybody
def board(slug: str) -> str | AnyResponse:
    """The board of a classroom, for whoever sits on its teacher's side."""
    found = taught(slug)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  Flask's own way to the app behind its proxy
    state = snapshot(app, found.classroom)
    if wants_json():
        return jsonify(state)
    return render_template(
        "live/board.html",
        classroom=found.classroom,
        chair=found.chair,
        state=state,
        labels=labels_of(found, state),
        new_key=new_key(slug),
        last_day=last_day(found.classroom),
        host=request.host,
    )


def labels_of(found: Taught, state: dict[str, Any]) -> dict[int, str]:
    """Labels by student, for chairs that see them; never part of what is pushed."""
    if not found.chair.sees_labels:
        return {}
    rows = read_roster(db.session(), found.classroom.id)
    shown = {student["id"] for student in state["students"]}
    return {row.id: row.label for row in rows if row.label and row.id in shown}


def snapshot(app: Flask, classroom: Classroom) -> dict[str, Any]:
    """All that a board shows, labels apart: it may stand on the projector."""
    moment = now()
    tours = {tour.slug: tour for tour in published_tours()}
    here = present_visitors(app, classroom.id)
    rows = read_roster(db.session(), classroom.id)
    points = sum(row.points for row in rows) + classroom.gone_points
    content = tours.get(classroom.tour)
    return {
        "code": classroom.code,
        "door": door_now(classroom, moment),
        "time": time_of(classroom, moment),
        "joined": len(rows),
        "expected": classroom.expected,
        "here": sum(row.visitor in here for row in rows),
        "points": points,
        "finds": sum(row.found for row in rows) + classroom.gone_finds,
        "knocks": [_knock(knock) for knock in _knocks(classroom.id)],
        "object": object_of(classroom.id, content),
        "students": [_student(row, here, tours, moment) for row in rows],
    }


def _knocks(classroom: int) -> list[Knock]:
    waiting = select(Knock).where(Knock.classroom_id == classroom, Knock.answer == "")
    return list(db.session.scalars(waiting.order_by(Knock.id)))


def _knock(knock: Knock) -> dict[str, Any]:
    return {"id": knock.id, "pseudonym": knock.pseudonym}


def _student(
    row: Row, here: dict[int, Whereabouts], tours: dict[str, TourContent], moment: datetime
) -> dict[str, Any]:
    where = here.get(row.visitor)
    tour = tours.get((where and where.tour) or row.tour or "")
    scene = tour.scenes.get((where and where.scene) or row.scene or "") if tour else None
    last = max((at for at in (row.found_at, row.moved_at) if at is not None), default=None)
    return {
        "id": row.id,
        "pseudonym": row.pseudonym,
        "here": where is not None,
        "scene": localise(scene.content["title"], choose_language()) if scene else "",
        "found": row.found,
        "points": row.points,
        "quiet": round((moment - last).total_seconds()) if last else None,
    }
