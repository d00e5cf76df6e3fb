"""Completing contents of a challenge earns its pin, whichever tours they are in."""

import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.points.models import Entry, Proof, Reward
from app.points.proofs import make_proof
from tests.meanwhile import write_meanwhile
from tests.tours.mill import Student
from tests.tours.samples import tour_data, write_yaml
from tours.bundles.check import check_bundle
from tours.bundles.importing import import_bundle
from tours.challenges.data import challenge_pins, pin_slug

ANSWERED = ("gauge", "belt", "bolt", "lamp")
PIN = pin_slug("inclusion")


def tagged(slug: str, *found: str) -> dict[str, Any]:
    """The sample under another name, with these contents of the challenge."""
    tour = tour_data()
    tour["slug"] = slug
    for scene in tour["scenes"]:
        for hotspot in scene["hotspots"]:
            if hotspot["slug"] in found:
                hotspot["challenges"] = ["inclusion"]
    return tour


@pytest.fixture
def bundle(mill_bundle: Path, tmp_path: Path) -> Path:
    """A folder of the sample."""
    return Path(shutil.copytree(mill_bundle, tmp_path / "mill"))


def bring(bundle: Path, tour: dict[str, Any]) -> None:
    """Write the tour and publish it."""
    write_yaml(bundle / "tour.yaml", tour)
    import_bundle(bundle, publish=True)


@pytest.fixture
def holder(mill: Flask, bundle: Path) -> Student:
    """A student who completed four contents in one tour, then one in another."""
    bring(bundle, tagged("mill-tour", *ANSWERED))
    one = Student(mill.test_client())
    one.open("hall")
    for slug in ANSWERED:
        reply = one.answer(slug).json or {}
        assert PIN not in [reward["slug"] for reward in reply["rewards"]]
    # The other tour comes after the first was read into memory.
    bring(bundle, tagged("other-tour", "rope"))
    one.client.get("/tours/other-tour/attic")
    path = "/tours/other-tour/hotspots/rope/find"
    reply = one.client.post(path, json={"answer": ["1"]}).json or {}
    assert PIN in [reward["slug"] for reward in reply["rewards"]]
    return one


def test_a_pin_that_nobody_could_earn_is_not_offered(mill: Flask, bundle: Path) -> None:
    assert db.session.scalars(select(Reward).where(Reward.slug == PIN)).all() == []
    bring(bundle, tagged("mill-tour", *ANSWERED))
    page = Student(mill.test_client()).client.get("/rewards").text
    assert PIN not in page
    bring(bundle, tagged("mill-tour", *ANSWERED, "rope"))
    assert PIN in Student(mill.test_client()).client.get("/rewards").text


def test_contents_of_several_tours_earn_one_pin(holder: Student) -> None:
    page = holder.client.get(f"/rewards/{PIN}").text
    assert "Gagné" in page
    assert "Découvre 5 contenus du défi «\u00a0Inclusion\u00a0»" in page
    assert page.count("Le moulin") >= 2


def test_a_pin_that_another_tour_brings_back_is_earned_in_a_tour_read_before(
    mill: Flask, bundle: Path
) -> None:
    bring(bundle, tagged("mill-tour", *ANSWERED))
    one = Student(mill.test_client())
    one.open("hall")
    for slug in ANSWERED[:3]:
        one.answer(slug)
    bring(bundle, tagged("other-tour", "rope"))
    one.client.get("/tours/other-tour/attic")
    one.client.post("/tours/other-tour/hotspots/rope/find", json={"answer": ["1"]})
    last = one.answer(ANSWERED[3]).json or {}
    assert PIN in [reward["slug"] for reward in last["rewards"]]


def test_the_rule_is_data_and_each_challenge_has_one() -> None:
    assert len(challenge_pins()) == 4
    assert {pin.needed for pin in challenge_pins().values()} == {5}


