"""A professional's own page: what they say, how the class reads it, what is left to do."""

from functools import partial
from typing import Any

from flask import Response, abort, current_app, flash, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from app.core.db import db
from app.core.errors import Refusal, wants_json
from app.core.locale import choose_language
from app.core.writer import write
from app.live.professionals.blueprint import blueprint
from app.live.professionals.changes import SAID
from app.live.professionals.forms import LONGEST, SelfForm
from app.live.professionals.photos import (
    MOST,
    UNDER_WAY,
    all_photos,
    begin_photo,
    drop_photo,
    keep_upload,
    last_photo_job,
    need_consent,
    upload_path,
)
from app.live.professionals.profile import (
    describe_change,
    describe_professional,
    find_profile,
    keep_profile,
    photo_url,
    written_profile,
)
from app.live.professionals.vetting import is_ready, steps_of
from app.people.access import staff, takes_files

Answer = str | AnyResponse | tuple[str, int]
PHOTOS = "/professionals/me/photos"
TYPED = ("first_name", "job", "path", "ask_me")
"""What is shown as it is typed, while it is not kept yet."""


@blueprint.get("/professionals/me")
@staff("professional")
def me() -> str:
    """What I say of myself, as I write it and as students read it."""
    row = find_profile(db.session(), current_user.id)
    return _page(SelfForm(formdata=None, data=written_profile(row)))


def _page(form: SelfForm) -> str:
    reading, account_id = db.session(), current_user.id
    row = find_profile(reading, account_id)
    form.offer_factories(row.factory if row else "")
    typed = {name: form[name].data or "" for name in TYPED}
    changed = row if row is not None and row.changed_at is not None else None
    language = choose_language()
    shown = (
        describe_change(reading, changed, language)
        if changed
        else describe_professional(reading, account_id, language)
    )
    return render_template(
        "professionals/me.html",
        form=form,
        longest=LONGEST,
        steps=steps_of(current_user, row),
        is_ready=is_ready(account_id, reading),
        awaits_look=changed is not None,
        shown=shown | typed,
    )


@blueprint.post("/professionals/me")
@staff("professional")
def keep_me() -> Answer:
    """Keep what I say of myself."""
    form, account_id = SelfForm(), current_user.id
    row = find_profile(db.session(), account_id)
    form.offer_factories(row.factory if row else "")
    if not form.validate_on_submit():
        return _page(form), 422
    said = {name: form[name].data or "" for name in SAID}
    told = {
        "kept": _("C’est gardé."),
        "waiting": _("C’est gardé : les classes le liront quand l’équipe l’aura relu."),
        "moved": _("C’est gardé. Vous changez d’usine : l’équipe vérifie votre nouvel employeur."),
    }
    flash(told[write(partial(keep_profile, account_id=account_id, said=said))], "done")
    return redirect("/professionals/me", 303)


@blueprint.get("/professionals/me/photos")
@staff("professional")
def photos() -> Answer:
    """My photos, and how far the one is that I sent last."""
    told = _told_of_photo()
    if wants_json():
        return jsonify(told or {"state": "", "progress": 0.0, "message": ""})
    return _photos_page(told)


def _told_of_photo() -> dict[str, Any] | None:
    job = last_photo_job(db.session(), current_user.id)
    if job is None or job.state == "done":
        return None
    return {"name": _("Votre photo"), "state": job.state, "progress": job.progress,
            "message": job.message, "problems": []}  # fmt: skip


def _photos_page(told: dict[str, Any] | None, fault: str = "") -> str:
    row = find_profile(db.session(), current_user.id)
    new = row.new_photos if row else []
    shown = [(key, photo_url(key), key in new) for key in all_photos(row)]
    is_under_way = told is not None and told["state"] in UNDER_WAY
    return render_template(
        "professionals/photos.html",
        photos=shown,
        job=told,
        is_under_way=is_under_way,
        fault=fault,
        has_room=len(shown) + is_under_way < MOST,
    )


@blueprint.post("/professionals/me/photos")
@takes_files
@staff("professional")
def send_photo() -> Answer:
    """Send a photo that classes may see; the worker draws it anew."""
    account_id, settings = current_user.id, current_app.extensions["settings"]
    key = ""
    try:
        need_consent(request.form.get("consent"))
        key = keep_upload(request.files.get("photo"), settings)
        write(partial(begin_photo, account_id=account_id, key=key, language=choose_language()))
    except Refusal as refusal:
        if key:
            upload_path(settings, key).unlink(missing_ok=True)
        if wants_json():
            raise
        return _photos_page(_told_of_photo(), str(refusal.message)), refusal.status
    return redirect(PHOTOS, 303)


@blueprint.post("/professionals/me/photos/<key>/remove")
@staff("professional")
def remove_photo(key: str) -> Response | AnyResponse:
    """Show one of my photos no more: its files are deleted."""
    account_id = current_user.id
    if not write(lambda tx: drop_photo(tx, account_id, key)):
        abort(404)
    flash(_("La photo est retirée."), "done")
    return redirect(PHOTOS, 303)
