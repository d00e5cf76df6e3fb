"""What people bring, as the folder of a bundle: a folder, a zip, or a tour made elsewhere."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tours.bundles.importing import opened_bundle
from tours.bundles.problems import BadBundle, Problem
from tours.imports import find_foreign, to_bundle
from tours.imports.foreign import Unreadable


@dataclass(frozen=True)
class Arrival:
    """A bundle's folder; what a tour made elsewhere could not keep, in sentences."""

    folder: Path
    is_foreign: bool = False
    lost: list[str] = field(default_factory=list)


@contextmanager
def arriving(path: Path, language: str = "fr") -> Iterator[Arrival]:
    """Open what is at `path`; the texts of a tour made elsewhere are in `language`.

    Raises BadBundle.
    """
    if path.is_file() and find_foreign(path):
        with _drafted(path, language, None) as arrival:
            yield arrival
        return
    with opened_bundle(path) as root:
        found = find_foreign(root)
        if found is None:
            yield Arrival(root)
            return
        # A zip comes from anybody: nothing outside of it is looked at.
        with _drafted(found, language, None if root == path else root) as arrival:
            yield arrival


@contextmanager
def _drafted(path: Path, language: str, inside: Path | None) -> Iterator[Arrival]:
    with tempfile.TemporaryDirectory(prefix="deambule-") as folder:
        try:
            lost = to_bundle(path, Path(folder), language, inside)
        except Unreadable as error:
            raise BadBundle([Problem(path.name, 0, 0, str(error))]) from error
        yield Arrival(Path(folder), is_foreign=True, lost=[str(sentence) for sentence in lost])
