"""The teacher's side of a live quiz: what is asked, and the page that stands on the projector."""

from collections.abc import Sequence
from functools import partial

from flask import Flask, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import Taught, taught
from app.classes.doors import time_of
from app.classes.models import Classroom
from app.classes.places import ticked_in
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.locale import choose_language
from app.core.numbers import read_number
from app.core.queries import read
from app.core.writer import write
from app.live.blueprint import blueprint
from app.live.quiz.bars import keys_of
from app.live.quiz.pushing import at_screens
from app.live.quiz.reading import board_view
from app.live.quiz.running import (
    ACTS,
    AFTERWARDS,
    LONGEST,
    MOST_QUESTIONS,
    Content,
    begin,
    forms_of,
    move,
    running_in,
)
from app.people.access import anybody
from quizzes.own.models import QuestionSet
from tours.content import HotspotContent, TourContent
from tours.published import published_tours
from tours.texts import localise

TIMES = (20, 30, 45, 60, 90, 0)
"""Seconds for a question that the form offers; 0: no limit."""
MOST_HANDS = 60
Choice = tuple[str, str, Sequence[Content]]
"""What may be asked: its name in the form, its title, its questions."""


def choices_for(found: Taught) -> list[Choice]:
    """The teacher's own sets, then the questions of the class's tour, or of all tours."""
    return [*_own_sets(found), *_tours(found.classroom)]


def _own_sets(found: Taught) -> list[Choice]:
    if found.chair.account is None:
        return []
    sets = db.session.scalars(
        select(QuestionSet)
        .where(QuestionSet.account_id == found.chair.account)
        .order_by(QuestionSet.updated_at.desc())
    )
    told = [
        (f"own:{one.slug}", one.title, [q.content for q in one.questions if q.content])
        for one in sets
    ]
    return [choice for choice in told if choice[2]]


def _tours(classroom: Classroom) -> list[Choice]:
    tours = published_tours()
    told = []
    for tour in [one for one in tours if one.slug == classroom.tour] or tours:
        seen = tour.without(frozenset(classroom.hides))
        asked = [_asked(seen, spot) for spot in seen.finds if spot.kind.name == "question"]
        title = localise(tour.content["title"], choose_language())
        told.append((f"tour:{tour.slug}", _("Les questions de « %(tour)s »", tour=title), asked))
    return [choice for choice in told if choice[2]]


def _asked(tour: TourContent, spot: HotspotContent) -> Content:
    """A tour's question, with the flat picture of its scene where one points at a place."""
    content: Content = spot.keys.model_dump(mode="json") | {"key": f"{tour.slug}/{spot.slug}"}
    scene = tour.scenes.get(spot.scene)
    if content["type"] == "place" and scene is not None and scene.panorama is not None:
        content["flat"] = f"{scene.panorama.base}/flat-1600.jpg"
    return content


@blueprint.get("/classes/<slug>/quiz")
@anybody
def quiz(slug: str) -> str:
    """The projector of a quiz that runs, or what can be asked; `part` is asked by scripts."""
    found = taught(slug)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  Flask's own way to the app behind its proxy
    present = at_screens(app, found.classroom.id)
    told = board_view(found.classroom.id, present)
    shared = {"classroom": found.classroom, "told": told, "screens": len(present)}
    if "part" in request.args:
        return render_template("live/quiz_stage.html", **shared)
    return render_template(
        "live/quiz_board.html",
        **shared,
        choices=[] if told else choices_for(found),
        times=TIMES,
        has_account=found.chair.account is not None,
        present=len(ticked_in(found.classroom.id)),
        most=MOST_QUESTIONS,
        is_lesson=time_of(found.classroom, now()) != "over",
    )


@blueprint.post("/classes/<slug>/quiz")
@anybody
def start_quiz(slug: str) -> AnyResponse:
    """Begin with what was chosen."""
    found = taught(slug)
    if time_of(found.classroom, now()) == "over":
        raise Refusal("class_over", _("La classe est finie : plus rien ne compte."), 409)
    wanted = request.form.get("source", "")
    chosen = next((one for one in choices_for(found) if one[0] == wanted), None)
    if chosen is None:
        raise Refusal("unknown_set", _("Choisissez une série de questions."), 422, "source")
    seconds = read_number(request.form.get("seconds"))
    if seconds is None or not 0 <= seconds <= LONGEST:
        raise Refusal("bad_time", _("Choisissez un temps par question."), 422, "seconds")
    classroom, title, asked = found.classroom.id, chosen[1], chosen[2]
    write(partial(begin, classroom=classroom, title=title, contents=asked, seconds=seconds))
    return redirect(url_for("live.quiz", slug=slug))


@blueprint.post("/classes/<slug>/quiz/<step>")
@anybody
def move_quiz(slug: str, step: str) -> AnyResponse:
    """A button of the projector; pressed twice, or on two boards at once, it counts once."""
    found = taught(slug)
    if step not in ACTS:
        abort(404)
    number = read_number(request.form.get("number"))
    classroom, is_over = found.classroom.id, time_of(found.classroom, now()) == "over"
    if is_over and step not in AFTERWARDS:
        raise Refusal("class_over", _("La classe est finie : plus rien ne compte."), 409)
    hands = _read_hands(classroom) if step == "show" and not is_over else {}
    if number is not None:
        shown = request.form.get("quiz", ""), number
        write(partial(move, classroom=classroom, what=step, shown=shown, hands=hands))
    return redirect(url_for("live.quiz", slug=slug))


def _read_hands(classroom: int) -> dict[str, int]:
    """The hands that a teacher has counted, by bar. Raises Refusal."""
    running = running_in(read, classroom)
    if running is None or running.slug != request.form.get("quiz"):
        return {}
    hands = {}
    for key in keys_of(forms_of(read, running)[running.position]):
        typed = request.form.get(f"hands-{key}", "").strip()
        count = read_number(typed or "0")
        if count is None or not 0 <= count <= MOST_HANDS:
            raise Refusal("bad_hands", _("Comptez les mains de 0 à 60."), 422, f"hands-{key}")
        hands[key] = count
    return hands
