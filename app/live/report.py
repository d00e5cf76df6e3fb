"""After the lesson: what each student did, class totals first, and the same as a table to keep."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from app.live.lessons import end_of
from app.live.models import Lesson
from app.live.papers.tables import Table, to_csv
from app.live.roster import read_roster
from app.people.access import anybody
from app.points.models import Entry
from tours.models import Attempt, Visit

LESSONS = 3
"""So many are told apart, the latest ones: more columns fit on no sheet."""


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


@dataclass(frozen=True)
class Stretch:
    """A lesson, or the work at home: what the report tells apart."""

    name: str
    found: Mapping[int, int]
    """Finds by visitor."""
    minutes: Mapping[int, int]


def make_table(session: Session, classroom: Classroom, *, is_ranked: bool = False) -> Table:
    """A row for the whole class, then one a student: by pseudonym, or by boulons if `is_ranked`.

    Only the page of a class whose teacher wants it is: what leaves the site never tells a rank.
    """
    rows = sorted(read_roster(classroom.id), key=lambda row: fold(row.pseudonym))
    if is_ranked:
        rows.sort(key=lambda row: -row.points)
    scenes = _count_scenes(session, classroom.id)
    answers = _count_answers(session, classroom.id)
    minutes = _sum_minutes(session, classroom.id)
    stretches = read_stretches(session, classroom)
    students: list[list[Any]] = [
        [
            row.pseudonym,
            row.label or "",
            scenes.get(row.visitor, 0),
            row.found,
            *answers.get(row.visitor, (0, 0)),
            0,
            sum(minutes.get(row.visitor, {}).values()),
            row.points,
            *(part.get(row.visitor, 0) for one in stretches for part in (one.found, one.minutes)),
        ]
        for row in rows
    ]
    width = 9 + 2 * len(stretches)
    sums = [sum(row[column] for row in students) for column in range(2, width)]
    sums[1] += classroom.gone_finds
    sums[6] += classroom.gone_points
    return Table(
        title=classroom.name or _("Ma classe"),
        columns=_columns(stretches),
        rows=[[_("Toute la classe"), "", *sums], *students],
        notes=_notes(classroom, stretches),
        totals=1,
        timezone=classroom.timezone,
        subtitle=_("Bilan du %(day)s", day=_say_day(_today(classroom))),
    )


def _columns(stretches: Sequence[Stretch]) -> list[str]:
    columns = [
        _("Pseudonyme"),
        _("Repère"),
        _("Lieux vus"),
        _("Trouvailles"),
        _("Questions répondues"),
        _("Justes du premier coup"),
        _("Questions posées"),
        _("Minutes actives"),
        _("Boulons"),
    ]
    for one in stretches:
        columns += [
            _("%(when)s : trouvailles", when=one.name),
            _("%(when)s : minutes", when=one.name),
        ]
    return columns


def _notes(classroom: Classroom, stretches: Sequence[Stretch]) -> list[str]:
    notes = [
        _("Les questions posées se comptent pendant un échange avec un professionnel."),
        _("Les minutes actives disent quand une page a servi : ce n’est pas une note."),
    ]
    if len(stretches) > LESSONS:
        detail = _("Les trois dernières leçons sont détaillées ; les totaux comptent tout.")
        notes.insert(0, detail)
    if classroom.gone_students:
        notes.append(
            ngettext(
                "%(num)d élève effacé compte encore dans les trouvailles et les boulons.",
                "%(num)d élèves effacés comptent encore dans les trouvailles et les boulons.",
                classroom.gone_students,
            )
        )
    return notes


def read_stretches(session: Session, classroom: Classroom) -> list[Stretch]:
    """The latest lessons of a class, the first of them first, then what was done outside of any."""
    query = (
        select(Lesson)
        .where(Lesson.classroom_id == classroom.id, Lesson.started_at.is_not(None))
        .order_by(Lesson.started_at)
    )
    lessons = list(session.scalars(query))
    if not lessons:
        return []
    finds = _list_finds(session, classroom.id)
    minutes = _sum_minutes(session, classroom.id)
    zone = classroom.timezone
    home = Counter(who for who, at in finds if not any(_is_in(one, at, zone) for one in lessons))
    return [
        *(_stretch(lesson, classroom, finds, minutes) for lesson in lessons[-LESSONS:]),
        Stretch(_("À la maison"), home, {who: of.get(0, 0) for who, of in minutes.items()}),
    ]


def _stretch(
    lesson: Lesson,
    classroom: Classroom,
    finds: Sequence[tuple[int, datetime]],
    minutes: Mapping[int, Mapping[int, int]],
) -> Stretch:
    day = lesson.started_at.astimezone(ZoneInfo(classroom.timezone)) if lesson.started_at else None
    return Stretch(
        _("Leçon du %(day)s", day=format_date(day, "d MMM", rebase=False)),
        Counter(who for who, at in finds if _is_in(lesson, at, classroom.timezone)),
        {who: of.get(lesson.id, 0) for who, of in minutes.items()},
    )


def _is_in(lesson: Lesson, at: datetime, zone: str) -> bool:
    end = end_of(lesson, zone)
    return end is not None and lesson.started_at is not None and lesson.started_at <= at < end


def _list_finds(session: Session, classroom: int) -> list[tuple[int, datetime]]:
    query = (
        select(Entry.visitor_id, Entry.at)
        .join(Student, Student.visitor_id == Entry.visitor_id)
        .where(Student.classroom_id == classroom, Entry.source.startswith("hotspot:"))
    )
    return [(visitor, at) for visitor, at in session.execute(query)]


def _say_day(day: date) -> str:
    return str(format_date(day, "long", rebase=False))


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


def _sum_minutes(session: Session, classroom: int) -> dict[int, dict[int, int]]:
    """Minutes by visitor, then by lesson; 0 is the work outside of lessons."""
    query = (
        select(Activity.visitor_id, Activity.lesson, Activity.minutes)
        .join(Student, Student.visitor_id == Activity.visitor_id)
        .where(Student.classroom_id == classroom)
    )
    minutes: dict[int, dict[int, int]] = {}
    for visitor, lesson, count in session.execute(query):
        minutes.setdefault(visitor, {})[lesson] = count
    return minutes
