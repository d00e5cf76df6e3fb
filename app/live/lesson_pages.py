"""Pages of lessons: planning them, running their clock, and the link that students are given."""

from typing import Any

from flask import Flask, abort, current_app, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import changeable, taught
from app.classes.doors import door_now, time_of
from app.classes.entering import come_in_by_door
from app.classes.models import Classroom
from app.classes.opening import offered_tours
from app.classes.passing import end_of_lesson
from app.core.db import db, now
from app.core.errors import Refusal, wants_json
from app.core.numbers import read_number
from app.core.writer import write
from app.live.blueprint import blueprint
from app.live.lessons import (
    PLANS,
    STEPS,
    LessonChanged,
    clock_of,
    end_lesson,
    end_of,
    go_on,
    lesson_of,
    plan_lesson,
    running_lesson,
    start_lesson,
    stretch,
)
from app.live.models import Lesson
from app.live.presence import teaching
from app.live.realtime import Caller, on_arrive, tell
from app.people.access import anybody

ACTS = {"start": start_lesson, "next": go_on, "stretch": stretch, "end": end_lesson}


@blueprint.get("/classes/<slug>/lessons")
@anybody
def lessons(slug: str) -> str:
    """The lessons of a class, and the form that plans another."""
    found = taught(slug)
    planned = db.session.scalars(
        select(Lesson)
        .where(Lesson.classroom_id == found.classroom.id)
        .order_by(Lesson.created_at.desc())
    ).all()
    return render_template(
        "live/lessons.html",
        classroom=found.classroom,
        chair=found.chair,
        lessons=[(one, end_of(one, found.classroom.timezone)) for one in planned],
        moment=now(),
        tours=offered_tours(),
        titles=dict(offered_tours()),
        plans={minutes: _plan_in_words(plan) for minutes, plan in PLANS.items()},
        steps=STEPS,
        link=lambda lesson: site_url(url_for("live.lesson_door", lesson=lesson.slug)),
    )


def _plan_in_words(plan: Any) -> str:
    return ", ".join(f"{STEPS[name]} {minutes}\u00a0min" for name, minutes in plan.items())


def site_url(path: str) -> str:
    """An address to paste elsewhere."""
    settings = current_app.extensions["settings"]
    return f"{(settings.url or request.host_url).rstrip('/')}{path}"


@blueprint.post("/classes/<slug>/lessons")
@anybody
def plan(slug: str) -> AnyResponse:
    """Plan a lesson."""
    classroom_id = changeable(slug).classroom.id
    tour, minutes = request.form.get("tour", ""), read_number(request.form.get("minutes", "45"))
    if tour not in dict(offered_tours()):
        raise Refusal("unknown_tour", _("Choisissez une visite publiée."), 422, "tour")
    write(lambda tx: plan_lesson(tx, classroom_id, tour, minutes or 0).id)
    return redirect(url_for("live.lessons", slug=slug))


@blueprint.post("/classes/<slug>/lessons/<int:lesson>/<act>")
@anybody
def run_lesson(slug: str, lesson: int, act: str) -> AnyResponse:
    """Begin a lesson, go on, stretch the step that runs, end."""
    classroom_id = taught(slug).classroom.id
    do = ACTS.get(act) or abort(404)
    lesson_of(db.session(), classroom_id, lesson)
    write(lambda tx: do(tx, classroom_id, lesson))
    if act == "end":
        end_of_lesson(classroom_id)
    if wants_json():
        return jsonify(clock=board_clock(classroom_id))
    return redirect(url_for("live.board", slug=slug))


@blueprint.post("/classes/<slug>/lessons/<int:lesson>/delete")
@anybody
def delete_lesson(slug: str, lesson: int) -> AnyResponse:
    """Take back a lesson that never began."""
    classroom_id = changeable(slug).classroom.id
    if lesson_of(db.session(), classroom_id, lesson).started_at is not None:
        raise Refusal("has_begun", _("Cette leçon a eu lieu : elle reste dans le bilan."), 409)
    write(lambda tx: tx.session.delete(lesson_of(tx.session, classroom_id, lesson)))
    return redirect(url_for("live.lessons", slug=slug))


@blueprint.get("/lessons/<lesson>")
@anybody
def lesson_door(lesson: str) -> str:
    """What a link in Pronote leads to: the class, its tour, the plan, and the door."""
    found, classroom = _linked(lesson)
    return render_template(
        "live/lesson_door.html",
        lesson=found,
        classroom=classroom,
        title=dict(offered_tours()).get(found.tour, ""),
        clock=clock_of(found, now()),
        door=door_now(classroom, now()),
        time=time_of(classroom, now()),
    )


@blueprint.post("/lessons/<lesson>")
@anybody
def enter_lesson(lesson: str) -> AnyResponse:
    """Come in by the link: as good as the door's code, and no better."""
    _lesson, classroom = _linked(lesson)
    return come_in_by_door(classroom.code)


def _linked(slug: str) -> tuple[Lesson, Classroom]:
    lesson = db.session.scalar(select(Lesson).where(Lesson.slug == slug)) or abort(404)
    return lesson, db.session.get_one(Classroom, lesson.classroom_id)


def board_clock(classroom_id: int) -> dict[str, Any] | None:
    """The clock of the lesson that runs; None between lessons."""
    lesson = running_lesson(db.session(), classroom_id, now())
    return clock_of(lesson, now()) if lesson else None


def greet(caller: Caller) -> None:
    """Tell a board that comes, or comes back, what its clock is now: it may have missed a step."""
    found = teaching(caller)
    if found is not None:
        tell(current_app, "lesson", {"clock": board_clock(found.classroom.id)}, to=caller.sid)


on_arrive(greet)


def hear_lessons(app: Flask) -> None:
    """Keep every board abreast of its lesson; pages tick by themselves in between."""

    def show_clock(event: LessonChanged) -> None:
        with app.app_context():
            clock = board_clock(event.classroom_id)
        tell(app, "lesson", {"clock": clock}, to=f"board:{event.classroom_id}")

    app.extensions["events"].subscribe(LessonChanged, show_clock)
