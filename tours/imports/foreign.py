"""A tour made elsewhere, as far as it could be understood."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class Unreadable(Exception):
    """A file that is not the tour it seems to be; the text is a sentence for who brings it."""


@dataclass(frozen=True)
class ForeignHotspot:
    """A hotspot: degrees, right and up positive. A link has a target."""

    yaw: float
    pitch: float
    title: str = ""
    text: str = ""
    """Markdown."""
    target: str | None = None
    arrive: tuple[float, float] | None = None


@dataclass
class ForeignScene:
    """A scene; `draw` writes its equirectangular JPEG, or raises MissingPicture."""

    id: str
    title: str
    draw: Callable[[Path], None]
    text: str = ""
    credit: str = ""
    north: float | None = None
    view: tuple[float, float, float] = (0.0, 0.0, 100.0)
    hotspots: list[ForeignHotspot] = field(default_factory=list)


class MissingPicture(Exception):
    """The files of a panorama are not there; the text names them."""


@dataclass
class ForeignTour:
    """A tour, and what could not be kept of it, in sentences."""

    name: str
    start: str
    scenes: list[ForeignScene] = field(default_factory=list)
    lost: list[Any] = field(default_factory=list)

    def lose(self, sentence: Any) -> None:
        """Note what cannot be kept, once."""
        if str(sentence) not in {str(known) for known in self.lost}:
            self.lost.append(sentence)


def slugify(text: str, default: str = "x", length: int = 50) -> str:
    """`text` as a slug."""
    split = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in split if not unicodedata.combining(letter)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:length].strip("-")
    return slug or default


class Slugs:
    """Hands out slugs, none of them twice."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)

    def new(self, text: str, default: str) -> str:
        """A slug after `text`, numbered when it is taken."""
        slug = first = slugify(text, default)
        number = 1
        while slug in self._taken:
            number += 1
            slug = f"{first}-{number}"
        self._taken.add(slug)
        return slug


def escape(text: str) -> str:
    """Plain text as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text)
