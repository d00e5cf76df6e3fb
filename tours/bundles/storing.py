"""Writing a bundle into the database, in one transaction: same slugs, same rows, points kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core.db import now
from app.core.writer import Transaction
from app.points.models import Reward
from media.intake import Taken
from media.models import Asset
from tours.bundles.factory import FactoryFile
from tours.bundles.reward import DECISION, RewardFile
from tours.bundles.scene import HotspotFile, QuestionFile, SceneFile
from tours.bundles.tour import TourFile
from tours.challenges.offering import store_challenges
from tours.models import Factory, FactoryMember, Hotspot, Scene, Tour, TourAsset


@dataclass
class Storing:
    """What is being written, and whether anything changed by it."""

    session: Session
    factory: FactoryFile
    tour: TourFile
    taken: Mapping[str, Taken]
    """By file: the asset it became. Files that only withdrawn scenes show are not in it."""
    withdrawn: set[str] = field(default_factory=set)
    """The scenes that are withdrawn, or stay so."""
    owner_id: int | None = None
    """The member of staff who brings it; a factory that is new becomes theirs."""
    at: datetime = field(default_factory=now)
    is_changed: bool = False
    taken_back: list[str] = field(default_factory=list)
    """The panoramas of scenes that it withdraws."""

    def set(self, row: Any, **values: Any) -> None:
        """Give columns their values, noting whether one was another."""
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
                self.is_changed = True


def plain(model: BaseModel, *left_out: str) -> dict[str, Any]:
    """A model as JSON, whole."""
    return model.model_dump(mode="json", exclude=set(left_out))


def store(tx: Transaction, storing: Storing) -> Tour:
    """Write the bundle; its tour."""
    _store_assets(storing)
    factory = _store_factory(storing)
    tour = _store_tour(storing, factory)
    scenes = _store_scenes(storing, tour)
    _store_hotspots(storing, tour, scenes)
    _delete_scenes(storing, tour)
    _store_files(storing, tour)
    _store_rewards(storing)
    store_challenges(storing.session, storing.tour, storing.set)
    if storing.is_changed:
        tour.version += 1
        tour.updated_at = storing.at
    tx.session.flush()
    return tour


def _store_assets(storing: Storing) -> None:
    for one in storing.taken.values():
        if storing.session.get(Asset, one.key) is None:
            row = Asset(key=one.key, kind=one.kind, meta=one.meta, source_sha256=one.source_sha256)
            storing.session.add(row)
            storing.session.flush()


def _store_factory(storing: Storing) -> Factory:
    session, given = storing.session, storing.factory
    content = plain(given)
    factory = session.scalar(select(Factory).where(Factory.slug == given.slug))
    if factory is None:
        factory = Factory(slug=given.slug, name=given.name, content=content, updated_at=storing.at)
        session.add(factory)
        session.flush()
        if storing.owner_id is not None:
            session.add(FactoryMember(factory_id=factory.id, account_id=storing.owner_id))
    elif factory.content != content:
        factory.name, factory.content, factory.updated_at = given.name, content, storing.at
        # Every tour of the factory shows its name and colour.
        session.execute(
            update(Tour)
            .where(Tour.factory_id == factory.id, Tour.slug != storing.tour.slug)
            .values(version=Tour.version + 1)
        )
        storing.is_changed = True
    return factory


def _store_tour(storing: Storing, factory: Factory) -> Tour:
    session, given = storing.session, storing.tour
    content = plain(given, "scenes", "questions")
    tour = session.scalar(select(Tour).where(Tour.slug == given.slug))
    if tour is None:
        tour = Tour(slug=given.slug, factory_id=factory.id, content=content, version=0,
                    is_published=False, updated_at=storing.at)  # fmt: skip
        session.add(tour)
        session.flush()
        storing.is_changed = True
    else:
        storing.set(tour, content=content, factory_id=factory.id)
    return tour


def _store_scenes(storing: Storing, tour: Tour) -> dict[str, Scene]:
    session = storing.session
    known = {s.slug: s for s in session.scalars(select(Scene).where(Scene.tour_id == tour.id))}
    for position, given in enumerate(storing.tour.scenes):
        scene = known.get(given.slug)
        if scene is None:
            scene = known[given.slug] = Scene(tour_id=tour.id, slug=given.slug, position=position,
                                              content={})  # fmt: skip
            session.add(scene)
        _fill_scene(storing, scene, given, position)
    session.flush()
    return known


def _fill_scene(storing: Storing, scene: Scene, given: SceneFile, position: int) -> None:
    """A scene that was withdrawn stays so until it is given another panorama."""
    content = plain(given, "hotspots", "questions", "withdrawn")
    storing.set(scene, position=position, content=content)
    if given.slug not in storing.withdrawn:
        taken = storing.taken[given.panorama.file]
        storing.set(scene, panorama_key=taken.key, withdrawn_at=None)
        return
    cut = storing.taken.get(given.panorama.file)
    keys = (scene.panorama_key, cut.key if cut else None)
    storing.taken_back += [key for key in dict.fromkeys(keys) if key is not None]
    storing.set(scene, panorama_key=None, withdrawn_at=scene.withdrawn_at or storing.at)


def _store_hotspots(storing: Storing, tour: Tour, scenes: Mapping[str, Scene]) -> None:
    """A hotspot may move to another scene: it is the tour's, and so are the points found in it."""
    session = storing.session
    rows = session.scalars(select(Hotspot).where(Hotspot.tour_id == tour.id))
    known = {row.slug: row for row in rows}
    for position, (scene, holder, given) in enumerate(_placed(storing.tour)):
        row = known.pop(given.slug, None)
        if row is None:
            row = Hotspot(tour_id=tour.id, slug=given.slug)
            storing.is_changed = True
            session.add(row)
        columns = _columns(given) | {"holder": holder, "position": position}
        storing.set(row, scene_id=scenes[scene].id, **columns)
    for row in known.values():
        session.delete(row)
        storing.is_changed = True
    session.flush()


