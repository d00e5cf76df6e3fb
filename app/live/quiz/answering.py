"""A student answers: over the live line, or by the form of their page."""

from functools import partial
from typing import Annotated

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from app.classes.places import Place, Seat, my_place
from app.core.errors import Refusal, wants_json
from app.core.numbers import read_number
from app.core.queries import read
from app.core.writer import write
from app.live.blueprint import blueprint
from app.live.presence import seated
from app.live.quiz.reading import student_view
from app.live.quiz.running import keep_reply, read_reply
from app.live.realtime import Ack, Caller, Said, on
from app.people.access import anybody

NOT_YOURS = _l("Cela n’existe pas, ou plus.")


class QuizAnswer(Said):
    """An answer to the question that is asked."""

    quiz: str = Field(max_length=16)
    position: int = Field(ge=0, le=99)
    answer: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=50)]


def student_in_quiz(caller: Caller, _said: Said) -> tuple[Place, Seat]:
    """A student of a class that still works, asked anew. Raises Refusal."""
    return may_answer(*seated(caller))


def may_answer(place: Place, seat: Seat) -> tuple[Place, Seat]:
    """Those who are students: not the screen of a whole class, nor somebody who tries a tour."""
    if seat.student is None:
        raise Refusal("not_yours", NOT_YOURS, 404)
    if not seat.may_work:
        raise Refusal("class_over", _l("La classe est finie : plus rien ne compte."), 409)
    return place, seat


@on("quiz_answer", QuizAnswer, audience=student_in_quiz, per_second=2)
def answer_quiz(whose: tuple[Place, Seat], said: QuizAnswer) -> Ack:
    """Keep an answer; acknowledged once it is committed. Sent twice, it counts once."""
    place, seat = whose
    return {"new": answer(place, seat, (said.quiz, said.position), said.answer)}


def answer(place: Place, seat: Seat, asked: tuple[str, int], given: list[str]) -> bool:
    """Mark and keep an answer; whether it is new. Raises Refusal."""
    reply = read_reply(read, seat.classroom, asked, given)
    return write(partial(keep_reply, place=place, classroom=seat.classroom, reply=reply))


def _seat_here() -> tuple[Place, Seat]:
    place = my_place()
    if place is None or place.seat is None or place.seat.student is None:
        abort(404)
    return place, place.seat


@blueprint.get("/class-quiz")
@anybody
def class_quiz() -> str:
    """The quiz of my class, as far as it is, on a page of its own; `part` is asked by scripts."""
    place, seat = _seat_here()
    template = "live/quiz_mine.html" if "part" in request.args else "live/quiz_student.html"
    return render_template(template, told=student_view(place, seat), seat=seat)


@blueprint.post("/class-quiz")
@anybody
def answer_class_quiz() -> AnyResponse | tuple[AnyResponse, int]:
    """The same without a line, and without a script."""
    place, seat = may_answer(*_seat_here())
    position = read_number(request.form.get("position")) or 0
    given = [one[:500] for one in request.form.getlist("answer")[:50]]
    try:
        answer(place, seat, (request.form.get("quiz", ""), position), given)
    except Refusal as refusal:
        if wants_json():
            raise
        flash(str(refusal.message), "again")
    return redirect(url_for("live.class_quiz"))
