"""The door's code for the whole room: as large as the projector, with what a camera reads."""

import segno
from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import taught
from app.classes.doors import door_now
from app.core.db import now
from app.live.blueprint import blueprint
from app.live.lesson_pages import site_url
from app.people.access import anybody


@blueprint.get("/classes/<slug>/poster")
@anybody
def poster(slug: str) -> str:
    """The code and nothing else; the board shows the same without leaving it."""
    classroom = taught(slug).classroom
    return render_template(
        "live/poster.html",
        classroom=classroom,
        door=door_now(classroom, now()),
        host=request.host,
    )


@blueprint.get("/classes/<slug>/poster.svg")
@anybody
def poster_qr(slug: str) -> AnyResponse:
    """What a camera reads to stand before the door: never kept, since codes change."""
    link = site_url(f"/{taught(slug).classroom.code}")
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=2, dark="#14213D", scale=10)
    reply = Response(drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))
    reply.mimetype = "image/svg+xml"
    reply.headers["Cache-Control"] = "no-store"
    return reply
