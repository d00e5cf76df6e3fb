"""What a teacher prints or takes away: cards on a page, and papers that the worker makes."""

import secrets
from typing import Any

from flask import (
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import Taught, exportable
from app.classes.codes import show_code
from app.classes.opening import new_key
from app.core.db import db
from app.core.errors import wants_json
from app.core.jobs import Job, enqueue
from app.core.locale import choose_language
from app.core.writer import Transaction, write
from app.live.blueprint import blueprint
from app.live.lesson_pages import site_url
from app.live.papers.kinds import KINDS, MAKE_PAPER, job_of, path_of
from app.live.papers.sheets import draw_qr, read_lines
from app.people.access import anybody


@blueprint.get("/classes/<slug>/cards")
@anybody
def cards(slug: str) -> str:
    """The cards to print: pseudonym, code, QR code; never a label.

    Who comes from a board finds them folded: what is on its screen may be on the wall.
    """
    found = exportable(slug)
    lines = read_lines(db.session(), found.classroom.id, with_passing=False)
    return render_template(
        "live/cards.html",
        classroom=found.classroom,
        cards=[
            {
                "pseudonym": line.pseudonym,
                "code": show_code(line.code),
                "qr": draw_qr(site_url(""), line.code),
            }
            for line in lines
        ],
        host=request.host,
        new_key=new_key(slug),
        is_folded="folded" in request.args,
    )


@blueprint.post("/classes/<slug>/papers/<kind>")
@anybody
def ask_for_paper(slug: str, kind: str) -> AnyResponse:
    """Have a paper made; one that is under way already is not begun twice."""
    found = exportable(slug)
    if kind not in KINDS:
        abort(404)
    wish = {
        "kind": kind,
        "classroom_id": found.classroom.id,
        "language": choose_language(),
        "with_labels": request.form.get("with_labels") == "yes",
        "site": site_url(""),
    }
    title, account = str(KINDS[kind].title), found.chair.account
    token = write(lambda tx: _paper_under_way(tx, wish) or _begin(tx, wish, title, account))
    return redirect(url_for("live.paper", slug=slug, token=token), 303)


def _begin(tx: Transaction, wish: dict[str, Any], title: str, account: int | None) -> str:
    token = secrets.token_urlsafe(24)
    enqueue(tx, MAKE_PAPER, wish | {"token": token}, title, account)
    return token


def _paper_under_way(tx: Transaction, wish: dict[str, Any]) -> str | None:
    query = select(Job.arguments).where(
        Job.name == MAKE_PAPER,
        Job.state.in_(["waiting", "running"]),
        Job.arguments["classroom_id"].as_integer() == wish["classroom_id"],
    )
    for known in tx.session.scalars(query):
        if wish.items() <= known.items():
            return str(known["token"])
    return None


@blueprint.get("/classes/<slug>/papers/<token>")
@anybody
def paper(slug: str, token: str) -> str | AnyResponse:
    """How far a paper is; then where to fetch it, for an hour."""
    found, job = _paper(slug, token)
    wish = job.arguments
    told = {
        "name": KINDS[wish["kind"]].title,
        "state": job.state,
        "progress": job.progress,
        "message": job.message,
        "problems": job.problems,
    }
    if wants_json():
        return jsonify(told | {"name": str(told["name"])})
    path = path_of(current_app.extensions["settings"], token, wish["kind"])
    return render_template(
        "live/paper.html",
        classroom=found.classroom,
        job=told,
        wish=wish,
        is_there=job.state == "done" and path.exists(),
        token=token,
    )


@blueprint.get("/classes/<slug>/papers/<token>/file")
@anybody
def paper_file(slug: str, token: str) -> AnyResponse:
    """The paper itself; nobody keeps it on the way."""
    _found, job = _paper(slug, token)
    kind = KINDS[job.arguments["kind"]]
    path = path_of(current_app.extensions["settings"], token, job.arguments["kind"])
    try:
        reply = Response(path.read_bytes(), mimetype=kind.mimetype)
    except FileNotFoundError:
        abort(404)
    reply.headers["Content-Disposition"] = f"attachment; filename={kind.download}"
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _paper(slug: str, token: str) -> tuple[Taught, Job]:
    """A paper of a classroom that one may export; another's, or none, is a 404."""
    found = exportable(slug)
    job = job_of(db.session(), found.classroom.id, token) or abort(404)
    return found, job
