"""After the lesson: what each student did, class totals first, and the same as a table to keep."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, render_template
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.classes.chairs import exportable
from app.classes.folding import fold
from app.classes.models import Activity, Classroom, Student
from app.core.db import db, now
from app.live.blueprint import blueprint
from app.live.papers.tables import Table, to_csv
from app.live.roster import read_roster
from app.people.access import anybody
from tours.models import Attempt, Visit


@blueprint.get("/classes/<slug>/report")
@anybody
def report(slug: str) -> str:
    """The report of a class."""
    found = exportable(slug)
    return render_template(
        "live/report.html",
        classroom=found.classroom,
        table=make_table(db.session(), found.classroom, is_ranked=found.classroom.shows_ranking),
    )


@blueprint.get("/classes/<slug>/report.csv")
@anybody
def report_csv(slug: str) -> Response:
    """The report for a spreadsheet."""
    content = to_csv(make_table(db.session(), exportable(slug).classroom))
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=bilan.csv"
    return response


def make_table(session: Session, classroom: Classroom, *, is_ranked: bool = False) -> Table:
    """A row for the whole class, then one a student: by pseudonym, or by boulons if `is_ranked`.

    Only the page of a class whose teacher wants it is: what leaves the site never tells a rank.
    """
    rows = sorted(read_roster(session, classroom.id), key=lambda row: fold(row.pseudonym))
    if is_ranked:
        rows.sort(key=lambda row: -row.points)
    scenes = _count_scenes(session, classroom.id)
    answers = _count_answers(session, classroom.id)
    minutes = _sum_minutes(session, classroom.id)
    students: list[list[Any]] = [
        [
            row.pseudonym,
            row.label or "",
            scenes.get(row.visitor, 0),
            row.found,
            *answers.get(row.visitor, (0, 0)),
            minutes.get(row.visitor, 0),
            row.points,
        ]
        for row in rows
    ]
    sums = [sum(row[column] for row in students) for column in range(2, 8)]
    sums[1] += classroom.gone_finds
    sums[5] += classroom.gone_points
    return Table(
        title=classroom.name or _("Ma classe"),
        columns=[
            _("Pseudonyme"),
            _("Repère"),
            _("Lieux vus"),
            _("Trouvailles"),
            _("Questions répondues"),
            _("Justes du premier coup"),
            _("Minutes actives"),
            _("Boulons"),
        ],
        rows=[[_("Toute la classe"), "", *sums], *students],
        notes=_notes(classroom),
        totals=1,
        timezone=classroom.timezone,
        subtitle=_("Bilan du %(day)s", day=format_date(_today(classroom), "long", rebase=False)),
    )


def _notes(classroom: Classroom) -> list[str]:
    notes = [_("Les minutes actives disent quand une page a servi : ce n’est pas une note.")]
    if classroom.gone_students:
        notes.append(
            ngettext(
                "%(num)d élève effacé compte encore dans les trouvailles et les boulons.",
                "%(num)d élèves effacés comptent encore dans les trouvailles et les boulons.",
                classroom.gone_students,
            )
        )
    return notes


def _today(classroom: Classroom) -> date:
    return now().astimezone(ZoneInfo(classroom.timezone)).date()


def _count_scenes(session: Session, classroom: int) -> dict[int, int]:
    query = (
        select(Visit.visitor_id, func.count())
        .join(Student, Student.visitor_id == Visit.visitor_id)
        .where(Student.classroom_id == classroom)
        .group_by(Visit.visitor_id)
    )
    return {visitor: int(count) for visitor, count in session.execute(query)}


def _count_answers(session: Session, classroom: int) -> dict[int, tuple[int, int]]:
    at_first = func.sum(case((Attempt.is_right & (Attempt.tries == 1), 1), else_=0))
    query = (
        select(Attempt.visitor_id, func.count(), at_first)
        .join(Student, Student.visitor_id == Attempt.visitor_id)
        .where(Student.classroom_id == classroom)
        .group_by(Attempt.visitor_id)
    )
    return {visitor: (count, int(right)) for visitor, count, right in session.execute(query)}


def _sum_minutes(session: Session, classroom: int) -> dict[int, int]:
    query = (
        select(Activity.visitor_id, func.sum(Activity.minutes))
        .join(Student, Student.visitor_id == Activity.visitor_id)
        .where(Student.classroom_id == classroom)
        .group_by(Activity.visitor_id)
    )
    return {visitor: int(minutes) for visitor, minutes in session.execute(query)}
