"""Bringing bundles in: all or nothing, as often as one likes."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.classes.models import Visitor
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import write
from app.points.models import Entry, Reward
from media.keys import private_prefix
from media.models import Asset
from media.publishing import is_published
from media.storage import FolderStorage
from tests.tours.samples import (
    factory_data,
    said,
    tour_data,
    write_bundle,
    write_panorama,
    write_yaml,
)
from tours.bundles.archive import pack
from tours.bundles.check import check_bundle
from tours.bundles.exporting import export_bundle
from tours.bundles.importing import Imported, import_bundle
from tours.bundles.problems import BadBundle
from tours.models import Attempt, Hotspot, Scene, Tour, TourAsset, Visit
from tours.publishing import publish_tour, storage, unpublish_tour
from tours.withdrawing import withdraw_scene

Data = dict[str, Any]
pytestmark = pytest.mark.usefixtures("app")


def tour() -> Tour:
    """The tour of the sample, as it is now."""
    db.session.rollback()
    return db.session.scalars(select(Tour)).one()


def scene(slug: str) -> Scene:
    db.session.rollback()
    return db.session.scalars(select(Scene).where(Scene.slug == slug)).one()


def hotspot_ids() -> dict[str, int]:
    db.session.rollback()
    return {h.slug: h.id for h in db.session.scalars(select(Hotspot))}


def stored_files() -> set[str]:
    """Everything in the storage."""
    folder = storage()
    assert isinstance(folder, FolderStorage)
    return {name for part in ("public", "private", "sources") for name in folder.list(f"{part}/")}


def everything() -> tuple[Any, ...]:
    """Database and storage, to be compared."""
    db.session.rollback()
    tables = (Tour, Scene, Hotspot, TourAsset, Asset, Reward)
    rows = [
        sorted(str(row) for row in db.session.execute(select(*table.__table__.columns)))
        for table in tables
    ]
    return (*map(tuple, rows), frozenset(stored_files()))


def change(bundle: Path, changing: Callable[[Data], object]) -> Path:
    """Write the sample's tour again, changed."""
    data = tour_data()
    changing(data)
    write_yaml(bundle / "tour.yaml", data)
    return bundle


def test_a_bundle_comes_in_as_a_draft(sample: Path) -> None:
    seen: list[float] = []
    imported = import_bundle(sample, progress=seen.append)
    assert imported == Imported("mill-tour", is_published=False, is_changed=True)
    assert (len(tour().scenes), len(hotspot_ids())) == (2, 16)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1)
    assert not any(name.startswith("public/") for name in stored_files())
    assert all(row.panorama_key for row in tour().scenes)


def test_a_zip_is_a_bundle_too(sample: Path, tmp_path: Path) -> None:
    pack(sample, tmp_path / "mill.zip")
    assert import_bundle(tmp_path / "mill.zip").slug == "mill-tour"


def test_the_same_bundle_again_changes_nothing(sample: Path) -> None:
    import_bundle(sample, publish=True)
    before = everything()
    assert not import_bundle(sample).is_changed
    assert everything() == before


def test_a_change_keeps_ids_and_points(bundle: Path) -> None:
    import_bundle(bundle)
    ids, version = hotspot_ids(), tour().version
    visitor = award_for(ids["gauge"], "hotspot:mill-tour/gauge", "hotspot:mill-tour/meal")

    def rewrite(data: Data) -> None:
        data["title"] = said("Le vieux moulin")
        hall, attic = data["scenes"]
        attic["hotspots"].append(hall["hotspots"].pop(5) | {"yaw": -100})  # the lamp moves
        hall["hotspots"].pop(1)  # the meal goes
        hall["hotspots"][1]["pitch"] = 7
        data["mission"]["trails"][0]["scenes"] = ["hall", "attic"]
        data["mission"]["needed"] = 3

    assert import_bundle(change(bundle, rewrite)).is_changed
    after = hotspot_ids()
    assert {slug: after[slug] for slug in after} == {s: ids[s] for s in ids if s != "meal"}
    assert tour().version == version + 1
    lamp = db.session.get(Hotspot, ids["lamp"])
    assert lamp is not None
    assert lamp.scene.slug == "attic"
    sources = db.session.scalars(select(Entry.source).where(Entry.visitor_id == visitor)).all()
    assert set(sources) == {"hotspot:mill-tour/gauge", "hotspot:mill-tour/meal"}
    assert db.session.scalars(select(Attempt)).one().hotspot_id == ids["gauge"]


