"""This machine: the next student sits down, or two or three share the screen."""

from collections.abc import Sequence

from flask import abort, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.classes.blueprint import blueprint
from app.classes.chairs import leave_teachers_side
from app.classes.codes import DOOR_LENGTH, clean_code, show_code
from app.classes.doors import Entered, enter, find_by_door, wrong_code
from app.classes.models import Classroom, Visitor
from app.classes.places import (
    GRIP,
    TEAM,
    TEAM_SIZE,
    Place,
    Seat,
    find_place,
    forget_place,
    my_place,
)
from app.classes.tries import check_tries, note_wrong
from app.classes.visitors import find_by_code, let_go, remember
from app.classes.waiting import KNOCK
from app.core.db import db
from app.core.errors import Refusal
from app.core.writer import Transaction, write
from app.people.access import anybody

Held = tuple[int, int]
"""A visitor and the grip by which this browser holds them."""


@blueprint.post("/next")
@anybody
def next_student() -> AnyResponse:
    """Let go whoever was here, a teacher too, and all that this browser stored of them."""
    let_go()
    leave_teachers_side()
    for name in (KNOCK, "_flashes"):
        session.pop(name, None)
    answer = redirect(url_for("classes.door", next=1))
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@blueprint.post("/team")
@anybody
def add_mate() -> AnyResponse:
    """Somebody sits down beside: by their card's code, or by the door's while it is open."""
    try:
        place, seat = seated()
        mate = open_mate(seat, request.form.get("code", "")[:40])
        join_team(place, seat, mate)
    except Refusal as refusal:
        flash(str(refusal.message), "error")
    return redirect(way_back())


@blueprint.post("/team/<int:student>/leave")
@anybody
def leave_team(student: int) -> AnyResponse:
    """Somebody leaves this screen; after the last one comes the next student."""
    place = my_place() or abort(404)
    team = {one.seat.student: hold for one, hold in _team_of(place) if one.seat is not None}
    if student not in team:
        abort(404)
    team.pop(student)
    if not team:
        return next_student()
    stays = session.permanent
    first, *others = team.values()
    remember(*first)
    session[TEAM] = others
    session.permanent = stays
    return redirect(way_back())


def seated() -> tuple[Place, Seat]:
    """The student at this machine. Raises Refusal."""
    place = my_place()
    if place is None or place.seat is None or place.seat.student is None:
        raise Refusal("no_place", _("Entre d’abord dans une classe."), 409)
    if not place.may_work:
        raise Refusal("over", _("La visite de ta classe est terminée."), 403)
    return place, place.seat


def open_mate(seat: Seat, code: str) -> Held:
    """The place of whoever has this code; right ones are never limited. Raises Refusal."""
    check_tries()
    clean = clean_code(code)
    classroom = find_by_door(clean) if len(clean) == DOOR_LENGTH else None
    visitor = None if classroom else find_by_code(clean)
    if classroom:
        return draw_mate(seat, classroom)
    if visitor is None:
        note_wrong(clean)
        raise wrong_code()
    return visitor.id, visitor.grip


def draw_mate(seat: Seat, classroom: Classroom) -> Held:
    """A new student, while the door of the class is open. Raises Refusal."""
    code = classroom.code
    if classroom.id != seat.classroom:
        raise other_class()
    closed = Refusal(
        "door_closed", _("La porte n’est plus ouverte : il faut le code de sa carte."), 403
    )

    def unit(tx: Transaction) -> Entered:
        entered = enter(tx, code)
        if entered.visitor is None:  # and nobody is left to knock
            raise closed
        return entered

    entered = write(unit)
    visitor = db.session.get_one(Visitor, entered.visitor)
    flash(_("Le code de ta place, à noter : %(code)s", code=show_code(visitor.resume_code)), "done")
    return visitor.id, visitor.grip


def join_team(place: Place, seat: Seat, mate: Held) -> None:
    """Keep a mate in this browser. Raises Refusal."""
    theirs = find_place(*mate)
    if theirs is None:
        raise Refusal("removed", _("Cette place est fermée : demandez à votre professeur."), 403)
    if theirs.seat is None or theirs.seat.classroom != seat.classroom:
        raise other_class()
    if theirs.visitor in place.visitors:
        raise Refusal("here", _("%(name)s est déjà à cet écran.", name=theirs.seat.pseudonym), 409)
    if len(place.visitors) >= TEAM_SIZE:
        raise Refusal("team_full", _("Trois à un écran, c’est le plus."), 409)
    session[TEAM] = [hold for _one, hold in _team_of(place)[1:]] + [mate]
    forget_place()
    flash(_("%(name)s est avec toi : vos trouvailles comptent pour tous.",
            name=theirs.seat.pseudonym), "done")  # fmt: skip


def other_class() -> Refusal:
    """A code that is right, elsewhere."""
    return Refusal("other_class", _("Ce code est celui d’une autre classe."), 409)


def _team_of(place: Place) -> Sequence[tuple[Place, Held]]:
    """Those at this screen with how they are held, the one at the keyboard first."""
    grips = {int(visitor): int(grip) for visitor, grip in session.get(TEAM, ())}
    grips[place.visitor] = session.get(GRIP, 0)
    return [(one, (one.visitor, grips[one.visitor])) for one in (place, *place.mates)]


def way_back() -> str:
    """The scene from which somebody asked; nothing but a path of the player."""
    back = request.form.get("back", "")
    is_scene = back.startswith("/tours/") and "//" not in back and "\\" not in back
    return back if is_scene and back.isprintable() else url_for("classes.welcome")
