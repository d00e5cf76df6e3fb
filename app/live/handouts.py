"""What is printed for a class: the cards of its students, eight to a page."""

from typing import Any

import segno
from flask import render_template, request
from markupsafe import Markup
from sqlalchemy import select

from app.classes.codes import show_code
from app.classes.models import Student, Visitor
from app.core.db import db
from app.live.blueprint import blueprint
from app.live.board import new_key
from app.live.lesson_pages import site_url
from app.live.report import exportable
from app.people.access import anybody


@blueprint.get("/classes/<slug>/cards")
@anybody
def cards(slug: str) -> str:
    """The cards to print: pseudonym, code, QR code; never a label."""
    found = exportable(slug)
    query = (
        select(Student.pseudonym, Visitor.resume_code)
        .join(Visitor, Visitor.id == Student.visitor_id)
        .where(Student.classroom_id == found.classroom.id)
        .where(Student.removed_at.is_(None), Student.is_passing.is_(False))
        .order_by(Student.pseudonym)
    )
    return render_template(
        "live/cards.html",
        classroom=found.classroom,
        cards=[_card(pseudonym, code) for pseudonym, code in db.session.execute(query)],
        host=request.host,
        new_key=new_key(slug),
    )


def _card(pseudonym: str, code: str) -> dict[str, Any]:
    picture = segno.make(site_url(f"/card/{code}"), error="m", micro=False)
    drawn = picture.svg_inline(scale=3, border=2, omitsize=True, dark="#14213D")
    return {"pseudonym": pseudonym, "code": show_code(code), "qr": Markup(drawn)}  # noqa: S704  segno drew it
