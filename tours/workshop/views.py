"""The workshop: staff bring bundles in, follow the work, publish and unpublish."""

import secrets
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.core.config import Settings
from app.core.db import db
from app.core.errors import Refusal, wants_json
from app.core.jobs import Job, enqueue, start_again
from app.core.locale import choose_language
from app.core.writer import write
from app.people.access import staff, takes_files
from tours.access import may_edit_factory
from tours.models import FactoryMember, Hotspot, Scene, Tour
from tours.publishing import publish_tour, unpublish_tour
from tours.texts import localise

blueprint = Blueprint("workshop", __name__, url_prefix="/workshop")
SHOWN_JOBS = 20
IMPORT = "tours.jobs.import_bundle"
"""The only work of the workshop: the worker does mails and papers too."""
UPLOADS = "uploads"


@blueprint.get("")
@staff("author", "organiser")
def workshop() -> str:
    """The tours one may change, and the work under way."""
    return render_workshop()


def render_workshop(unfinished: dict[str, Any] | None = None) -> str:
    """The workshop's page; `unfinished` says why a tour could not be published."""
    return render_template(
        "workshop.html",
        tours=[tour_view(tour) for tour in my_tours()],
        jobs=[job_view(job) for job in my_jobs()],
        unfinished=unfinished,
    )


def my_tours() -> list[Tour]:
    """The tours that this member of staff may change."""
    query = select(Tour).order_by(Tour.updated_at.desc())
    if current_user.role != "organiser":
        mine = select(FactoryMember.factory_id).where(FactoryMember.account_id == current_user.id)
        query = query.where(Tour.factory_id.in_(mine))
    return list(db.session.scalars(query))


def tour_view(tour: Tour) -> dict[str, Any]:
    """One line of the list of tours."""
    counts = select(func.count()).select_from
    session = db.session
    return {
        "slug": tour.slug,
        "title": localise(tour.content["title"], choose_language()),
        "factory": tour.factory.name,
        "version": tour.version,
        "status": "published" if tour.is_published else "draft",
        "scenes": session.scalar(counts(Scene).where(Scene.tour_id == tour.id)),
        "hotspots": session.scalar(counts(Hotspot).where(Hotspot.tour_id == tour.id)),
        "updated_at": tour.updated_at,
        "url": url_for("player.entrance", tour=tour.slug),
    }


def my_jobs() -> list[Job]:
    """The latest imports that this member of staff asked for; an organiser sees all.

    Mails and what other rooms have done by the worker are no work of the workshop.
    """
    query = select(Job).where(Job.name == IMPORT).order_by(Job.id.desc()).limit(SHOWN_JOBS)
    if current_user.role != "organiser":
        query = query.where(Job.account_id == current_user.id)
    return list(db.session.scalars(query))


def job_view(job: Job) -> dict[str, Any]:
    """A job as pages and scripts see it."""
    return {
        "id": job.id,
        "name": job.title,
        "state": job.state,
        "progress": job.progress,
        "message": job.message,
        "problems": job.problems,
        "url": url_for("workshop.job", job_id=job.id),
        "created_at": job.created_at,
    }


@blueprint.post("/bundles")
@takes_files
@staff("author", "organiser")
def upload() -> Response:
    """Take a zipped bundle; the worker checks it and brings it in as a draft."""
    file = request.files.get("bundle")
    if file is None or not file.filename:
        raise Refusal("no_file", _("Choisissez d’abord un fichier .zip."), 422, "bundle")
    path = keep_upload(file)
    title = Path(file.filename).name[:200]
    arguments = {
        "path": str(path),
        "name": title,
        "account_id": current_user.id,
        "language": choose_language(),
    }
    account = current_user.id
    job_id = write(lambda tx: enqueue(tx, IMPORT, arguments, title, account))
    return redirect(url_for("workshop.job", job_id=job_id))


def keep_upload(file: FileStorage) -> Path:
    """Put an upload under a name of our own: the one given by the browser is never a path."""
    settings: Settings = current_app.extensions["settings"]
    folder = settings.data / UPLOADS
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(16)}.zip"
    file.save(path)
    return path


def own_job(job_id: int) -> Job:
    """An import that this member of staff may see, or 404."""
    job: Job = db.session.get(Job, job_id) or abort(404)
    is_theirs = current_user.role == "organiser" or job.account_id == current_user.id
    if job.name != IMPORT or not is_theirs:
        abort(404)
    return job


@blueprint.get("/jobs/<int:job_id>")
@staff("author", "organiser")
def job(job_id: int) -> str | Response:
    """How far some work is."""
    view = job_view(own_job(job_id))
    return jsonify(view) if wants_json() else render_template("job.html", job=view)


@blueprint.post("/jobs/<int:job_id>/retry")
@staff("author", "organiser")
def retry(job_id: int) -> Response:
    """Start a failed job again."""
    own_job(job_id)
    write(lambda tx: start_again(tx, job_id))
    return redirect(url_for("workshop.job", job_id=job_id))


def own_tour(slug: str) -> Tour:
    """A tour that this member of staff may change, or 404."""
    tour = db.session.scalar(select(Tour).where(Tour.slug == slug)) or abort(404)
    if not may_edit_factory(db.session(), current_user, tour.factory_id):
        abort(404)
    return tour


@blueprint.post("/tours/<slug>/publish")
@staff("author", "organiser")
def publish(slug: str) -> Response | tuple[str, int]:
    """Open a tour to everybody, or list what remains to be written."""
    tour = own_tour(slug)
    try:
        publish_tour(slug)
    except Refusal as refusal:
        if wants_json() or not refusal.problems:
            raise
        told = {"message": refusal.message, "problems": dict.fromkeys(refusal.problems)}
        told["title"] = localise(tour.content["title"], choose_language())
        return render_workshop(told), refusal.status
    flash(_("La visite est publiée."), "done")
    return redirect(url_for("workshop.workshop"))


@blueprint.post("/tours/<slug>/unpublish")
@staff("author", "organiser")
def unpublish(slug: str) -> Response:
    """Close a tour: it becomes a draft again."""
    own_tour(slug)
    unpublish_tour(slug)
    flash(_("La visite n’est plus publique."), "done")
    return redirect(url_for("workshop.workshop"))
