"""The photos of a professional: two at most, drawn anew by the worker before anybody sees them.

A photo's key is drawn at random, so that its address cannot be guessed from the picture, and two
people who send the same one never share a file that one of them may want erased.
"""

import secrets
from contextlib import closing
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.core.config import Settings
from app.core.errors import Refusal
from app.core.jobs import Job, enqueue
from app.core.writer import Transaction
from app.live.professionals.changes import note_change
from app.live.professionals.files import forget_files
from app.live.professionals.profile import own_profile
from app.live.sessions.models import Professional
from app.people.models import Account
from media.keys import is_asset_key

MOST = 2
MOST_BYTES = 12 * 1024 * 1024
"""A phone's photo weighs 3 to 8 MB."""
HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""How a JPEG and a PNG begin."""
TAKE_PHOTO = "app.live.professionals.jobs.take_photo"
UNDER_WAY = ("waiting", "running")


def upload_path(settings: Settings, key: str) -> Path:
    """Where a photo lies until the worker has drawn it anew. Raises ValueError for no key."""
    if not is_asset_key(key):
        raise ValueError("not the key of a photo")
    return settings.data / "uploads" / f"{key}.photo"


def need_consent(answer: str | None) -> None:
    """Raise Refusal unless the box was ticked."""
    if answer != "yes":
        told = _("Cochez la case : sans votre accord, aucune classe ne voit votre photo.")
        raise Refusal("no_consent", told, 422, "consent")


def keep_upload(file: FileStorage | None, settings: Settings) -> str:
    """Put a photo aside for the worker; its key.

    Raises Refusal when it cannot be one: no file, too heavy, neither JPEG nor PNG.
    """
    if file is None or not file.filename:
        raise Refusal("no_file", _("Choisissez d’abord une photo."), 422, "photo")
    with closing(file):
        data = file.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        told = _("Cette photo dépasse 12 Mo : choisissez-en une plus légère.")
        raise Refusal("too_heavy", told, 413, "photo")
    if not data.startswith(HEADS):
        told = _("Ce fichier n’est ni un JPEG ni un PNG : choisissez une photo.")
        raise Refusal("not_a_photo", told, 415, "photo")
    key = secrets.token_hex(16)
    path = upload_path(settings, key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return key


def begin_photo(tx: Transaction, account_id: int, key: str, language: str) -> None:
    """Give a photo to the worker. Raises Refusal when there are two already."""
    row = own_profile(tx, account_id)
    if len(all_photos(row)) + len(keys_under_way(tx.session, account_id)) >= MOST:
        told = _("Deux photos au plus : retirez-en une d’abord.")
        raise Refusal("two_photos", told, 409, "photo")
    wish = {"account_id": account_id, "key": key, "language": language}
    enqueue(tx, TAKE_PHOTO, wish, _("Photo"), account_id)


def keys_under_way(reading: Session, account_id: int) -> list[str]:
    """The photos that the worker has not drawn yet."""
    query = select(Job.arguments).where(
        Job.name == TAKE_PHOTO, Job.account_id == account_id, Job.state.in_(UNDER_WAY)
    )
    return [str(wish["key"]) for wish in reading.scalars(query)]


def last_photo_job(reading: Session, account_id: int) -> Job | None:
    """The work behind the photo that was sent last."""
    mine = (Job.name == TAKE_PHOTO) & (Job.account_id == account_id)
    return reading.scalars(select(Job).where(mine).order_by(Job.id.desc()).limit(1)).first()


def all_photos(row: Professional | None) -> list[str]:
    """The photos that classes see, then those that a person has still to look at."""
    return [*row.photos, *row.new_photos] if row else []


def add_photo(tx: Transaction, account_id: int, key: str) -> bool:
    """A photo is drawn: show it, once a person has looked at it where its owner is approved.

    False when its owner is gone meanwhile.
    """
    row = tx.session.get(Professional, account_id, with_for_update=True)
    if row is None:
        return False
    if key in all_photos(row):
        return True
    if tx.session.get_one(Account, account_id).is_verified:
        row.new_photos = [*row.new_photos, key]
        note_change(row)
    else:
        row.photos = [*row.photos, key]
    return True


def drop_photo(tx: Transaction, account_id: int, key: str) -> bool:
    """Show a photo no more, and have its files deleted; whether it was theirs."""
    row = tx.session.get(Professional, account_id, with_for_update=True)
    if row is None or key not in all_photos(row):
        return False
    is_new = key in row.new_photos
    row.photos = [one for one in row.photos if one != key]
    row.new_photos = [one for one in row.new_photos if one != key]
    if is_new:
        note_change(row)
    forget_files(tx, [key])
    return True
