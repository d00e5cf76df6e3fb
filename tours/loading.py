"""Tours out of the database, one version each in memory.

Nothing has to be cleared: each request asks the database for the version, one small read.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.points.models import Reward
from app.points.rewards import RewardOffer
from media.models import Asset
from tours.challenges.completing import CHALLENGE_OWNER
from tours.content import HotspotContent, SceneContent, TourContent, TourFile, strings_in
from tours.kinds.base import Kind
from tours.models import Hotspot, Scene, Tour, TourAsset


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
    scenes = {scene.slug: _scene(tour, scene, files, offers, kinds) for scene in tour.scenes}
    return TourContent(
        id=tour.id,
        slug=tour.slug,
        version=tour.version,
        is_published=tour.is_published,
        factory_id=tour.factory_id,
        factory=tour.factory.content,
        content=tour.content,
        scenes={slug: replace(s, hotspots=_not_of_tour(s)) for slug, s in scenes.items()},
        questions=tuple(h for s in scenes.values() for h in s.hotspots if h.holder == "tour"),
        files=files,
        offers=offers,
    )


def _not_of_tour(scene: SceneContent) -> tuple[HotspotContent, ...]:
    return tuple(h for h in scene.hotspots if h.holder != "tour")


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
    """The rewards that each source of this tour may earn: its own, then those of all tours.

    Whether a pin of all tours is offered is asked when it is earned: another may bring it back.
    """
    offers: dict[str, tuple[RewardOffer, ...]] = {}
    owners = (f"tour:{tour.slug}", CHALLENGE_OWNER)
    is_offered = Reward.retired_at.is_(None) | (Reward.owner == CHALLENGE_OWNER)
    query = select(Reward).where(Reward.owner.in_(owners), is_offered)
    for reward in session.scalars(query.order_by(Reward.owner.desc(), Reward.position)):
        offer = RewardOffer(reward.slug, reward.criterion, reward.settings)
        for source in reward.settings.get("sources", ()):
            if reward.owner == CHALLENGE_OWNER and not source.startswith(f"hotspot:{tour.slug}/"):
                continue
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
        holder=row.holder,
        yaw=row.yaw,
        pitch=row.pitch,
        content=row.content,
        facts=facts | {"at": {"yaw": row.yaw, "pitch": row.pitch}},
        keys=kind.read_keys(row.content),
        source=source,
        offers=offers.get(source, ()),
    )
