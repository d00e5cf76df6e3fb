"""Taking a scene back: its picture goes at once, the boulons found there stay."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import Transaction, write
from media import publishing as files
from media.models import Asset
from tours.bundles.sources import forget_source
from tours.models import Scene, Tour, TourAsset
from tours.publishing import close_unshown, fresh_session, get_tour, storage


def withdraw_scene(tour_slug: str, scene_slug: str) -> bool:
    """Withdraw a scene; whether it was not withdrawn already.

    Its tiles, previews and original are deleted at once, unless another scene shows them too.
    Raises Refusal when there is no such scene.
    """
    tour = get_tour(tour_slug)
    scene = next((s for s in tour.scenes if s.slug == scene_slug), None)
    if scene is None:
        sentence = _("Aucune scène ne s’appelle « %(slug)s ».", slug=scene_slug)
        raise Refusal("no_scene", sentence, 404)
    if scene.withdrawn_at is not None:
        return False
    key, scene_id, tour_id = scene.panorama_key, scene.id, tour.id
    write(lambda tx: _set_withdrawn(tx, tour_id, scene_id))
    if key is not None:
        delete_unused_panorama(key)
    return True


def _set_withdrawn(tx: Transaction, tour_id: int, scene_id: int) -> None:
    moment = now()
    tx.execute(
        update(Scene).where(Scene.id == scene_id).values(withdrawn_at=moment, panorama_key=None)
    )
    tx.execute(
        update(Tour).where(Tour.id == tour_id).values(version=Tour.version + 1, updated_at=moment)
    )


def delete_unused_panorama(key: str) -> None:
    """Delete the files of a panorama that no scene shows; its row stays, to know it again."""
    session = fresh_session()
    if session.scalar(select(Scene.id).where(Scene.panorama_key == key).limit(1)) is not None:
        close_unshown([key])  # what still shows it may be a draft
        return
    files.forget(storage(), key)
    write(lambda tx: tx.execute(update(Asset).where(Asset.key == key).values(public=False)))
    source = session.scalar(select(Asset.source_sha256).where(Asset.key == key))
    if source is not None and not _is_used_otherwise(key, source):
        forget_source(storage(), source)


def _is_used_otherwise(key: str, source: str) -> bool:
    """Whether the same original is also an asset of another kind."""
    query = (
        select(TourAsset.asset_key)
        .join(Asset, Asset.key == TourAsset.asset_key)
        .where(Asset.source_sha256 == source, Asset.key != key)
    )
    return db.session().scalar(query.limit(1)) is not None
