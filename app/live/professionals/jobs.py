"""The worker's part: photos are drawn anew and deleted, attestations are printed."""

import json
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _

from app.core.config import Settings
from app.core.db import db
from app.core.errors import Refusal
from app.core.jobs import Running
from app.core.writer import write
from app.live.papers.jobs import print_page
from app.live.papers.kinds import keep
from app.live.professionals.attestation import attestation_html, paper_path
from app.live.professionals.photos import add_photo, all_photos, upload_path
from app.live.professionals.profile import find_profile
from app.people.models import Account
from media.errors import Refused
from media.intake import make_files
from media.keys import MARK, private_prefix
from media.publishing import forget, publish
from media.storage import Storage, type_of


def take_photo(job: Running) -> None:
    """Draw a photo anew, without anything that the camera wrote, and show it.

    Raises Refusal with the reason when the media room does not take it; the upload is gone then.
    """
    account_id, key = job.arguments["account_id"], job.arguments["key"]
    path = upload_path(_settings(), key)
    row = find_profile(db.session(), account_id)
    if key in all_photos(row):  # it was killed after its last step
        path.unlink(missing_ok=True)
        return
    try:
        if row is not None:
            _take(path, account_id, key)
    finally:
        path.unlink(missing_ok=True)


def _take(path: Path, account_id: int, key: str) -> None:
    storage: Storage = current_app.extensions["storage"]
    try:
        store_photo(path, key, storage)
    except FileNotFoundError:
        raise Refusal("lost", _("Cette photo s’est perdue : envoyez-la encore."), 422) from None
    except Refused as refused:
        raise Refusal("bad_photo", refused.sentence, 422) from refused
    if not write(lambda tx: add_photo(tx, account_id, key)):
        forget(storage, key)


def store_photo(path: Path, key: str, storage: Storage) -> None:
    """Write the files of a photo under its key and make them public; nothing when it is refused.

    Raises media.errors.Refused.
    """
    prefix = private_prefix(key)
    try:
        with storage.putting() as put:
            meta = make_files(
                path, "picture", lambda name, data: put(prefix + name, data, type_of(name))
            )
        storage.put(prefix + MARK, json.dumps(dict(meta)).encode(), type_of(MARK))
        publish(storage, key)
    except BaseException:
        forget(storage, key)
        raise


def forget_files(job: Running) -> None:
    """Delete photos, those that were never drawn too, and papers."""
    settings, storage = _settings(), current_app.extensions["storage"]
    for key in job.arguments["photos"]:
        upload_path(settings, key).unlink(missing_ok=True)
        forget(storage, key)
    for token in job.arguments["papers"]:
        paper_path(settings, token).unlink(missing_ok=True)


def make_attestation(job: Running) -> None:
    """Print the attestation and put it where its page finds it."""
    account = db.session.get(Account, job.arguments["account_id"])
    if account is None:
        raise Refusal("nobody", _("Ce compte n’existe plus."), 404)
    content = print_page(attestation_html(db.session(), account))
    keep(paper_path(_settings(), job.arguments["token"]), content)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
