"""Bringing a bundle in: checked whole, then all of it or nothing, as often as one likes.

Heavy: pictures are cut. For the worker and the command only.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import db
from app.core.writer import Transaction, write
from media.keys import asset_key, hash_source
from tours import publishing
from tours.bundles.alone import import_alone
from tours.bundles.archive import unpack
from tours.bundles.check import TOUR, Checked, check_bundle
from tours.bundles.factory import FactoryFile
from tours.bundles.intake import Intake
from tours.bundles.problems import BadBundle, Problem
from tours.bundles.storing import Storing, store
from tours.bundles.sweeping import sweep
from tours.bundles.tour import TourFile
from tours.models import Factory, Scene, Tour, TourAsset
from tours.withdrawing import delete_unused_panorama

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Imported:
    """A tour that is in, and what remains to be written in it."""

    slug: str
    is_published: bool
    is_changed: bool
    problems: list[Problem] = field(default_factory=list)


def _ignore(_share: float) -> None:
    """Nobody watches."""


def import_bundle(
    path: Path,
    *,
    publish: bool = False,
    as_draft: bool = False,
    owner_id: int | None = None,
    allow: Callable[[FactoryFile, TourFile], None] | None = None,
    progress: Progress = _ignore,
) -> Imported:
    """Import the bundle in a folder or zip; a tour that is published stays so.

    With `as_draft` what remains to be written is listed instead of refused, unless the tour is
    published. `allow` may refuse the factory and tour before any work. `progress` is told the
    share that is done. It waits for an import that is at work. Raises BadBundle; then nothing has
    changed.
    """
    with opened_bundle(path) as root, import_alone(path.name):
        checked = check_bundle(root)
        factory, tour = _understood(checked, as_draft=as_draft)
        if allow is not None:
            allow(factory, tour)
        _refuse_other_factory(factory, tour)
        is_public = publish or _is_published(tour.slug)
        refused = checked.refusals(as_draft=as_draft and not is_public)
        if refused:
            raise BadBundle(refused)
        return _bring_in(checked, factory, tour, owner_id, is_public, progress)


@contextmanager
def opened_bundle(path: Path) -> Iterator[Path]:
    """The folder of a bundle, unpacked when it is a zip. Raises BadBundle."""
    if path.is_dir():
        yield path
        return
    if not path.is_file():
        raise BadBundle([Problem(path.name, 0, 0, _l("Il n’y a rien à cet endroit."))])
    with tempfile.TemporaryDirectory(prefix="deambule-") as folder:
        yield unpack(path, Path(folder))


def _understood(checked: Checked, *, as_draft: bool) -> tuple[FactoryFile, TourFile]:
    if checked.factory is None or checked.tour is None:
        raise BadBundle(checked.refusals(as_draft=as_draft))
    return checked.factory, checked.tour


def _refuse_other_factory(factory: FactoryFile, tour: TourFile) -> None:
    query = select(Factory.slug).join(Tour).where(Tour.slug == tour.slug)
    owner = db.session().scalar(query)
    if owner is not None and owner != factory.slug:
        sentence = _l("La visite « %(tour)s » est déjà celle d’une autre usine.", tour=tour.slug)
        raise BadBundle([Problem(TOUR, 1, 1, sentence)])


def _is_published(slug: str) -> bool:
    return bool(db.session().scalar(select(Tour.is_published).where(Tour.slug == slug)))


def _bring_in(
    checked: Checked,
    factory: FactoryFile,
    tour: TourFile,
    owner_id: int | None,
    is_public: bool,
    progress: Progress,
) -> Imported:
    before = stored_keys(db.session(), tour.slug)
    withdrawn = still_withdrawn(db.session(), checked.root, tour)
    intake = Intake(checked, publishing.storage(), progress)
    try:
        taken = intake.take_all(hidden_files(tour, withdrawn))
        if is_public:
            intake.show(taken)

        def unit(tx: Transaction) -> Storing:
            meanwhile = still_withdrawn(tx.session, checked.root, tour)
            hidden = withdrawn | meanwhile
            return _write(
                tx, Storing(tx.session, factory, tour, taken, hidden, owner_id), is_public
            )

        storing = write(unit)
    except BaseException:
        intake.undo()
        raise
    for key in storing.taken_back:
        delete_unused_panorama(key)
    sweep(before)
    unfinished = [problem for problem in checked.problems if problem.is_unfinished]
    return Imported(tour.slug, is_public, storing.is_changed, unfinished)


def _write(tx: Transaction, storing: Storing, is_public: bool) -> Storing:
    tour = store(tx, storing)
    keys = [taken.key for taken in storing.taken.values()]
    if is_public and not tour.is_published:
        publishing.set_published(tx, tour.id, keys)
        storing.is_changed = True
    elif is_public:
        publishing.mark_public(tx, keys, public=True)
    return storing


def hidden_files(tour: TourFile, withdrawn: set[str]) -> set[str]:
    """The panoramas that only withdrawn scenes show: they are not even cut."""
    shown = {scene.panorama.file for scene in tour.scenes if scene.slug not in withdrawn}
    return {scene.panorama.file for scene in tour.scenes} - shown


def stored_keys(session: Session, slug: str) -> list[str]:
    """The assets that a tour has before it changes."""
    query = select(TourAsset.asset_key).join(Tour).where(Tour.slug == slug)
    return list(session.scalars(query))


def still_withdrawn(session: Session, root: Path, tour: TourFile) -> set[str]:
    """The scenes that are said to be withdrawn, or that were and have the same panorama."""
    rows = session.execute(
        select(Scene.slug, TourAsset.asset_key)
        .join(Tour, Tour.id == Scene.tour_id)
        .join(TourAsset, TourAsset.tour_id == Tour.id)
        .where(Tour.slug == tour.slug, Scene.withdrawn_at.is_not(None))
    )
    known = {(slug, key) for slug, key in rows}
    asked = {slug for slug, _key in known}
    keys = {
        scene.slug: asset_key(hash_source(root / scene.panorama.file), "panorama")
        for scene in tour.scenes
        if scene.slug in asked and not scene.withdrawn
    }
    said = {scene.slug for scene in tour.scenes if scene.withdrawn}
    return said | {slug for slug, key in keys.items() if (slug, key) in known}
