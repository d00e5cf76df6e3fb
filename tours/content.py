"""What a tour shows, loaded once a version and kept in memory.

Nothing has to be cleared: each request asks the database for the version, one small read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.points.models import Reward
from app.points.rewards import RewardOffer
from media.models import Asset
from tours.kinds.base import Facts, Kind
from tours.models import Hotspot, Scene, Tour, TourAsset


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
    """A scene with its hotspots, in order."""

    id: int
    slug: str
    content: Mapping[str, Any]
    panorama: TourFile | None
    hotspots: tuple[HotspotContent, ...]

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
    local: dict[Any, Any] = field(default_factory=dict)
    """What pages made of it, by language; it goes with the version."""

    @cached_property
    def hotspots(self) -> dict[str, HotspotContent]:
        """All hotspots by slug, links included."""
        return {h.slug: h for scene in self.scenes.values() for h in scene.hotspots}

    @cached_property
    def finds(self) -> tuple[HotspotContent, ...]:
        """Those that are to be found, those of withdrawn scenes apart."""
        scenes = (scene for scene in self.scenes.values() if not scene.is_withdrawn)
        return tuple(h for scene in scenes for h in scene.hotspots if h.counts)

    @property
    def mission(self) -> Mapping[str, Any] | None:
        """The game of the tour, if it has one."""
        return self.content.get("mission")


class Contents:
    """The tours in memory, one version each."""

    def __init__(self, kinds: Mapping[str, Kind], media_url: str) -> None:
        self._kinds = kinds
        self._media_url = media_url
        self._known: dict[int, TourContent] = {}

    def get(self, session: Callable[[], Session], tour_id: int, version: int) -> TourContent:
        """The content of a tour at a version, loaded through a session when it is new."""
        known = self._known.get(tour_id)
        if known is None or known.version != version:
            known = self._known[tour_id] = self._load(session(), tour_id)
        return known

    def _load(self, session: Session, tour_id: int) -> TourContent:
        return load_tour(session, tour_id, self._kinds, self._media_url)


def load_tour(
    session: Session, tour_id: int, kinds: Mapping[str, Kind], media_url: str
) -> TourContent:
    """Read a tour whole; its public files are under `media_url`."""
    tour = session.scalars(
        select(Tour)
        .where(Tour.id == tour_id)
        .options(
            selectinload(Tour.factory),
            selectinload(Tour.scenes).selectinload(Scene.hotspots),
        )
        .execution_options(populate_existing=True)
    ).one()
    files = _files_of(session, tour, media_url)
    offers = _offers_of(session, tour)
    return TourContent(
        id=tour.id,
        slug=tour.slug,
        version=tour.version,
        is_published=tour.is_published,
        factory_id=tour.factory_id,
        factory=tour.factory.content,
        content=tour.content,
        scenes={scene.slug: _scene(tour, scene, files, offers, kinds) for scene in tour.scenes},
        files=files,
        offers=offers,
    )


def _files_of(session: Session, tour: Tour, media_url: str) -> dict[str, TourFile]:
    prefix = media_url if tour.is_published else f"/tours/{tour.slug}/media"
    rows = session.execute(
        select(TourAsset.file, Asset.key, Asset.kind, Asset.meta)
        .join(Asset, Asset.key == TourAsset.asset_key)
        .where(TourAsset.tour_id == tour.id)
    )
    return {
        file: TourFile(key, kind, meta, f"{prefix}/{key[:2]}/{key}")
        for file, key, kind, meta in rows
    }


def _offers_of(session: Session, tour: Tour) -> dict[str, tuple[RewardOffer, ...]]:
    """The rewards that each source of this tour may earn."""
    offers: dict[str, tuple[RewardOffer, ...]] = {}
    query = select(Reward).where(Reward.owner == f"tour:{tour.slug}", Reward.retired_at.is_(None))
    for reward in session.scalars(query.order_by(Reward.position)):
        offer = RewardOffer(reward.slug, reward.criterion, reward.settings)
        for source in reward.settings.get("sources", ()):
            offers[source] = (*offers.get(source, ()), offer)
    return offers


def _scene(
    tour: Tour,
    scene: Scene,
    files: Mapping[str, TourFile],
    offers: Mapping[str, tuple[RewardOffer, ...]],
    kinds: Mapping[str, Kind],
) -> SceneContent:
    file = scene.content["panorama"]["file"]
    return SceneContent(
        id=scene.id,
        slug=scene.slug,
        content=scene.content,
        panorama=None if scene.withdrawn_at else files.get(file),
        hotspots=tuple(
            _hotspot(tour, scene, row, _facts_of(row, files), offers, kinds)
            for row in scene.hotspots
        ),
    )


def _facts_of(row: Hotspot, files: Mapping[str, TourFile]) -> dict[str, Mapping[str, Any]]:
    return {file: files[file].meta for file in strings_in(row.content) if file in files}


def strings_in(value: Any) -> list[str]:
    """Every text inside some content: the files that a hotspot names are among them."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in strings_in(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in strings_in(part)]
    return []


def _hotspot(
    tour: Tour,
    scene: Scene,
    row: Hotspot,
    facts: dict[str, Mapping[str, Any]],
    offers: Mapping[str, tuple[RewardOffer, ...]],
    kinds: Mapping[str, Kind],
) -> HotspotContent:
    kind = kinds[row.kind]
    source = f"hotspot:{tour.slug}/{row.slug}"
    return HotspotContent(
        id=row.id,
        slug=row.slug,
        scene_id=scene.id,
        scene=scene.slug,
        kind=kind,
        yaw=row.yaw,
        pitch=row.pitch,
        content=row.content,
        facts=facts | {"at": {"yaw": row.yaw, "pitch": row.pitch}},
        keys=kind.read_keys(row.content),
        source=source,
        offers=offers.get(source, ()),
    )