def _placed(tour: TourFile) -> Iterator[tuple[str, str, HotspotFile | QuestionFile]]:
    """Every hotspot and question in order: its scene, what holds it, itself."""
    for scene in tour.scenes:
        yield from ((scene.slug, "view", hotspot) for hotspot in scene.hotspots)
        yield from ((scene.slug, "scene", question) for question in scene.questions)
    yield from ((tour.start, "tour", question) for question in tour.questions)


def _columns(given: HotspotFile | QuestionFile) -> dict[str, Any]:
    place = {name: getattr(given, name, 0.0) for name in ("yaw", "pitch")}
    return {"kind": given.kind, **place, "content": plain(given)}


def _delete_scenes(storing: Storing, tour: Tour) -> None:
    kept = [scene.slug for scene in storing.tour.scenes]
    gone = delete(Scene).where(Scene.tour_id == tour.id, Scene.slug.not_in(kept))
    if storing.session.scalars(gone.returning(Scene.id)).all():
        storing.is_changed = True


def _store_files(storing: Storing, tour: Tour) -> None:
    """Files of scenes that stay withdrawn keep their row: it tells their picture again."""
    session = storing.session
    known = {r.file: r for r in session.scalars(select(TourAsset).filter_by(tour_id=tour.id))}
    named = {scene.panorama.file for scene in storing.tour.scenes}
    for file, taken in storing.taken.items():
        row = known.pop(file, None)
        if row is None:
            session.add(TourAsset(tour_id=tour.id, file=file, asset_key=taken.key))
            storing.is_changed = True
        else:
            storing.set(row, asset_key=taken.key)
    for row in known.values():
        if row.file not in named:
            session.delete(row)
            storing.is_changed = True
    session.flush()


def reward_slug(tour: str, reward: str) -> str:
    """A reward's name among those of all tours."""
    return f"{tour}.{reward}"


def _store_rewards(storing: Storing) -> None:
    session, slug = storing.session, storing.tour.slug
    rows = session.scalars(select(Reward).where(Reward.owner == f"tour:{slug}"))
    known = {row.slug: row for row in rows}
    for position, given in enumerate(storing.tour.rewards):
        name = reward_slug(slug, given.slug)
        row = known.pop(name, None)
        if row is None:
            row = Reward(slug=name, owner=f"tour:{slug}")
            session.add(row)
            storing.is_changed = True
        storing.set(row, position=position, retired_at=None, **_offer(slug, given))
    for row in known.values():
        if row.retired_at is None:
            storing.set(row, retired_at=storing.at)


def _offer(tour: str, given: RewardFile) -> dict[str, Any]:
    sources = list(reward_sources(tour, given.needs.finds))
    return {
        "title": plain(given.title),
        "text": plain(given.text),
        "icon": given.icon,
        "criterion": "finds",
        "settings": {"sources": sources, "count": given.needs.count or len(sources)},
    }


def reward_sources(tour: str, finds: Iterable[str]) -> Iterable[str]:
    """The names in the ledger of what a reward needs."""
    for slug in finds:
        yield f"decision:{tour}" if slug == DECISION else f"hotspot:{tour}/{slug}"