def award_for(hotspot_id: int, *sources: str) -> int:
    """A visitor who found things."""

    def unit(tx: Any) -> int:
        visitor = Visitor(resume_code="ABCD", created_at=now(), seen_at=now())
        tx.session.add(visitor)
        tx.session.flush()
        for source in sources:
            entry = Entry(visitor_id=visitor.id, source=source, points=3, at=now())
            tx.session.add(entry)
        tried = Attempt(visitor_id=visitor.id, hotspot_id=hotspot_id, tries=1, answer=["1"],
                        is_right=True, at=now())  # fmt: skip
        tx.session.add(tried)
        for one in tx.session.scalars(select(Scene)):
            tx.session.add(Visit(visitor_id=visitor.id, scene_id=one.id, opened_at=now(),
                                 seen_at=now()))  # fmt: skip
        tx.session.flush()
        return int(visitor.id)

    return write(unit)


def test_a_scene_may_go(bundle: Path) -> None:
    import_bundle(bundle)

    def only_hall(data: Data) -> None:
        hall = data["scenes"][0]
        hall["hotspots"].pop(0)
        data.update(scenes=[hall], mission=None, rewards=[])
        data.pop("mission")

    change(bundle, only_hall)
    for folder in ("pictures", "films", "sounds", "documents"):
        shutil.rmtree(bundle / folder)
    (bundle / "panoramas" / "attic.jpg").unlink()
    import_bundle(bundle)
    assert [s.slug for s in tour().scenes] == ["hall"]
    assert db.session.scalars(select(TourAsset.file)).all() == ["panoramas/hall.jpg"]
    assert len(db.session.scalars(select(Asset)).all()) == 1
    assert len({name.split("/")[2] for name in stored_files()}) == 2  # one asset, its source
    reward = db.session.scalars(select(Reward)).one()
    assert reward.retired_at is not None


@pytest.mark.parametrize("is_there_before", [True, False])
def test_a_refused_bundle_leaves_everything_as_it_was(bundle: Path, is_there_before: bool) -> None:
    if is_there_before:
        import_bundle(bundle, publish=True)
    before = everything()
    write_panorama(bundle / "panoramas" / "hall.jpg", 7)
    spoilt = bundle / "panoramas" / "attic.jpg"
    spoilt.write_bytes(spoilt.read_bytes()[:-300])
    change(bundle, lambda d: d.update(title=said("Autre")))
    with pytest.raises(BadBundle) as caught:
        import_bundle(bundle)
    (problem,) = caught.value.problems
    assert problem.line > 1
    assert "panoramas/attic.jpg" in str(problem)
    assert everything() == before


