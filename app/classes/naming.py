"""« Qui est qui ? »: the labels that a teacher keeps beside the pseudonyms, by hand or from a list.

A list is read for one page and forgotten with it: its names are offered as labels, and only what
the teacher keeps is stored.
"""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.blueprint import blueprint
from app.classes.chairs import Taught, changeable, taught
from app.classes.emblems import emblem_of
from app.classes.labels import LONGEST, Reading, clean_label, read_names
from app.classes.models import Student
from app.classes.students import change_student
from app.core.db import db
from app.core.errors import Refusal
from app.core.writer import Transaction, write
from app.people.access import anybody

Page = AnyResponse | str | tuple[str, int]
ROLES = {
    "first_name": _l("prénom"),
    "surname": _l("nom"),
    "full_name": _l("nom et prénom"),
    "birth_date": _l("date de naissance, laissée de côté"),
    "other": _l("laissée de côté"),
}
"""What was taken from a column of the list."""


@dataclass
class Written:
    """What a teacher has written beside one student."""

    label: str
    extra_time: bool
    fault: str = ""


@dataclass
class Sheet:
    """The page as it was sent: what is written, what was read of a list, what was wrong with it."""

    written: dict[int, Written]
    reading: Reading | None = None
    pasted: str = ""
    fault: str = ""


@blueprint.get("/classes/<slug>/names")
@anybody
def names(slug: str) -> str:
    """Who is who; a substitute does not see it."""
    found = taught(slug)
    if not found.chair.sees_labels:
        abort(404)
    return show_names(found, Sheet({}))


@blueprint.post("/classes/<slug>/names")
@anybody
def keep_names(slug: str) -> Page:
    """Keep all that is written, or nothing when something cannot be kept."""
    found = changeable(slug)
    sheet = Sheet(read_written(found))
    for one in sheet.written.values():
        check(one)
    if any(one.fault for one in sheet.written.values()):
        return show_names(found, sheet), 422
    classroom_id = found.classroom.id
    write(lambda tx: keep_written(tx, classroom_id, sheet.written))
    flash(_("C’est gardé."), "done")
    return redirect(url_for("classes.names", slug=slug))


@blueprint.post("/classes/<slug>/names/list")
@anybody
def read_list(slug: str) -> Page:
    """Read a list that was pasted or sent, and offer its names; nothing is kept of it."""
    found = changeable(slug)
    sheet = Sheet(read_written(found), pasted=request.form.get("list", ""))
    file = request.files.get("file")
    data: bytes | str = file.read() if file and file.filename else sheet.pasted
    try:
        sheet.reading = read_names(data)
    except Refusal as refusal:
        sheet.fault = str(refusal.message)
        return show_names(found, sheet), refusal.status
    return show_names(found, sheet)


def students_of(found: Taught) -> list[Student]:
    """The students who are in the class, by pseudonym."""
    mine = (Student.classroom_id == found.classroom.id, Student.removed_at.is_(None))
    return list(db.session.scalars(select(Student).where(*mine).order_by(Student.pseudonym)))


def read_written(found: Taught) -> dict[int, Written]:
    """What the form says of each student whose field it has."""
    form = request.form
    return {
        one.id: Written(form[f"label-{one.id}"], f"extra-{one.id}" in form)
        for one in students_of(found)
        if f"label-{one.id}" in form
    }


def check(one: Written) -> None:
    """Note what is wrong with a label, beside what was typed."""
    try:
        one.label = clean_label(one.label)
    except Refusal as refusal:
        one.fault = str(refusal.message)


def keep_written(tx: Transaction, classroom_id: int, written: dict[int, Written]) -> None:
    """Keep labels and extra times of those for whom they changed."""
    for number, one in written.items():
        student = tx.session.get(Student, number)
        label = one.label or None
        if student and (student.label, student.extra_time) != (label, one.extra_time):
            change_student(tx, classroom_id, number, label=label, extra_time=one.extra_time)


def show_names(found: Taught, sheet: Sheet) -> str:
    """The page, with what was typed where that was not kept yet."""
    rows = [
        {
            "student": one,
            "emblem": emblem_of(one.pseudonym),
            "written": sheet.written.get(one.id) or Written(one.label or "", one.extra_time),
        }
        for one in students_of(found)
    ]
    return render_template(
        "classes/names.html",
        classroom=found.classroom,
        chair=found.chair,
        rows=rows,
        sheet=sheet,
        offers=offers_of(sheet.reading),
        roles=ROLES,
        longest=LONGEST,
    )


def offers_of(reading: Reading | None) -> list[tuple[str, str]]:
    """Labels to choose from, each with the name it stands for."""
    if reading is None:
        return []
    return [
        (label, " ".join(filter(None, (row.first_name, row.surname))))
        for row in reading.rows
        for label in row.suggestions
    ]
