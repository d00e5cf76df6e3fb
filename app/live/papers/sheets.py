"""Sheets about the students of a class: their cards, and who is who."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import segno
from flask import render_template
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.classes.codes import show_code
from app.classes.folding import fold
from app.classes.models import Classroom, Student, Visitor

T = TypeVar("T")
CARDS_ON_A_PAGE = 8
LINES_ON_A_PAGE = 36


@dataclass(frozen=True)
class Line:
    """What a sheet tells of one student."""

    pseudonym: str
    code: str
    """What opens the place again."""
    label: str


def read_lines(reading: Session, classroom_id: int, *, with_passing: bool) -> list[Line]:
    """The students of a class, by pseudonym; those who only pass are handed no card."""
    query = (
        select(Student.pseudonym, Visitor.resume_code, Student.label)
        .join(Visitor, Visitor.id == Student.visitor_id)
        .where(Student.classroom_id == classroom_id, Student.removed_at.is_(None))
    )
    if not with_passing:
        query = query.where(Student.is_passing.is_(False))
    rows = reading.execute(query)
    lines = [Line(pseudonym, code, label or "") for pseudonym, code, label in rows]
    return sorted(lines, key=lambda line: fold(line.pseudonym))


def cards_html(classroom: Classroom, lines: Sequence[Line], site: str, *, with_labels: bool) -> str:
    """Cards to cut out, eight to a page; `site` is the address at which they open."""
    cards = [(line, show_code(line.code), draw_qr(site, line.code)) for line in lines]
    return render_template(
        "papers/cards.html",
        classroom=classroom,
        pages=_paged(cards, CARDS_ON_A_PAGE),
        host=site.partition("://")[2],
        with_labels=with_labels,
    )


def call_html(classroom: Classroom, lines: Sequence[Line], *, with_labels: bool) -> str:
    """« Qui est qui ? »: a line for each student, to write a name on and to tick."""
    pages = _paged(list(enumerate(lines, 1)), LINES_ON_A_PAGE)
    return render_template(
        "papers/call.html", classroom=classroom, pages=pages, with_labels=with_labels
    )


def _paged(things: Sequence[T], size: int) -> list[Sequence[T]]:
    return [things[start : start + size] for start in range(0, len(things), size)]


def draw_qr(site: str, code: str) -> Markup:
    """What a camera reads to open a place."""
    return draw_address(f"{site}/card/{code}")


def draw_address(address: str) -> Markup:
    """An address as a camera reads it."""
    picture = segno.make(address, error="m", micro=False)
    drawn = picture.svg_inline(scale=3, border=2, omitsize=True, dark="#14213D")
    return Markup(drawn)  # noqa: S704  segno drew it