def test_a_failing_database_leaves_the_storage_as_it_was(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()

    def fail(_unit: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("tours.bundles.importing.write", fail)
    with pytest.raises(OSError, match="disk"):
        import_bundle(bundle, publish=True)
    assert everything() == before


def test_what_is_unfinished_is_refused_or_kept_as_a_draft(bundle: Path) -> None:
    change(bundle, lambda d: d["title"].pop("en"))
    with pytest.raises(BadBundle):
        import_bundle(bundle)
    imported = import_bundle(bundle, as_draft=True)
    assert [str(p) for p in imported.problems] == [
        "tour.yaml:3:3: La traduction anglaise manque."
    ] or len(imported.problems) == 1
    with pytest.raises(Refusal) as caught:
        publish_tour("mill-tour")
    assert caught.value.status == 409
    assert caught.value.problems


def test_a_published_tour_takes_nothing_unfinished(bundle: Path) -> None:
    import_bundle(bundle, publish=True)
    change(bundle, lambda d: d["title"].pop("en"))
    with pytest.raises(BadBundle):
        import_bundle(bundle, as_draft=True)


def test_publishing_opens_all_files_and_unpublishing_closes_them(sample: Path) -> None:
    import_bundle(sample)
    publish_tour("mill-tour")
    keys = db.session.scalars(select(Asset.key)).all()
    assert len(keys) == 8
    assert all(is_published(storage(), key) for key in keys)
    assert tour().is_published
    unpublish_tour("mill-tour")
    assert not any(is_published(storage(), key) for key in keys)
    assert not db.session.scalars(select(Asset).where(Asset.public)).all()


def test_a_file_of_two_tours_stays_public_with_one(sample: Path, tmp_path: Path) -> None:
    import_bundle(sample, publish=True)
    other = tour_data() | {"slug": "other-tour"}
    import_bundle(write_bundle(tmp_path / "other", other), publish=True)
    keys = db.session.scalars(select(Asset.key)).all()
    unpublish_tour("mill-tour")
    shared = [key for key in keys if is_published(storage(), key)]
    assert len(shared) >= 2
    unpublish_tour("other-tour")
    assert not any(is_published(storage(), key) for key in keys)


def test_a_replaced_panorama_is_no_longer_served(bundle: Path) -> None:
    import_bundle(bundle, publish=True)
    old = scene("hall").panorama_key
    assert old
    write_panorama(bundle / "panoramas" / "hall.jpg", 9)
    import_bundle(bundle)
    new = scene("hall").panorama_key
    assert new != old
    assert is_published(storage(), str(new))
    assert not is_published(storage(), old)
    assert db.session.get(Asset, old) is None


def test_a_withdrawn_scene_is_gone_and_stays_so(bundle: Path) -> None:
    import_bundle(bundle, publish=True)
    key = scene("attic").panorama_key
    version = tour().version
    assert withdraw_scene("mill-tour", "attic")
    assert scene("attic").withdrawn_at is not None
    assert tour().version == version + 1
    assert not [name for name in stored_files() if str(key) in name]
    assert not withdraw_scene("mill-tour", "attic")
    import_bundle(bundle)
    assert scene("attic").panorama_key is None
    assert not [name for name in stored_files() if str(key) in name]
    write_panorama(bundle / "panoramas" / "attic.jpg", 11)
    import_bundle(bundle)
    assert scene("attic").withdrawn_at is None
    assert is_published(storage(), str(scene("attic").panorama_key))


def test_a_scene_withdrawn_during_an_import_stays_so(bundle: Path) -> None:
    import_bundle(bundle, publish=True)
    key = str(scene("attic").panorama_key)
    asked: list[bool] = []

    def withdraw_now(_share: float) -> None:
        if not asked:
            asked.append(withdraw_scene("mill-tour", "attic"))

    import_bundle(bundle, progress=withdraw_now)
    assert asked == [True]
    assert scene("attic").withdrawn_at is not None
    assert scene("attic").panorama_key is None
    assert not [name for name in stored_files() if key in name]


def test_a_withdrawn_picture_is_not_public_because_a_draft_has_it_too(bundle: Path) -> None:
    import_bundle(bundle, publish=True)
    key = str(scene("attic").panorama_key)
    text = bundle / "tour.yaml"
    text.write_text(text.read_text().replace("slug: mill-tour", "slug: mill-two", 1))
    import_bundle(bundle)
    withdraw_scene("mill-tour", "attic")
    assert not is_published(storage(), key)
    assert storage().exists(f"{private_prefix(key)}1/f0_0.jpg")


def test_withdrawing_asks_for_a_scene_that_is_there(sample: Path) -> None:
    import_bundle(sample)
    with pytest.raises(Refusal) as caught:
        withdraw_scene("mill-tour", "cellar")
    assert caught.value.status == 404


def test_a_tour_belongs_to_one_factory(sample: Path, tmp_path: Path) -> None:
    import_bundle(sample)
    before = everything()
    other = write_bundle(tmp_path / "b", factory=factory_data() | {"slug": "other"})
    with pytest.raises(BadBundle, match="autre usine"):
        import_bundle(other)
    assert everything() == before


def test_rewards_are_offered_with_their_sources(sample: Path) -> None:
    import_bundle(sample)
    reward = db.session.scalars(select(Reward)).one()
    assert (reward.slug, reward.owner, reward.criterion) == (
        "mill-tour.ear", "tour:mill-tour", "finds",
    )  # fmt: skip
    assert reward.settings == {
        "sources": ["hotspot:mill-tour/hum", "hotspot:mill-tour/wheel", "decision:mill-tour"],
        "count": 2,
    }


def test_originals_are_never_public(sample: Path) -> None:
    import_bundle(sample, publish=True)
    assert [name for name in stored_files() if name.startswith("sources/")]
    assert not [name for name in stored_files() if "source" in name and name.startswith("public")]


def test_an_export_is_the_bundle_that_came(sample: Path, tmp_path: Path, app: Flask) -> None:
    import_bundle(sample)
    exported = export_bundle("mill-tour", tmp_path / "out")
    assert exported.missing == []
    for path in sample.rglob("*"):
        if path.is_file() and path.suffix != ".yaml":
            assert (tmp_path / "out" / path.relative_to(sample)).read_bytes() == path.read_bytes()
    assert not import_bundle(tmp_path / "out").is_changed
    export_bundle("mill-tour", tmp_path / "again")
    for name in ("tour.yaml", "factory.yaml"):
        assert (tmp_path / "again" / name).read_text() == (tmp_path / "out" / name).read_text()


def test_the_export_of_a_withdrawn_scene_lacks_its_picture(sample: Path, tmp_path: Path) -> None:
    import_bundle(sample)
    withdraw_scene("mill-tour", "attic")
    assert export_bundle("mill-tour", tmp_path / "out").missing == ["panoramas/attic.jpg"]
    assert [str(p) for p in check_bundle(tmp_path / "out").problems] == []
    before = everything()
    assert not import_bundle(tmp_path / "out").is_changed
    assert everything() == before


def test_the_export_of_a_withdrawn_scene_comes_in_elsewhere(sample: Path, tmp_path: Path) -> None:
    import_bundle(sample)
    other = tour_data() | {"slug": "other-tour"}
    import_bundle(write_bundle(tmp_path / "other", other))  # it has the same picture
    withdraw_scene("mill-tour", "attic")
    export_bundle("mill-tour", tmp_path / "out")
    text = tmp_path / "out" / "tour.yaml"
    text.write_text(
        text.read_text("utf-8").replace("slug: mill-tour", "slug: mill-two", 1), "utf-8"
    )
    assert not (tmp_path / "out" / "panoramas" / "attic.jpg").exists()
    import_bundle(tmp_path / "out", publish=True)
    query = select(Scene).join(Tour).where(Tour.slug == "mill-two", Scene.slug == "attic")
    attic = db.session.scalars(query).one()
    assert attic.withdrawn_at is not None
    assert attic.panorama_key is None
    assert len(attic.hotspots) == 8


def test_a_bundle_may_withdraw_a_scene(bundle: Path) -> None:
    import_bundle(bundle, publish=True)
    key = str(scene("attic").panorama_key)
    change(bundle, lambda d: d["scenes"][1].update(withdrawn=True))
    with pytest.raises(BadBundle, match="ne sert à rien"):
        import_bundle(bundle)
    (bundle / "panoramas" / "attic.jpg").unlink()
    assert import_bundle(bundle).is_changed
    assert scene("attic").withdrawn_at is not None
    assert not [name for name in stored_files() if key in name]
    write_panorama(bundle / "panoramas" / "attic.jpg", 1)
    change(bundle, lambda d: d["scenes"][1].update(withdrawn=False))
    import_bundle(bundle)
    assert scene("attic").panorama_key is None  # the same picture: it stays withdrawn
    write_panorama(bundle / "panoramas" / "attic.jpg", 11)
    import_bundle(bundle)
    assert scene("attic").withdrawn_at is None
