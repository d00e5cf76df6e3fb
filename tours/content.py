"""What a tour shows, in both languages: read from the database once a version."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from app.points.rewards import RewardOffer
from tours.kinds.base import Facts, Kind


@dataclass(frozen=True)
class TourFile:
    """A file of the bundle and the asset it became."""

    key: str
    kind: str
    meta: Mapping[str, Any]
    base: str
    """Where its files are served: `/media/ab/abcd…`, or the proxy of a draft."""


@dataclass(frozen=True, eq=False)
class HotspotContent:
    """A hotspot, its keys validated."""

    id: int
    slug: str
    scene_id: int
    scene: str
    kind: Kind
    holder: str
    """`view`, or what the question is about: `scene`, `tour`."""
    yaw: float
    pitch: float
    content: Mapping[str, Any]
    keys: Any
    facts: Facts
    """What its kind needs to judge: the `meta` of its files, and `at`, where it is."""
    source: str
    """Its name in the ledger."""
    offers: tuple[RewardOffer, ...]
    """The rewards that finding it may earn."""

    @property
    def counts(self) -> bool:
        """Whether it is one of those to be found: a link is a way, not a find."""
        return self.kind.share != "way"


@dataclass(frozen=True, eq=False)
class SceneContent:
    """A scene with its hotspots, in order; then the questions about all of it."""

    id: int
    slug: str
    content: Mapping[str, Any]
    panorama: TourFile | None
    hotspots: tuple[HotspotContent, ...]

    def without(self, slugs: AbstractSet[str]) -> "SceneContent":
        """The scene without these hotspots; the ways between scenes always stay."""
        kept = tuple(h for h in self.hotspots if not (h.counts and h.slug in slugs))
        return replace(self, hotspots=kept)

    @property
    def is_withdrawn(self) -> bool:
        """Taken back by the factory: its place stays, its picture is gone."""
        return self.panorama is None


@dataclass(frozen=True, eq=False)
class TourContent:
    """All that a tour shows, in both languages."""

    id: int
    slug: str
    version: int
    is_published: bool
    factory_id: int
    factory: Mapping[str, Any]
    content: Mapping[str, Any]
    scenes: Mapping[str, SceneContent]
    files: Mapping[str, TourFile]
    offers: Mapping[str, tuple[RewardOffer, ...]]
    questions: tuple[HotspotContent, ...] = ()
    """Those about the whole tour, asked at its end."""
    local: dict[Any, Any] = field(default_factory=dict)
    """What pages made of it, by language; it goes with the version."""

    @cached_property
    def hotspots(self) -> dict[str, HotspotContent]:
        """All hotspots by slug, links and questions without a place included."""
        found = [h for scene in self.scenes.values() for h in scene.hotspots]
        return {h.slug: h for h in (*found, *self.questions)}

    @cached_property
    def finds(self) -> tuple[HotspotContent, ...]:
        """Those that are to be found, those of withdrawn scenes apart."""
        scenes = (scene for scene in self.scenes.values() if not scene.is_withdrawn)
        found = (h for scene in scenes for h in scene.hotspots if h.counts)
        return (*found, *self.questions)

    def without(self, hidden: frozenset[str]) -> "TourContent":
        """The tour as a class sees it for which these are switched off: `tidal-plant/rotor`."""
        slugs = {slug for slug in self.hotspots if f"{self.slug}/{slug}" in hidden}
        if not slugs:
            return self
        key = ("without", frozenset(slugs))
        if key not in self.local:
            scenes = {name: scene.without(slugs) for name, scene in self.scenes.items()}
            questions = tuple(one for one in self.questions if one.slug not in slugs)
            self.local[key] = replace(self, scenes=scenes, questions=questions, local={})
        thinned: TourContent = self.local[key]
        return thinned

    @property
    def mission(self) -> Mapping[str, Any] | None:
        """The game of the tour, if it has one."""
        return self.content.get("mission")


def strings_in(value: Any) -> list[str]:
    """Every text inside some content: the files that a hotspot names are among them."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in strings_in(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in strings_in(part)]
    return []
