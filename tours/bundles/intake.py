"""Giving the files of a bundle to media, and taking it all back when the import fails."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from sqlalchemy import select

from media import publishing
from media.errors import Refused
from media.intake import Taken, take_in
from media.models import Asset
from media.storage import Storage
from tours.bundles.captions import KIND as CAPTIONS
from tours.bundles.captions import BadCaptions, take_in_captions
from tours.bundles.check import TOUR, Checked
from tours.bundles.problems import BadBundle, Problem
from tours.bundles.sources import forget_source, keep_source
from tours.bundles.walking import FileUse
from tours.publishing import fresh_session


class Intake:
    """The files of one import, and what it wrote."""

    def __init__(
        self, checked: Checked, storage: Storage, progress: Callable[[float], None]
    ) -> None:
        self._checked = checked
        self._storage = storage
        self._progress = progress
        self._new: list[str] = []
        self._shown: list[str] = []
        self._sources: list[str] = []

    def take_all(self, left_out: set[str]) -> dict[str, Taken]:
        """Take every file but those `left_out`, telling the share of bytes that is done.

        Raises BadBundle with everything that media refuses.
        """
        uses = [use for use in self._checked.files.values() if use.file not in left_out]
        sizes = {use.file: self._path(use).stat().st_size for use in uses}
        whole, done = max(1, sum(sizes.values())), 0
        taken: dict[str, Taken] = {}
        problems: list[Problem] = []
        for use in uses:
            progress = partial(self._tell, done / whole, sizes[use.file] / whole)
            try:
                taken[use.file] = self._take(use, progress)
            except (Refused, BadCaptions) as refused:
                line, column = self._checked.source.place(use.loc)
                problems.append(Problem(TOUR, line, column, f"{use.file} : {refused}"))
            done += sizes[use.file]
        if problems:
            raise BadBundle(problems)
        return taken

    def _tell(self, start: float, part: float, share: float) -> None:
        self._progress(min(1.0, start + share * part))

    def _path(self, use: FileUse) -> Path:
        return self._checked.root / use.file

    def _take(self, use: FileUse, progress: Callable[[float], None]) -> Taken:
        path = self._path(use)
        if use.media == CAPTIONS:
            taken = take_in_captions(path, str(use.loc[-1]), self._storage)
        else:
            taken = take_in(path, use.media, self._storage, progress)
        if taken.files:
            self._new.append(taken.key)
        if keep_source(self._storage, taken.source_sha256, path):
            self._sources.append(taken.source_sha256)
        progress(1.0)
        return taken

    def show(self, taken: Mapping[str, Taken]) -> None:
        """Make the files public."""
        for key in {one.key for one in taken.values()}:
            if not publishing.is_published(self._storage, key):
                publishing.publish(self._storage, key)
                self._shown.append(key)

    def undo(self) -> None:
        """Delete what this import wrote, unless some tour has it."""
        session = fresh_session()
        known = set(session.scalars(select(Asset.key).where(Asset.key.in_(self._new))))
        for key in self._shown:
            publishing.withdraw(self._storage, key)
        for key in self._new:
            if key not in known:
                publishing.forget(self._storage, key)
        query = select(Asset.source_sha256).where(Asset.source_sha256.in_(self._sources))
        kept = set(session.scalars(query))
        for source in self._sources:
            if source not in kept:
                forget_source(self._storage, source)
