"""What the worker makes of a class for its teacher: cards, a call sheet, the report."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from app.classes.models import Classroom, Student
from app.core.db import db
from app.core.errors import Refusal
from app.core.jobs import Running
from app.live.papers.kinds import keep, path_of
from app.live.papers.ods import to_ods
from app.live.papers.sheets import Line, call_html, cards_html, read_lines
from app.live.papers.tables import table_html
from app.live.report import make_table

try:
    from app.live.papers.printing import to_pdf

    CAN_PRINT = True
except OSError:  # Pango is a library of the system, which pip cannot install
    CAN_PRINT = False

TURNS = 3
"""How often a paper is made again when its class loses somebody meanwhile."""


def make_paper(job: Running) -> None:
    """Make the paper that the arguments ask for and put it where its page finds it.

    They name the classroom, never its students: these are read from the database now.
    """
    for _turn in range(TURNS):
        if _make(job.arguments):
            return
    raise Refusal("erased", _("Des élèves viennent d’être effacés. Recommencez."), 409)


def _make(wish: dict[str, Any]) -> bool:
    """Make a paper. False, and no paper, when somebody who may stand on it was erased meanwhile:

    whoever erased them could not find a paper that was not written yet.
    """
    db.session.rollback()
    classroom = db.session.get(Classroom, wish["classroom_id"])
    if classroom is None:
        raise Refusal("no_class", _("Cette classe n’existe plus."), 404)
    path = path_of(current_app.extensions["settings"], wish["token"], wish["kind"])
    before = _students_of(wish["classroom_id"])
    keep(path, MAKERS[wish["kind"]](classroom, wish))
    db.session.rollback()
    if before <= _students_of(wish["classroom_id"]):
        return True
    path.unlink(missing_ok=True)
    return False


def _students_of(classroom_id: int) -> set[int]:
    return set(db.session.scalars(select(Student.id).where(Student.classroom_id == classroom_id)))


def make_cards(classroom: Classroom, wish: dict[str, Any]) -> bytes:
    """The cards of those who are to come back."""
    lines = _lines(classroom, with_passing=False)
    return print_page(cards_html(classroom, lines, wish["site"], with_labels=wish["with_labels"]))


def make_call(classroom: Classroom, wish: dict[str, Any]) -> bytes:
    """The call sheet, of everybody who is here."""
    lines = _lines(classroom, with_passing=True)
    return print_page(call_html(classroom, lines, with_labels=wish["with_labels"]))


def _lines(classroom: Classroom, *, with_passing: bool) -> list[Line]:
    lines = read_lines(db.session(), classroom.id, with_passing=with_passing)
    if not lines:
        raise Refusal("nobody", _("Personne n’est encore entré dans cette classe."), 409)
    return lines


def make_report_pdf(classroom: Classroom, _wish: dict[str, Any]) -> bytes:
    """The report to print."""
    return print_page(table_html(make_table(db.session(), classroom)))


def make_report_ods(classroom: Classroom, _wish: dict[str, Any]) -> bytes:
    """The report for a spreadsheet."""
    return to_ods(make_table(db.session(), classroom))


def print_page(page: str) -> bytes:
    """A page as PDF; says what to install where that cannot be done."""
    if not CAN_PRINT:
        raise Refusal("no_pango", _(
            "Il manque de quoi écrire des PDF. La personne qui tient le site installe "
            "libpangoft2-1.0-0 et libharfbuzz-subset0 (apt-get install), relance Déambule, "
            "puis vous recommencez ici."
        ), 503)  # fmt: skip
    return to_pdf(page)


MAKERS = {
    "cards": make_cards,
    "call": make_call,
    "report-pdf": make_report_pdf,
    "report-ods": make_report_ods,
}
