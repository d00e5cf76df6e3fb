"""A student comes in: by the door's code, by a card, or by waiting until somebody opens."""

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.classes.blueprint import blueprint
from app.classes.codes import DOOR_LENGTH, clean_code, show_code
from app.classes.doors import enter, find_by_door, wrong_code
from app.classes.models import Classroom, Student, Visitor
from app.classes.places import my_place
from app.classes.students import redraw_own
from app.classes.visitors import find_by_code, remember
from app.classes.waiting import KNOCK
from app.core.db import db
from app.core.errors import Refusal
from app.core.limits import limiter
from app.core.writer import write
from app.people.access import anybody

WRONG_CODES = "100 per minute"
"""From one network: a whole school sits behind it, and right codes do not count."""


@blueprint.get("/join")
@anybody
def door() -> str:
    """Where a code is typed; a link may bring one along."""
    return render_template("classes/join.html", code=request.args.get("code", "")[:24], error=None)


@blueprint.post("/join")
@limiter.limit(WRONG_CODES, deduct_when=lambda response: response.status_code == 422)
@anybody
def join() -> AnyResponse | tuple[str, int]:
    """Open what the code opens: a class's door, a card's or a visitor's place."""
    code = request.form.get("code", "")[:40]
    try:
        return come_in(code, is_passing="passing" in request.form)
    except Refusal as refusal:
        page = render_template("classes/join.html", code=code, error=str(refusal.message))
        return page, refusal.status


def come_in(code: str, *, is_passing: bool = False) -> AnyResponse:
    """By any code. Raises Refusal."""
    clean = clean_code(code)
    if len(clean) == DOOR_LENGTH:
        return come_in_by_door(clean, is_passing=is_passing)
    visitor = find_by_code(clean)
    if visitor is None:
        raise wrong_code()
    return open_place(visitor)


def come_in_by_door(code: str, *, is_passing: bool = False) -> AnyResponse:
    """Take a place in the class; who has one already goes back to it."""
    place, classroom = my_place(), find_by_door(code)
    if place and place.seat and classroom and place.seat.classroom == classroom.id:
        return redirect(url_for("classes.welcome"))
    entered = write(lambda tx: enter(tx, code, is_passing=is_passing))
    if entered.visitor is None:
        session[KNOCK] = entered.knock
        return redirect(url_for("classes.wait"))
    remember(entered.visitor)
    if is_passing:
        session.permanent = False
    return redirect(url_for("classes.welcome"))


def open_place(visitor: Visitor) -> AnyResponse:
    """Open the place of a card or a resume code on this machine."""
    remember(visitor.id, visitor.grip)
    place = my_place()
    if place is None:
        raise Refusal(
            "removed", _("Ton professeur a fermé cette place. Demande-lui de la rouvrir."), 403
        )
    return redirect(url_for("classes.welcome" if place.seat else "pages.me"))


@blueprint.get("/card/<code>")
@anybody
def card(code: str) -> AnyResponse | str:
    """Where a card's QR code leads; one click more, so that no preview of a link takes a place."""
    return render_template("classes/card.html", code=show_code(clean_code(code)[:10]))


@blueprint.get("/welcome")
@anybody
def welcome() -> AnyResponse | str:
    """« Tu es Renard cuivré »: the pseudonym, the code of the place, and the way in."""
    place = my_place()
    if place is None or place.seat is None or place.seat.student is None:
        return redirect(url_for("classes.door"))
    student = db.session.get_one(Student, place.seat.student)
    classroom = db.session.get_one(Classroom, place.seat.classroom)
    return render_template(
        "classes/welcome.html",
        student=student,
        classroom=classroom,
        time=place.seat.time,
        code=show_code(db.session.get_one(Visitor, place.visitor).resume_code),
    )


@blueprint.post("/welcome/redraw")
@anybody
def draw_again() -> AnyResponse:
    """Another pseudonym, twice at most."""
    place = my_place()
    if place is None or place.seat is None or place.seat.student is None:
        raise Refusal("no_place", _("Entre d’abord dans une classe."), 409)
    seat = place.seat
    write(lambda tx: redraw_own(tx, seat.classroom, int(seat.student or 0)))
    return redirect(url_for("classes.welcome"))
