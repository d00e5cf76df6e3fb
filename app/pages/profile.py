"""« Quel métier est fait pour toi ? »: the questions, the result, and how it is computed.

A result is its student's: computed and forgotten for visitors, kept private for students.
"""

from collections.abc import Mapping

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import exportable
from app.classes.models import Student
from app.classes.places import my_place
from app.core.db import db
from app.core.locale import choose_language
from app.core.writer import Transaction, write
from app.pages.blueprint import blueprint
from app.pages.profile_view import result_view
from app.pages.profile_words import AREA_NAMES
from app.people.access import anybody
from quizzes.jobs.catalogue import STUDIES, Studies, catalogue
from quizzes.profiler.areas import AREAS, Area
from quizzes.profiler.items import ANSWERS, Form, instrument
from quizzes.profiler.keeping import (
    add_to_sums,
    alphas,
    forget_results,
    keep_result,
    profile_of,
    results_of,
    who_has_done,
)
from quizzes.profiler.pooling import Pool, Rows
from quizzes.profiler.scoring import Profile, score


@blueprint.get("/quiz")
@anybody
def quiz() -> str:
    """What it is, and the two lengths to choose from."""
    student = own_student()
    kept = results_of(db.session(), student) if student is not None else ()
    return render_template("profile/start.html", is_student=student is not None, kept=len(kept))


@blueprint.get("/quiz/<any(short, full):form>")
@anybody
def questions(form: Form) -> str:
    """All items of a form; the page's script shows them one at a time."""
    language = choose_language()
    place = my_place()
    return render_template(
        "profile/questions.html",
        form=form,
        items=[(item.id, item.text.say(language)) for item in instrument().form(form)],
        answers=[text.say(language) for text in instrument().answers],
        place=place.visitor if place else "",
    )


@blueprint.post("/quiz/<any(short, full):form>")
@anybody
def answer(form: Form) -> Response:
    """The result of these answers. They are summed up, never kept."""
    given = read_answers(form, request.form)
    profile = score(instrument().form(form), given, form)
    student = own_student()
    is_new = bool(given) and not request.form.get("again")
    if is_new:
        pool: Pool = current_app.extensions["profile_pool"]
        due = pool.add(form, given)
        kept = profile if student is not None and profile.known else None
        if due or kept:
            write(lambda tx: _keep(tx, form, due, student, kept))
    earlier = results_of(db.session(), student)[1:] if student is not None else ()
    before = profile_of(earlier[0]) if earlier else None
    view = result_view(profile, given, read_longest(), choose_language(), before)
    return private(
        render_template("profile/result.html", **view, form=form, given=given, is_kept=student)
    )


def _keep(
    tx: Transaction,
    form: Form,
    due: Mapping[Area, Rows],
    student: int | None,
    profile: Profile | None,
) -> None:
    add_to_sums(tx, form, due)
    if student is not None and profile is not None:
        keep_result(tx, student, profile)


@blueprint.get("/quiz/result")
@anybody
def result() -> AnyResponse:
    """A student's latest result, beside the one before."""
    student = own_student()
    kept = results_of(db.session(), student) if student is not None else ()
    if not kept:
        return redirect(url_for("pages.quiz"))
    latest, *earlier = (profile_of(one) for one in kept)
    before = earlier[0] if earlier else None
    view = result_view(latest, {}, read_longest(), choose_language(), before)
    page = render_template("profile/result.html", **view, form=latest.form, given={}, is_kept=True)
    return private(page)


@blueprint.post("/quiz/forget")
@anybody
def forget_profile() -> AnyResponse:
    """Erase a student's results."""
    student = own_student()
    if student is not None:
        write(lambda tx: forget_results(tx, student))
    return redirect(url_for("pages.quiz"))


@blueprint.get("/quiz/method")
@anybody
def method() -> str:
    """Where it comes from, how it is computed, what it does not say."""
    forms: tuple[Form, ...] = ("full", "short")
    return render_template(
        "profile/method.html",
        areas=[(*AREA_NAMES[area], area) for area in AREAS],
        alphas={form: alphas(db.session(), form) for form in forms},
        jobs=len(catalogue().jobs),
        apart=sum(not job.letters_agree for job in catalogue().jobs),
    )


@blueprint.get("/classes/<slug>/profiles")
@anybody
def class_quiz(slug: str) -> str:
    """For the teacher: who has done it. What it says is the students'."""
    classroom = exportable(slug).classroom
    mine = (Student.classroom_id == classroom.id) & Student.removed_at.is_(None)
    students = db.session.scalars(select(Student).where(mine).order_by(Student.pseudonym)).all()
    done = who_has_done(db.session(), [one.visitor_id for one in students])
    rows = [(one.pseudonym, one.visitor_id in done) for one in students]
    return render_template("profile/class.html", classroom=classroom, rows=rows, done=len(done))


def own_student() -> int | None:
    """The visitor at this machine when they have a place of their own in a class."""
    place = my_place()
    is_one = place is not None and place.seat is not None and place.seat.student is not None
    return place.visitor if place is not None and is_one else None


def read_answers(form: Form, given: Mapping[str, str]) -> dict[str, int]:
    """The answers of a form that are answers; whatever else was sent is left out."""
    known = {str(answer): answer for answer in ANSWERS}
    return {
        item.id: known[given[item.id]]
        for item in instrument().form(form)
        if given.get(item.id) in known
    }


def read_longest() -> Studies:
    """The longest studies that one wants to see; all of them unless told otherwise."""
    wished = request.values.get("longest", "")
    return next((one for one in STUDIES if one == wished), STUDIES[-1])


def private(page: str) -> Response:
    """A page that no browser and no proxy keeps: the machine is shared."""
    reply = make_response(page)
    reply.headers["Cache-Control"] = "no-store"
    return reply
