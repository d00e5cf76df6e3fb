"""Tidying up after a tour changed: files that no tour has any more are deleted."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from app.core.writer import write
from media import publishing as files
from media.models import Asset
from tours.bundles.sources import forget_source
from tours.models import TourAsset
from tours.publishing import close_unshown, fresh_session, storage


def sweep(keys: Iterable[str]) -> None:
    """Close those of these assets that no published tour shows; delete those that none has."""
    keys = set(keys)
    close_unshown(keys)
    session = fresh_session()
    used = set(session.scalars(select(TourAsset.asset_key).where(TourAsset.asset_key.in_(keys))))
    gone = keys - used
    sources = set(session.scalars(select(Asset.source_sha256).where(Asset.key.in_(gone))))
    write(lambda tx: tx.execute(delete(Asset).where(Asset.key.in_(gone))))
    for key in gone:
        files.forget(storage(), key)
    kept = set(
        fresh_session().scalars(select(Asset.source_sha256).where(Asset.source_sha256.in_(sources)))
    )
    for source in sources - kept:
        forget_source(storage(), source)
