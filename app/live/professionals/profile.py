"""What professionals say of themselves, and what students read of it."""

from collections.abc import Mapping
from typing import Any, Literal

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.db import now
from app.core.writer import Transaction
from app.live.professionals.changes import SAID, put_aside, take_over
from app.live.sessions.models import Professional
from app.people.models import Account
from media.keys import public_path
from tours.models import Factory, Tour
from tours.published import published_tours

NEEDED = ("first_name", "job", "factory", "path", "ask_me")
"""Without these a class would not know whom it speaks to; a ROME code and photos are extra."""
PHOTO = "picture-640.jpg"
"""The file of a photo that pages show."""
_INSERTS = {
    "sqlite": sqlite.insert(Professional).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(Professional).on_conflict_do_nothing(),
}


def find_profile(reading: Session, account_id: int) -> Professional | None:
    """What this account said, if anything yet."""
    return reading.get(Professional, account_id)


def own_profile(tx: Transaction, account_id: int) -> Professional:
    """The row to write in, held until the commit; it begins empty."""
    blank = dict.fromkeys(SAID, "") | {"photos": [], "created_at": now()}
    insert = _INSERTS[tx.connection.dialect.name]
    tx.execute(insert.values(account_id=account_id, **blank))
    return tx.session.get_one(Professional, account_id, with_for_update=True)


def keep_profile(
    tx: Transaction, account_id: int, said: Mapping[str, str]
) -> Literal["kept", "waiting", "moved"]:
    """Keep what the form says; what an approved professional changes waits for another look.

    An employer was checked for one factory: who moves to another one is not vouched for there,
    and their vetting begins anew.
    """
    row, account = own_profile(tx, account_id), tx.session.get_one(Account, account_id)
    has_moved = bool(row.factory) and row.factory != said["factory"]
    if account.is_verified and not has_moved:
        return "waiting" if put_aside(row, said) else "kept"
    row.draft = dict(said)
    take_over(row)
    if has_moved:
        row.employer_at = account.verified_at = account.verified_by = None
    return "moved" if has_moved else "kept"


def written_profile(row: Professional | None) -> dict[str, str]:
    """What the form holds: what was put aside, else what is approved."""
    return {name: row.draft.get(name, getattr(row, name)) for name in SAID} if row else {}


def is_complete(row: Professional | None) -> bool:
    """Whether all that a class reads is there, or waits for a look."""
    written = written_profile(row)
    return bool(written) and all(written[name].strip() for name in NEEDED)


def factory_choices(reading: Session) -> list[tuple[str, str]]:
    """The factories that have a published tour: slug and name, by name."""
    query = select(Factory.slug, Factory.name).join(Tour).where(Tour.is_published).distinct()
    return sorted(((slug, name) for slug, name in reading.execute(query)), key=lambda one: one[1])


def factory_name(reading: Session, slug: str) -> str:
    """How a factory is called; one that is gone has no name."""
    return reading.scalar(select(Factory.name).where(Factory.slug == slug)) or ""


def describe_professional(reading: Session, account_id: int, language: str) -> dict[str, Any]:
    """What students may read of a professional: first name, job, factory, and what they tell.

    All texts are empty, and there is no photo, when this account has said nothing.
    """
    row = find_profile(reading, account_id)
    said = {name: getattr(row, name) if row else "" for name in SAID}
    return _describe(reading, said, row.photos if row else [], language)


def describe_change(reading: Session, row: Professional, language: str) -> dict[str, Any]:
    """What students would read of them once their change is accepted."""
    photos = [*row.photos, *row.new_photos]
    return _describe(reading, written_profile(row), photos, language)


def _describe(
    reading: Session, said: dict[str, str], photos: list[str], language: str
) -> dict[str, Any]:
    return said | {
        "factory": factory_name(reading, said["factory"]),
        "photos": [photo_url(key) for key in photos],
        "rome_label": rome_label(said["rome"], language),
    }


def photo_url(key: str) -> str:
    """Where browsers find a photo: drawn at random, so that only who was shown it has it."""
    base: str = current_app.extensions["settings"].media_url
    return base + public_path(key, PHOTO)


def rome_label(code: str, language: str) -> str:
    """How a published tour calls the job with this ROME code; nothing when none knows it."""
    if not code:
        return ""
    for tour in published_tours():
        for scene in tour.scenes.values():
            for hotspot in scene.hotspots:
                if getattr(hotspot.keys, "rome", "") == code:
                    return str(hotspot.keys.job.say(language))
    return ""
