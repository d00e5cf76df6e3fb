"""Giving a tour back as the bundle that it came from."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from app.core.db import db
from media.models import Asset
from media.storage import Absent
from tours.bundles.check import FACTORY, TOUR
from tours.bundles.graph import shown_files
from tours.bundles.sources import source_name
from tours.bundles.stored import factory_file, tour_file
from tours.bundles.walking import files_of
from tours.bundles.writing import to_yaml
from tours.models import TourAsset
from tours.publishing import get_tour, storage


@dataclass
class Exported:
    """What an export wrote, and the files that are no longer there to be written."""

    folder: Path
    files: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def export_bundle(slug: str, folder: Path) -> Exported:
    """Write a tour's bundle into `folder`, which is made. Raises Refusal when there is no tour.

    Media files are the bytes that came in. Those of withdrawn scenes are left out, and listed.
    """
    tour = get_tour(slug)
    texts = tour_file(tour)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FACTORY).write_text(to_yaml(factory_file(tour.factory)), encoding="utf-8")
    (folder / TOUR).write_text(to_yaml(texts), encoding="utf-8")
    sources = _sources(tour.id)
    exported = Exported(folder)
    shown = {use.file for use in shown_files(texts)}
    for file in sorted({use.file for use in files_of(texts)}):
        _write_file(exported, file, sources.get(file, "") if file in shown else "")
    return exported


def _sources(tour_id: int) -> dict[str, str]:
    query = (
        select(TourAsset.file, Asset.source_sha256)
        .join(Asset, Asset.key == TourAsset.asset_key)
        .where(TourAsset.tour_id == tour_id)
    )
    return {row.file: row.source_sha256 for row in db.session().execute(query)}


def _write_file(exported: Exported, file: str, source: str) -> None:
    path = exported.folder / file
    try:
        data = storage().read(source_name(source)) if source else None
    except Absent:
        data = None
    if data is None:
        exported.missing.append(file)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    exported.files.append(file)
