"""Ask later: what a class still waits for, answered in writing by the factory."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.db import db, now
from app.core.errors import Refusal
from app.core.texts import printable
from app.core.writer import Transaction, write
from app.live.blueprint import blueprint
from app.live.chat.after import answers
from app.live.chat.after.access import answering, deciding, room_row, session_in
from app.live.chat.after.dates import due_at
from app.live.chat.after.handing import IN_WRITING
from app.live.chat.after.threads import Thread, most_wanted, read_threads
from app.live.chat.attending import Attendant
from app.live.chat.filter import read_message
from app.live.chat.models import Message
from app.live.chat.saying import LONGEST, Words, say
from app.live.professionals.approving_pages import PAGE as APPROVALS
from app.live.sessions.access import site_settings
from app.live.sessions.hours import say_day
from app.people.access import anybody

CLIENT_ID = re.compile(r"[a-z0-9]{8,24}")


@blueprint.get("/sessions/<session>/questions")
@anybody
def questions(session: str) -> str:
    """The questions that wait, those that most want answered first."""
    who = answering(session)
    row, room = session_in(who), room_row(who)
    threads = read_threads(db.session(), who.room.id)
    due = due_at(row, room)
    return render_template(
        "chat/after/questions.html",
        who=who,
        room=who.room,
        is_open=who.room.phase in IN_WRITING,
        due=say_day(due, site_settings().timezone),
        is_overdue=due <= now(),
        longest=LONGEST["answer"],
        draft_of=partial(draft_of, who),
        **sort_threads(who, threads),
    )


def sort_threads(who: Attendant, threads: list[Thread]) -> dict[str, Any]:
    """What waits for this person, what waits for an adult of the class, what is done."""
    waiting = most_wanted(one for one in threads if one.waits)
    mine = [one for one in waiting if not one.held and who.author not in one.question.passed]
    return {
        "waiting": mine,
        "held": [one for one in waiting if one.held],
        "passed": [one for one in waiting if not one.held and one not in mine],
        "answered": [one for one in threads if one.question.status == "answered"],
        "unread": sum(one.question.status == "held" for one in threads),
    }


def draft_of(who: Attendant, thread: Thread) -> Message | None:
    """One's own answer that came back to be said otherwise."""
    mine = [one for one in thread.answers if one.author == who.author]
    return mine[-1] if mine and mine[-1].status == "refused" else None


@blueprint.post("/sessions/<session>/questions/<int:message>/answer")
@anybody
def answer_in_writing(session: str, message: int) -> Response:
    """Answer in writing: the filter reads it, then an adult of the class, then the class."""
    who = _writing(session)
    text = printable(request.form.get("text", "")).strip()
    if not text or len(text) > LONGEST["answer"]:
        told = _("Écrivez votre réponse, en %(most)d signes au plus.", most=LONGEST["answer"])
        raise Refusal("bad_answer", told, 422, "text")
    client_id = request.form.get("client_id", "")
    if not CLIENT_ID.fullmatch(client_id):
        raise Refusal("bad_message", _("Rechargez la page : elle a expiré."), 422)
    words = Words(client_id, "answer", text, read_message(text, adult=True), message)
    write(partial(say, who=who, words=words))
    flash(_("Merci : un adulte de la classe relit votre réponse, puis la classe la voit."), "done")
    return _back_to_questions(session)


@blueprint.post("/sessions/<session>/questions/<int:message>/pass")
@anybody
def pass_question(session: str, message: int) -> Response:
    """« Je passe. »"""
    write(partial(answers.pass_over, who=_writing(session), question_id=message))
    flash(_("C’est noté : la question reste aux autres."), "done")
    return _back_to_questions(session)


@blueprint.post("/sessions/<session>/questions/<int:message>/take")
@anybody
def take_question(session: str, message: int) -> Response:
    """Take a question after all."""
    write(partial(answers.take_again, who=_writing(session), question_id=message))
    return _back_to_questions(session)


def _writing(slug: str) -> Attendant:
    """Whoever answers here in writing. Raises Refusal while the chat is live."""
    who = answering(slug)
    if not who.may_answer:
        raise Refusal("not_yours", answers.NOT_YOURS, 404)
    if who.room.phase not in IN_WRITING:
        told = _("La discussion n’est pas finie : répondez dans la salle.")
        raise Refusal("still_live", told, 409)
    return who


def _back_to_questions(session: str) -> Response:
    return redirect(url_for("live.questions", session=session), 303)


@blueprint.post("/rooms/<session>/answers/<int:message>/approve")
@anybody
def approve_written(session: str, message: int) -> Response:
    """Let the class read an answer."""
    told = _("La classe voit maintenant cette réponse.")
    return _decide(session, partial(answers.approve_answer, answer_id=message), told)


@blueprint.post("/rooms/<session>/answers/<int:message>/refuse")
@anybody
def refuse_written(session: str, message: int) -> Response:
    """Ask for it to be said otherwise."""
    told = _("La réponse revient à son auteur, pour qu’il la redise autrement.")
    return _decide(session, partial(answers.refuse_answer, answer_id=message), told)


@blueprint.post("/rooms/<session>/answers/<int:message>/place")
@anybody
def place_written(session: str, message: int) -> Response:
    """Show an answer in the tour, or no more."""
    is_shown = request.form.get("shown") == "yes"
    told = _("La visite montre cette réponse.") if is_shown else _("La visite ne la montre plus.")
    unit = partial(answers.place_answer, answer_id=message, is_shown=is_shown)
    return _decide(session, unit, told)


def _decide(slug: str, unit: Callable[..., None], told: str) -> Response:
    who = deciding(slug)

    def decide(tx: Transaction) -> None:
        unit(tx, who)

    write(decide)
    flash(told, "done")
    back = request.form.get("back")
    if back == "questions" and who.watches:
        return _back_to_questions(slug)
    if back == "transcript" or who.role != "organiser":
        return redirect(url_for("live.transcript", session=slug), 303)
    return redirect(APPROVALS, 303)
