"""« Mes questions »: a teacher's sets, brought in and taken out as GIFT."""

from functools import partial

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.core.db import db
from app.core.errors import Refusal
from app.core.writer import write
from app.people.access import staff
from quizzes.own.asking import ask
from quizzes.own.editing import SIMPLE, read_question
from quizzes.own.keeping import (
    LARGEST,
    LONGEST_TITLE,
    change_question,
    decode,
    drop_question,
    drop_set,
    export_gift,
    keep_set,
    read_text,
    unkept,
)
from quizzes.own.models import OwnQuestion, QuestionSet

blueprint = Blueprint("questions", __name__, url_prefix="/questions")
Page = str | AnyResponse | tuple[str, int]


def set_of(slug: str) -> QuestionSet:
    """A set of whoever asks; another's does not exist."""
    mine = select(QuestionSet).where(
        QuestionSet.slug == slug, QuestionSet.account_id == current_user.id
    )
    return db.session.scalar(mine) or abort(404)


def question_of(slug: str, number: int) -> OwnQuestion:
    """A question of a set of whoever asks."""
    kept = set_of(slug)
    return next((one for one in kept.questions if one.id == number), None) or abort(404)


@blueprint.get("")
@staff("teacher")
def own_sets() -> str:
    """All my sets, and how to bring one in."""
    return _list()


def _list(fault: object = None) -> str:
    mine = select(QuestionSet).where(QuestionSet.account_id == current_user.id)
    return render_template(
        "questions/list.html",
        sets=db.session.scalars(mine.order_by(QuestionSet.updated_at.desc())).all(),
        fault=fault,
        typed=request.form,
        longest=LONGEST_TITLE,
    )


def _given() -> str:
    """The GIFT text of a form: its file, else what was pasted. Raises Refusal."""
    file = request.files.get("file")
    data = file.stream.read(LARGEST + 1) if file and file.filename else b""
    return decode(data or request.form.get("gift", "").encode())


def _title() -> str:
    return " ".join(request.form.get("title", "").split())[:LONGEST_TITLE] or _("Mes questions")


@blueprint.post("/preview")
@staff("teacher")
def preview() -> Page:
    """What a text holds, and what cannot be kept of it; nothing is kept yet."""
    try:
        text = _given()
        parsed = read_text(text)
    except Refusal as refusal:
        return _list(refusal.message), refusal.status
    return render_template(
        "questions/preview.html",
        title=_title(),
        text=text,
        problems=parsed.problems,
        notes=unkept(parsed.questions),
        questions=[content for item in parsed.questions if (content := ask(item).content)],
        count=len(parsed.questions),
    )


@blueprint.post("")
@staff("teacher")
def keep() -> Page:
    """Keep a text as a new set: whole, or not at all."""
    parsed = read_text(_given())
    if parsed.problems:
        return preview()
    account_id, title = current_user.id, _title()
    slug = write(lambda tx: keep_set(tx, account_id, title, parsed.questions))
    flash(_("Vos questions sont gardées."), "done")
    return redirect(url_for("questions.one_set", own=slug))


@blueprint.get("/<own>")
@staff("teacher")
def one_set(own: str) -> str:
    """A set, question by question."""
    return render_template("questions/set.html", kept=set_of(own), simple=SIMPLE)


@blueprint.get("/<own>/gift")
@staff("teacher")
def gift(own: str) -> Response:
    """The whole set as a GIFT file, for Moodle and the like."""
    reply = Response(export_gift(set_of(own)), mimetype="text/plain")
    reply.headers["Content-Disposition"] = f'attachment; filename="questions-{own}.gift.txt"'
    return reply


@blueprint.post("/<own>/delete")
@staff("teacher")
def delete_set(own: str) -> AnyResponse:
    """Delete a set."""
    set_id = set_of(own).id
    write(lambda tx: drop_set(tx, set_id))
    flash(_("La série est effacée."), "done")
    return redirect(url_for("questions.own_sets"))


@blueprint.route("/<own>/questions/<int:number>", methods=["GET", "POST"])
@staff("teacher")
def edit(own: str, number: int) -> Page:
    """Change a simple question."""
    question = question_of(own, number)
    if question.content.get("type") not in SIMPLE:
        abort(404)
    if request.method == "GET":
        return render_template("questions/edit.html", question=question, fault=None)
    form = read_question(question.content, request.form)
    if form is None:
        told = _(
            "Il manque quelque chose : une question, une réponse juste, "
            "au moins deux choix ou paires."
        )
        return render_template("questions/edit.html", question=question, fault=told), 422
    write(partial(change_question, question_id=number, form=form))
    flash(_("C’est changé."), "done")
    return redirect(url_for("questions.one_set", own=own))


@blueprint.post("/<own>/questions/<int:number>/delete")
@staff("teacher")
def delete_question(own: str, number: int) -> AnyResponse:
    """Delete one question."""
    question_of(own, number)
    write(partial(drop_question, question_id=number))
    return redirect(url_for("questions.one_set", own=own))
