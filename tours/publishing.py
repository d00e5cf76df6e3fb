"""Opening a tour to everybody, and closing it again.

Files become public before the pages name them, and pages stop naming them before they go.
"""

from collections.abc import Iterable

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import Transaction, write
from media import publishing as files
from media.models import Asset
from media.storage import Storage
from tours.bundles.stored import find_tour, stored_faults
from tours.models import Scene, Tour, TourAsset

SHOWN_PROBLEMS = 50


def publish_tour(slug: str) -> None:
    """Open a tour. Raises Refusal when there is none, or when something remains to be written."""
    tour = get_tour(slug)
    faults = stored_faults(tour)
    if faults:
        raise Refusal(
            "unfinished",
            _("La visite n’est pas finie : elle reste un brouillon."),
            409,
            problems=tuple(str(fault.sentence) for fault in faults[:SHOWN_PROBLEMS]),
        )
    keys = shown_keys(db.session(), tour.id)
    for key in keys:
        files.publish(storage(), key)
    tour_id = tour.id
    write(lambda tx: set_published(tx, tour_id, keys))


def unpublish_tour(slug: str) -> None:
    """Close a tour: it is a draft again, and its files are no longer public."""
    tour_id = get_tour(slug).id
    write(lambda tx: set_draft(tx, tour_id))
    close_unshown(tour_keys(db.session(), tour_id))


def set_published(tx: Transaction, tour_id: int, keys: Iterable[str]) -> None:
    """Write that a tour and these assets are public."""
    moment = now()
    tx.execute(
        update(Tour)
        .where(Tour.id == tour_id)
        .values(is_published=True, published_at=moment, version=Tour.version + 1, updated_at=moment)
    )
    mark_public(tx, keys, public=True)


def set_draft(tx: Transaction, tour_id: int) -> None:
    """Write that a tour is a draft."""
    tx.execute(
        update(Tour)
        .where(Tour.id == tour_id)
        .values(is_published=False, version=Tour.version + 1, updated_at=now())
    )


def mark_public(tx: Transaction, keys: Iterable[str], *, public: bool) -> None:
    """Write whether assets are public."""
    tx.execute(update(Asset).where(Asset.key.in_(list(keys))).values(public=public))


def close_unshown(keys: Iterable[str]) -> None:
    """Take back the public files of those assets that no published tour shows any more."""
    shown = published_keys(fresh_session())
    gone = [key for key in keys if key not in shown]
    write(lambda tx: mark_public(tx, gone, public=False))
    for key in gone:
        files.withdraw(storage(), key)


def fresh_session() -> Session:
    """A session that sees what was committed since: one transaction sees the same all along."""
    db.session.rollback()
    return db.session()


def tour_keys(session: Session, tour_id: int) -> list[str]:
    """All assets of a tour."""
    return list(
        session.scalars(select(TourAsset.asset_key).where(TourAsset.tour_id == tour_id).distinct())
    )


def shown_keys(session: Session, tour_id: int) -> list[str]:
    """The assets of a tour, the panoramas of withdrawn scenes left out."""
    hidden = withdrawn_files(session, tour_id)
    rows = session.execute(
        select(TourAsset.file, TourAsset.asset_key).where(TourAsset.tour_id == tour_id)
    )
    return sorted({key for file, key in rows if file not in hidden})


def withdrawn_files(session: Session, tour_id: int) -> set[str]:
    """The files of panoramas that only withdrawn scenes show."""
    scenes = session.execute(
        select(Scene.content, Scene.withdrawn_at).where(Scene.tour_id == tour_id)
    ).all()
    shown = {content["panorama"]["file"] for content, at in scenes if at is None}
    return {content["panorama"]["file"] for content, at in scenes if at is not None} - shown


def published_keys(session: Session) -> set[str]:
    """Every asset that some published tour shows."""
    tours = session.scalars(select(Tour.id).where(Tour.is_published)).all()
    return {key for tour_id in tours for key in shown_keys(session, tour_id)}


def get_tour(slug: str) -> Tour:
    """A tour. Raises Refusal when there is none of this name."""
    tour = find_tour(db.session(), slug)
    if tour is None:
        raise Refusal("no_tour", _("Aucune visite ne s’appelle « %(slug)s ».", slug=slug), 404)
    return tour


def storage() -> Storage:
    """The app's storage."""
    found: Storage = current_app.extensions["storage"]
    return found
