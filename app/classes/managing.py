"""What a teacher does from the board: the door, the time, those who knock, and students."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.classes.blueprint import blueprint
from app.classes.chairs import REMOVED, changeable, find_by_key, sit, stand_up, taught
from app.classes.classrooms import MOST_EXPECTED, set_time
from app.classes.codes import clean_code
from app.classes.doors import DOORS, draw_code_anew, set_door, wrong_code
from app.classes.home import usual_end, what_is_wrong_with
from app.classes.models import Classroom
from app.classes.passing import end_of_lesson
from app.classes.students import (
    answer_knock,
    bring_back,
    let_all_in,
    redraw,
    refuse_all,
    remove,
    revoke_card,
)
from app.classes.times import local_day
from app.classes.tries import TOO_MANY, check_tries, note_wrong
from app.core.db import now
from app.core.errors import Refusal
from app.core.numbers import read_number
from app.core.writer import write
from app.people.access import anybody

TIMES = ("lesson", "home", "over")


def back(slug: str) -> AnyResponse:
    """Back to the board, which hears of what was done by itself."""
    return redirect(url_for("live.board", slug=slug))


@blueprint.post("/classes/<slug>/door")
@anybody
def change_door(slug: str) -> AnyResponse:
    """Open the door, let people knock, or shut it; a substitute may too."""
    classroom_id = taught(slug).classroom.id
    door, count = request.form.get("door", ""), read_number(request.form.get("expected"))
    if door not in DOORS:
        raise Refusal("unknown_door", _("La porte s’ouvre, se garde ou se ferme."), 422, "door")
    expected = min(MOST_EXPECTED, max(1, count)) if count is not None else None
    write(lambda tx: set_door(tx, classroom_id, door, expected))
    return back(slug)


@blueprint.post("/classes/<slug>/code")
@anybody
def change_code(slug: str) -> AnyResponse:
    """Draw another code for the door."""
    classroom_id = taught(slug).classroom.id
    write(lambda tx: draw_code_anew(tx, classroom_id))
    return back(slug)


@blueprint.post("/classes/<slug>/time")
@anybody
def change_time(slug: str) -> AnyResponse:
    """Lesson, home (until a day, two weeks when none is said) or over."""
    classroom = changeable(slug).classroom
    time = request.form.get("time", "")
    if time not in TIMES:
        raise Refusal("unknown_time", _("Choisissez : leçon, maison ou terminé."), 422, "time")
    until = last_day_at_home(classroom) if time == "home" else None
    classroom_id = classroom.id
    write(lambda tx: set_time(tx, classroom_id, time, until))
    if time != "lesson":
        end_of_lesson(classroom_id)
    return back(slug)


def last_day_at_home(classroom: Classroom) -> date:
    """Until when the form lets the class work at home. Raises Refusal."""
    day = read_day(request.form.get("until", ""))
    if day is None:
        return usual_end(classroom, local_day(now(), classroom.timezone))
    wrong = what_is_wrong_with(classroom, day)
    if wrong:
        raise Refusal("bad_day", wrong, 422, "until")
    return day


def read_day(text: str) -> date | None:
    """A day of a form; None when none was chosen. Raises Refusal."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("bad_day", _("Cette date n’existe pas."), 422, "until") from None


@blueprint.post("/classes/<slug>/knocks/<int:knock>")
@anybody
def open_to(slug: str, knock: int) -> AnyResponse:
    """Let somebody in who knocks, or do not."""
    classroom_id = taught(slug).classroom.id
    lets_in = request.form.get("answer") == "let_in"
    write(lambda tx: answer_knock(tx, classroom_id, knock, let_in=lets_in))
    return back(slug)


@blueprint.post("/classes/<slug>/knocks")
@anybody
def open_to_all(slug: str) -> AnyResponse:
    """Let everybody in who knocks, as far as there is room; or nobody."""
    classroom_id = taught(slug).classroom.id
    answer_all = refuse_all if request.form.get("answer") == "refuse" else let_all_in
    write(lambda tx: answer_all(tx, classroom_id))
    return back(slug)


@blueprint.post("/classes/<slug>/students/<int:student>/<act>")
@anybody
def change_one(slug: str, student: int, act: str) -> AnyResponse:
    """Another pseudonym, out, back in, or a new card."""
    classroom_id = changeable(slug).classroom.id
    if act == "card":
        write(lambda tx: revoke_card(tx, classroom_id, student))
        told = _("L’ancienne carte n’ouvre plus rien. La nouvelle est sur cette page.")
        flash(told, "done")  # never the code: boards are projected
        return redirect(url_for("live.cards", slug=slug, folded="yes"))
    acts = {"redraw": redraw, "remove": remove, "restore": bring_back}
    do = acts.get(act) or abort(404)
    write(lambda tx: do(tx, classroom_id, student))
    if act == "remove":
        session[REMOVED] = [slug, student]
    return back(slug)


@blueprint.post("/classes/<slug>/stand-up")
@anybody
def leave_board(slug: str) -> AnyResponse:
    """Leave the teacher's side on this machine, which others use too; the key opens it again."""
    if taught(slug).chair.account is not None:
        told = _("Vous menez cette classe par votre compte : déconnectez-vous pour le quitter.")
        raise Refusal("by_account", told, 409)
    stand_up(slug)
    flash(_("Le tableau est fermé sur cette machine."), "done")
    return redirect(url_for("classes.key"))


@blueprint.route("/key", methods=["GET", "POST"])
@anybody
def key() -> AnyResponse | str | tuple[str, int]:
    """The teacher's key opens the board on any machine; a right one is never limited by address."""
    if request.method == "GET":
        return render_template("classes/key.html", error=None)
    try:
        classroom = classroom_of_key(clean_code(request.form.get("key", "")[:40]))
    except Refusal as refusal:
        return render_template("classes/key.html", error=told_of(refusal)), refusal.status
    sit(classroom)
    return back(classroom.slug)


def classroom_of_key(typed: str) -> Classroom:
    """The class that a key opens. Raises Refusal: wrong, or wrong too often."""
    check_tries()
    classroom = find_by_key(typed)
    if classroom is None:
        note_wrong(typed)
        raise wrong_code()
    return classroom


def told_of(refusal: Refusal) -> str:
    """What a teacher reads of it: the same sentences for students say « tu »."""
    if refusal.status == TOO_MANY:
        return str(_("Trop d’essais à la suite. Attendez une minute, puis recopiez la clé."))
    return str(_("Cette clé n’ouvre aucune classe. Vérifiez chaque caractère, puis recommencez."))
