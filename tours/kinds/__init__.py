"""Kinds of hotspots: one file each, found when the app starts."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from tours.kinds.base import Kind

TEMPLATES = Path(__file__).parent.parent / "templates"


class BadKind(Exception):
    """A kind is incomplete; the app does not start. The text says what is missing and where."""


def _classes() -> Iterator[type[Kind]]:
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        for found in vars(importlib.import_module(f"{__name__}.{module}")).values():
            if _is_kind(found) and found.__module__ == f"{__name__}.{module}":
                yield found


def _is_kind(found: object) -> bool:
    return isinstance(found, type) and issubclass(found, Kind) and hasattr(found, "name")


def find_kinds(classes: Iterable[type[Kind]]) -> dict[str, Kind]:
    """An instance of each kind by name. Raises BadKind when two have the same name."""
    kinds: dict[str, Kind] = {}
    for found in classes:
        if found.name in kinds:
            first = type(kinds[found.name]).__module__
            raise BadKind(f"the kind {found.name!r} is in {first} and in {found.__module__}")
        kinds[found.name] = found()
    return kinds


KINDS = find_kinds(_classes())


def load_kinds() -> dict[str, Kind]:
    """All kinds, complete, for the app. Raises BadKind."""
    check_kinds(KINDS.values(), TEMPLATES)
    return KINDS


def check_kinds(kinds: Iterable[Kind], templates: Path) -> None:
    """Each kind has a docstring and a template. Raises BadKind, naming all that lack.

    An icon, `static/art/kinds/<name>.svg`, is welcome; without one the plate shows a plain bolt.
    """
    lacks: list[str] = []
    for kind in kinds:
        where = type(kind).__module__
        if not type(kind).__doc__:
            lacks.append(f"{where}: {type(kind).__name__} has no docstring")
        if not (templates / kind.template).is_file():
            lacks.append(f"{where}: {kind.template} is missing")
    if lacks:
        raise BadKind("\n".join(lacks))
