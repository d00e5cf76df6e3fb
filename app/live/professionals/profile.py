"""What professionals say of themselves, and what students read of it."""

from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.db import now
from app.core.writer import Transaction
from app.live.sessions.models import Professional
from app.people.models import Account
from media.keys import public_path
from tours.models import Factory, Tour
from tours.published import published_tours

SAID = ("first_name", "job", "factory", "rome", "path", "ask_me")
"""What the form asks for."""
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
    """The row to write in; it begins empty."""
    blank = dict.fromkeys(SAID, "") | {"photos": [], "created_at": now()}
    insert = _INSERTS[tx.connection.dialect.name]
    tx.execute(insert.values(account_id=account_id, **blank))
    return tx.session.get_one(Professional, account_id)


def keep_profile(tx: Transaction, account_id: int, said: Mapping[str, str]) -> bool:
    """Keep what the form says; whether another factory made the vetting begin anew.

    An employer was checked for one factory: who moves to another one is not vouched for there.
    """
    row = own_profile(tx, account_id)
    has_moved = bool(row.factory) and row.factory != said["factory"]
    for name in SAID:
        setattr(row, name, said[name])
    if has_moved:
        account = tx.session.get_one(Account, account_id)
        row.employer_at = account.verified_at = account.verified_by = None
    return has_moved


def is_complete(row: Professional | None) -> bool:
    """Whether all that a class reads is there."""
    return row is not None and all(getattr(row, name).strip() for name in NEEDED)


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
    return said | {
        "factory": factory_name(reading, said["factory"]),
        "photos": [photo_url(key) for key in (row.photos if row else [])],
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
