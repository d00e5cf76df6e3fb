"""Tours that were made elsewhere, turned into draft bundles. Heavy: panoramas are stitched."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from tours.bundles.check import FACTORY, TOUR
from tours.imports.drafting import write_draft
from tours.imports.foreign import ForeignTour, Unreadable
from tours.imports.marzipano import read_marzipano
from tours.imports.pannellum import looks_like_it, read_json, read_pannellum

SCRIPTS = ("data.js", "app-files/data.js")
CONFIGS = ("tour.json", "config.json", "pannellum.json")


def find_foreign(path: Path) -> Path | None:
    """The file that says what a tour made elsewhere is; None for a bundle, or anything else."""
    if path.is_file():
        return path if path.suffix.lower() in (".js", ".json") else None
    if not path.is_dir() or (path / TOUR).exists() or (path / FACTORY).exists():
        return None
    for name in (*SCRIPTS, *CONFIGS):
        if (path / name).is_file():
            return path / name
    return next(_configs(path), None)


def _configs(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*.json")):
        try:
            if looks_like_it(read_json(path)):
                yield path
        except Unreadable:
            continue


def read_foreign(path: Path, inside: Path | None = None) -> ForeignTour:
    """Read the tour of a file that `find_foreign` found. Raises Unreadable."""
    if path.stat().st_size > 20_000_000:
        raise Unreadable(_l("Le fichier est trop lourd pour une visite."))
    if path.suffix.lower() == ".js":
        return read_marzipano(path)
    return read_pannellum(path, inside)


def to_bundle(path: Path, folder: Path, language: str, inside: Path | None = None) -> list[Any]:
    """Write the tour of a file as a draft bundle; what could not be kept, in sentences.

    Raises Unreadable.
    """
    tour = read_foreign(path, inside)
    write_draft(tour, folder, language)
    return tour.lost
