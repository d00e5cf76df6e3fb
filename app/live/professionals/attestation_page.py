"""The page of a professional's hours, and the attestation to take away."""

import secrets
from functools import partial
from pathlib import Path

from flask import Response, abort, current_app, jsonify, redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from app.core.db import db
from app.core.errors import Refusal, wants_json
from app.core.jobs import Job
from app.core.locale import choose_language
from app.core.writer import write
from app.live.papers.kinds import PDF
from app.live.professionals.attestation import (
    DOWNLOAD,
    begin_attestation,
    last_attestation,
    paper_path,
    say_duration,
    sessions_held,
)
from app.live.professionals.blueprint import blueprint
from app.live.professionals.photos import UNDER_WAY
from app.people.access import staff

PAGE = "/professionals/me/attestation"


@blueprint.get("/professionals/me/attestation")
@staff("professional")
def attestation() -> str | AnyResponse:
    """My sessions and hours; how far the paper is, then where to fetch it."""
    job = last_attestation(db.session(), current_user.id)
    told = _told(job)
    if wants_json():
        return jsonify(told or {"state": "", "progress": 0.0, "message": ""})
    held = sessions_held(db.session(), current_user.id)
    return render_template(
        "professionals/attestation.html",
        sessions=[(one, say_duration(one.minutes)) for one in held],
        total=say_duration(sum(one.minutes for one in held)),
        job=told,
        is_under_way=job is not None and job.state in UNDER_WAY,
        is_there=job is not None and job.state == "done" and _path(job).exists(),
    )


def _told(job: Job | None) -> dict[str, object] | None:
    if job is None:
        return None
    return {"name": _("Votre attestation"), "state": job.state, "progress": job.progress,
            "message": job.message, "problems": []}  # fmt: skip


@blueprint.post("/professionals/me/attestation")
@staff("professional")
def ask_attestation() -> AnyResponse:
    """Have the attestation made."""
    account_id, token = current_user.id, secrets.token_hex(16)
    if not sessions_held(db.session(), account_id):
        told = _("Aucune rencontre n’est encore passée : il n’y a pas d’heure à attester.")
        raise Refusal("no_session", told, 409)
    language = choose_language()
    write(partial(begin_attestation, account_id=account_id, token=token, language=language))
    return redirect(PAGE, 303)


@blueprint.get("/professionals/me/attestation/file")
@staff("professional")
def attestation_file() -> AnyResponse:
    """The paper itself; nobody keeps it on the way."""
    job = last_attestation(db.session(), current_user.id) or abort(404)
    try:
        reply = Response(_path(job).read_bytes(), mimetype=PDF)
    except FileNotFoundError:
        abort(404)
    reply.headers["Content-Disposition"] = f"attachment; filename={DOWNLOAD}"
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _path(job: Job) -> Path:
    return paper_path(current_app.extensions["settings"], str(job.arguments["token"]))
