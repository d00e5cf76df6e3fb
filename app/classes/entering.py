"""A student comes in: by the door's code, by a card, or by waiting until somebody opens.

One field takes every code: six letters open a door, ten a place, seventeen the teacher's side.
"""

from flask import abort, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.classes.blueprint import blueprint
from app.classes.chairs import find_by_key, sit
from app.classes.codes import DOOR_LENGTH, KEY_LENGTH, PLACE_LENGTH, clean_code, show_code
from app.classes.doors import door_now, enter, find_by_door, time_of, wrong_code
from app.classes.models import Visitor
from app.classes.places import my_place
from app.classes.tries import check_tries, is_network_guessing, note_wrong
from app.classes.visitors import TURNS, find_by_code, remember, turn_page
from app.classes.waiting import KNOCK, my_knock
from app.core.db import now
from app.core.errors import Refusal
from app.core.tokens import KEY, read_once
from app.core.writer import write
from app.people.access import anybody

Page = AnyResponse | str | tuple[str, int]


@blueprint.get("/join")
@anybody
def door() -> str:
    """Where a code is typed; a link may bring one along."""
    code = request.args.get("code", "")[:24]
    return render_template("classes/join.html", code=code, error=None, seat=my_seat())


@blueprint.post("/join")
@anybody
def join() -> Page:
    """Open what the code opens: a class's door, a place, or the teacher's side."""
    code = request.form.get("code", "")[:40]
    try:
        return come_in(code, is_passing="passing" in request.form)
    except Refusal as refusal:
        return explain(code, refusal)


@blueprint.get("/<string(length=6):code>")
@anybody
def door_of_class(code: str) -> Page:
    """The door of a class, by its code as an address: `/ABC123`."""
    clean = clean_code(code)
    if len(clean) != DOOR_LENGTH:
        abort(404)
    try:
        check_tries()
        classroom = find_by_door(clean)
        if classroom is None:
            note_wrong(clean)
            raise wrong_code()
    except Refusal as refusal:
        return explain(clean, refusal)
    return render_template(
        "classes/door.html",
        classroom=classroom,
        door=door_now(classroom, now()),
        time=time_of(classroom, now()),
        seat=my_seat(),
        is_mine=is_seated_in(classroom.id),
    )


def explain(code: str, refusal: Refusal) -> tuple[str, int]:
    """The field once more, with what was wrong."""
    error = str(refusal.message)
    page = render_template("classes/join.html", code=code, error=error, seat=my_seat())
    return page, refusal.status


def come_in(code: str, *, is_passing: bool = False) -> AnyResponse:
    """By any code. Raises Refusal."""
    check_tries()
    clean = clean_code(code)
    try:
        if len(clean) == DOOR_LENGTH:
            return come_in_by_door(clean, is_passing=is_passing)
        if len(clean) == KEY_LENGTH:
            return sit_down(clean)
        return open_place(clean)
    except Refusal as refusal:
        if refusal.code == "wrong_code":
            note_wrong(clean)
        raise


def come_in_by_door(code: str, *, is_passing: bool = False) -> AnyResponse:
    """Take a place in the class; who has one already goes back to it. Raises Refusal."""
    classroom = find_by_door(code)
    if classroom is not None and is_seated_in(classroom.id):
        return redirect(url_for("classes.welcome"))
    if classroom is not None and is_waiting_at(classroom.id):
        return redirect(url_for("classes.wait"))
    must_knock, form = is_network_guessing(), form_sent()
    entered = write(
        lambda tx: enter(tx, code, is_passing=is_passing, must_knock=must_knock, form=form)
    )
    if entered.visitor is None:
        session[KNOCK] = entered.knock
        turn_page()
        return redirect(url_for("classes.wait"))
    remember(entered.visitor)
    session.permanent = not is_passing
    return redirect(url_for("classes.welcome"))


def form_sent() -> str:
    """The form that is sent, as nobody else can name it; nothing for an old one.

    Sent twice, while the first answer is on its way, it does not make two students.
    """
    once = read_once(request.form.get("once", ""))
    return f"{once} {session.get(KEY, '')} {session.get(TURNS, 0)}" if once else ""


def is_seated_in(classroom_id: int) -> bool:
    """Whether whoever is at this machine has a place in this class."""
    place = my_place()
    return bool(place and place.seat and place.seat.classroom == classroom_id)


def is_waiting_at(classroom_id: int) -> bool:
    """Whether this browser knocks there already."""
    knock = my_knock()
    return knock is not None and knock.classroom_id == classroom_id and not knock.answer


def my_seat() -> str:
    """The pseudonym of the student at this machine; nothing when there is none."""
    place = my_place()
    return place.seat.pseudonym if place and place.seat else ""


def open_place(code: str) -> AnyResponse:
    """Open the place of a card or a resume code on this machine. Raises Refusal."""
    visitor = find_by_code(code) if len(code) == PLACE_LENGTH else None
    if visitor is None:
        raise wrong_code()
    return take_place(visitor)


def take_place(visitor: Visitor) -> AnyResponse:
    """Sit down where somebody sat before. Raises Refusal."""
    remember(visitor.id, visitor.grip)
    place = my_place()
    if place is None:
        raise Refusal(
            "removed", _("Ton professeur a fermé cette place. Demande-lui de la rouvrir."), 403
        )
    session.permanent = not (place.seat and place.seat.is_passing)
    return redirect(url_for("classes.welcome" if place.seat else "pages.me"))


def sit_down(key: str) -> AnyResponse:
    """Open the board of the class that this teacher's key is for. Raises Refusal."""
    classroom = find_by_key(key)
    if classroom is None:
        raise wrong_code()
    sit(classroom)
    return redirect(url_for("live.board", slug=classroom.slug))


@blueprint.get("/card/<code>")
@anybody
def card(code: str) -> AnyResponse | str:
    """Where a card's QR code leads; one click more, so that no preview of a link takes a place."""
    clean = clean_code(code[:24])[:PLACE_LENGTH]
    return render_template("classes/card.html", code=show_code(clean), seat=my_seat())