def test_an_import_again_changes_nothing(holder: Student, bundle: Path) -> None:
    del holder
    before = db.session.scalars(select(Reward.settings).where(Reward.slug == PIN)).one()
    bring(bundle, tagged("other-tour", "rope"))
    db.session.rollback()
    assert db.session.scalars(select(Reward.settings).where(Reward.slug == PIN)).one() == before
    bring(bundle, tagged("other-tour"))
    db.session.rollback()
    row = db.session.scalars(select(Reward).where(Reward.slug == PIN)).one()
    assert row.retired_at is not None
    assert len(row.settings["sources"]) == 4


def test_a_way_counts_for_no_challenge(app: Flask, bundle: Path) -> None:
    del app
    write_yaml(bundle / "tour.yaml", tagged("mill-tour", "to-hall"))
    said = [str(problem.sentence) for problem in check_bundle(bundle).problems]
    assert len(said) == 1
    assert "ne compte pour aucun défi" in said[0]


def test_its_achievement_is_told_as_open_badges_tell_it(holder: Student) -> None:
    told = holder.client.get(f"/rewards/{PIN}/achievement.json").json or {}
    assert told["type"] == ["Achievement"]
    assert told["criteria"]["id"] == told["id"] == f"http://localhost/rewards/{PIN}"
    assert "5 contenus" in told["criteria"]["narrative"]
    assert told["image"]["id"].endswith(".png")
    assert told["creator"]["type"] == ["Profile"]
    assert holder.client.get(f"/rewards/{PIN}/card-en.png").mimetype == "image/png"


def proof_of(holder: Student) -> str:
    """Make the link; its path."""
    reply = holder.client.post(f"/rewards/{PIN}/proof")
    assert reply.status_code == 302
    db.session.rollback()
    return f"/proofs/{db.session.scalars(select(Proof.token)).one()}"


def test_a_link_shows_what_when_and_by_which_rule_to_anybody(mill: Flask, holder: Student) -> None:
    path = proof_of(holder)
    assert path == proof_of(holder)  # made once
    reply = mill.test_client().get(path)
    assert reply.status_code == 200
    for told in ("Une place pour chacun", "5 contenus du défi", "localhost", "20"):
        assert told in reply.text
    assert reply.headers["X-Robots-Tag"] == "noindex"
    assert reply.headers["Cache-Control"] == "no-store"
    assert path in holder.client.get(f"/rewards/{PIN}").text
    assert path not in mill.test_client().get(f"/rewards/{PIN}").text


def test_two_clicks_at_once_make_one_link(mill: Flask, holder: Student) -> None:
    del holder
    db.session.rollback()
    visitor = db.session.scalars(
        select(Entry.visitor_id).where(Entry.source == f"reward:{PIN}")
    ).one()
    db.session.rollback()
    make = partial(make_proof, visitor=visitor, slug=PIN)
    first, second = write_meanwhile(mill, make, make)
    assert first == second
    assert len(db.session.scalars(select(Proof)).all()) == 1


def test_a_withdrawn_link_shows_nothing_and_another_is_another(
    mill: Flask, holder: Student
) -> None:
    path = proof_of(holder)
    assert holder.client.post(f"/rewards/{PIN}/proof/withdraw").status_code == 302
    gone = mill.test_client().get(path)
    assert gone.status_code == 404
    assert "il a été retiré" in gone.text
    assert proof_of(holder) != path


def test_only_what_is_earned_can_be_shown(mill: Flask, holder: Student) -> None:
    del holder
    stranger = Student(mill.test_client())
    assert stranger.client.post(f"/rewards/{PIN}/proof").status_code == 409
    stranger.open("hall")
    assert stranger.client.post(f"/rewards/{PIN}/proof").status_code == 409
    assert stranger.client.post(f"/rewards/{PIN}/proof/withdraw").status_code == 302


def test_a_link_is_exported_and_erased_with_its_visitor(mill: Flask, holder: Student) -> None:
    path = proof_of(holder)
    assert path in holder.client.get("/me/data").text
    holder.client.post("/me/forget", data={"sure": "yes"})
    assert mill.test_client().get(path).status_code == 404
    db.session.rollback()
    assert db.session.scalars(select(Proof)).all() == []
