"""Three taps after a chat, and what they say from five answers on."""

from functools import partial

from flask import render_template, request
from flask_babel import gettext as _

from app.core.db import db
from app.core.errors import Refusal
from app.core.writer import write
from app.live.blueprint import blueprint
from app.live.chat.after.access import answering, attending, room_row
from app.live.chat.after.feedback import (
    AUDIENCES,
    ENOUGH,
    QUESTIONS,
    STEPS,
    asked_of,
    audience_names,
    give,
    has_given,
    mark_of,
    results_of,
    step_names,
)
from app.live.chat.attending import Attendant
from app.people.access import anybody

TAPS = {str(step) for step in STEPS}


@blueprint.get("/rooms/<session>/feedback")
@anybody
def feedback(session: str) -> str:
    """How was it? The first of three questions, each answered by one tap."""
    return _page(attending(session), [])


@blueprint.post("/rooms/<session>/feedback")
@anybody
def give_feedback(session: str) -> str:
    """A tap: the next question, or thanks after the third. Nothing is kept before that."""
    who = attending(session)
    if has_given(room_row(who), who):
        return _page(who, [])
    taps = [*filter(None, request.form.get("before", "").split(",")), request.form.get("step", "")]
    if len(taps) > QUESTIONS or not TAPS.issuperset(taps):
        raise Refusal("bad_answers", _("Trois réponses, ni plus ni moins."), 422)
    answers = [int(tap) for tap in taps]
    if len(answers) == QUESTIONS:
        mark = mark_of(who.room.id, who.author)
        write(partial(give, who=who, mark=mark, answers=answers))
    return _page(who, answers)


def _page(who: Attendant, answers: list[int]) -> str:
    asked = asked_of(AUDIENCES[who.role])
    return render_template(
        "chat/after/feedback.html",
        who=who,
        room=who.room,
        asked=asked,
        answers=answers,
        steps=step_names(),
        is_over=who.room.phase == "closed",
        is_given=has_given(room_row(who), who),
    )


@blueprint.get("/sessions/<session>/feedback")
@anybody
def feedback_results(session: str) -> str:
    """What the four audiences said, for those who answered there and those who watch over it."""
    who = answering(session)
    return render_template(
        "chat/after/results.html",
        who=who,
        room=who.room,
        results=results_of(db.session(), who.room.id),
        names=audience_names(),
        steps=step_names(),
        enough=ENOUGH,
    )
