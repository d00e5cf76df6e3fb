"""One computer and a projector: the teacher's screen plays, each present student gets the finds."""

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy import select, update
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import taught
from app.classes.classrooms import MOST_STUDENTS
from app.classes.doors import seat
from app.classes.models import Classroom, Student
from app.classes.opening import offered_tours
from app.classes.places import WHOLE
from app.classes.visitors import let_go, remember, welcome
from app.core.db import db
from app.core.errors import Refusal
from app.core.numbers import read_number
from app.core.writer import Transaction, write
from app.live.blueprint import blueprint
from app.people.access import anybody


@blueprint.get("/classes/<slug>/whole")
@anybody
def whole(slug: str) -> str:
    """Who is there, and which tour is played."""
    found = taught(slug)
    students = db.session.scalars(
        select(Student)
        .where(Student.classroom_id == found.classroom.id, Student.removed_at.is_(None))
        .order_by(Student.pseudonym)
    ).all()
    return render_template(
        "live/whole.html",
        classroom=found.classroom,
        students=students,
        nobody_yet=not any(student.is_present for student in students),
        tours=offered_tours(),
    )


@blueprint.post("/classes/<slug>/whole")
@anybody
def play_whole(slug: str) -> AnyResponse:
    """Begin: those ticked are present, seats are made for those who have none yet."""
    found = taught(slug)
    classroom_id = found.classroom.id
    numbers = {read_number(one) for one in request.form.getlist("present")}
    ticked = {number for number in numbers if number is not None}
    more = read_number(request.form.get("more")) or 0
    tour = request.form.get("tour", "")
    if tour not in dict(offered_tours()):
        raise Refusal("unknown_tour", _("Choisissez une visite publiée."), 422, "tour")
    visitor = write(lambda tx: gather(tx, classroom_id, ticked, min(more, MOST_STUDENTS)))
    remember(visitor)
    session[WHOLE] = classroom_id
    session.permanent = False
    return redirect(url_for("player.entrance", tour=tour))


def gather(tx: Transaction, classroom_id: int, ticked: set[int], more: int) -> int:
    """Note who is present; the visitor who walks for the class. Raises Refusal when it is full."""
    classroom = tx.session.get_one(Classroom, classroom_id)
    mine = update(Student).where(Student.classroom_id == classroom_id)
    untick(tx, classroom_id)
    tx.execute(mine.where(Student.id.in_(ticked)).values(is_present=True))
    for _one in range(more):
        visitor = seat(tx, classroom)
        tx.execute(mine.where(Student.visitor_id == visitor).values(is_present=True))
    if classroom.visitor_id is None:
        classroom.visitor_id = welcome(tx)
    return classroom.visitor_id


def untick(tx: Transaction, classroom_id: int) -> None:
    """Nobody is there for whom one computer plays."""
    mine = (Student.classroom_id == classroom_id) & Student.is_present
    tx.execute(update(Student).where(mine).values(is_present=False))


@blueprint.post("/classes/<slug>/whole/end")
@anybody
def end_whole(slug: str) -> AnyResponse:
    """Stop playing for the class on this machine; nobody is ticked any more."""
    classroom_id = taught(slug).classroom.id
    write(lambda tx: untick(tx, classroom_id))
    let_go()
    return redirect(url_for("live.board", slug=slug))
