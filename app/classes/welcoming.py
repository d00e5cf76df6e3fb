"""« Ici, tu es Renard cuivré »: the pseudonym, the code of the place, and the way in."""

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.classes.blueprint import blueprint
from app.classes.codes import show_code
from app.classes.emblems import emblem_of
from app.classes.models import Classroom, Student, Visitor
from app.classes.places import Seat, my_place
from app.classes.students import redraw_own
from app.core.db import db
from app.core.errors import Refusal
from app.core.writer import write
from app.people.access import anybody


@blueprint.get("/welcome")
@anybody
def welcome() -> AnyResponse | str:
    """Who one is here, and where one goes."""
    place = my_place()
    if place is None or place.seat is None or place.seat.student is None:
        return redirect(url_for("classes.door"))
    student = db.session.get_one(Student, place.seat.student)
    return render_template(
        "classes/welcome.html",
        student=student,
        mates=[mate.seat.pseudonym for mate in place.mates if mate.seat],
        emblem=emblem_of(student.pseudonym),
        classroom=db.session.get_one(Classroom, place.seat.classroom),
        time=place.seat.time,
        code=show_code(db.session.get_one(Visitor, place.visitor).resume_code),
    )


@blueprint.post("/welcome/redraw")
@anybody
def draw_again() -> AnyResponse:
    """Another pseudonym, twice at most; not once the class is over."""
    seat = _own_seat()
    if not seat.may_work:
        raise Refusal("over", _("La visite de ta classe est terminée : ton nom reste."), 403)
    write(lambda tx: redraw_own(tx, seat.classroom, int(seat.student or 0)))
    return redirect(url_for("classes.welcome"))


def _own_seat() -> Seat:
    place = my_place()
    if place is None or place.seat is None or place.seat.student is None:
        raise Refusal("no_place", _("Entre d’abord dans une classe."), 409)
    return place.seat
