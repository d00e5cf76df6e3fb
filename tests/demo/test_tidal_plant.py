"""The demo's tour is whole, sits on its pictures, is worth reading, and is well typeset."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tours.bundles.check import Checked, check_bundle
from tours.bundles.examining import examine
from tours.bundles.scene import HotspotFile
from tours.bundles.tour import TourFile
from tours.bundles.walking import texts_of
from tours.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "demo" / "tidal-plant"
PLACES = ROOT / "demo" / "scenes" / "places"
ROME = ROOT.parent / "shared" / "data" / "rome" / "unix_referentiel_code_rome_v460_utf8.csv"

PLAIN_SPACE = re.compile(r"(?<! ) [;:!?»](?!-)|« ")
LOST_APOSTROPHE = re.compile(r"\w'\w")


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check_bundle(BUNDLE, examine)


@pytest.fixture(scope="module")
def tour(checked: Checked) -> TourFile:
    assert checked.tour is not None
    return checked.tour


def hotspots(tour: TourFile) -> Iterator[tuple[str, HotspotFile]]:
    for scene in tour.scenes:
        for hotspot in scene.hotspots:
            yield scene.slug, hotspot


def test_nothing_is_wrong_with_it(checked: Checked) -> None:
    assert [str(problem) for problem in checked.problems] == []


def test_it_says_that_it_is_invented(checked: Checked, tour: TourFile) -> None:
    assert checked.factory is not None
    assert checked.factory.fictional
    assert all(scene.panorama.rendered for scene in tour.scenes)


def test_a_guesser_gets_far_less_than_a_reader(checked: Checked) -> None:
    shares = checked.shares
    assert shares is not None
    assert shares.answered > 0.6
    assert shares.by_luck < 0.4


def test_it_has_every_kind_and_much_to_find(tour: TourFile) -> None:
    kinds = [hotspot.kind for _scene, hotspot in hotspots(tour)]
    assert set(kinds) == set(KINDS)
    assert len(kinds) - kinds.count("link") >= 26
    assert kinds.count("person") >= 3
    assert kinds.count("question") >= 8
    assert kinds.count("treasure") >= 2


def test_what_bears_the_name_of_a_thing_sits_on_it(tour: TourFile) -> None:
    seen = 0
    for scene, hotspot in hotspots(tour):
        places = json.loads((PLACES / f"{scene}.json").read_text())
        name = "nest-box" if hotspot.slug == "kestrel" else hotspot.slug
        if name in places:
            place = places[name]
            assert hotspot.yaw == pytest.approx(place["yaw"], abs=1.5), f"{scene}: {name}"
            assert hotspot.pitch == pytest.approx(place["pitch"], abs=1.5), f"{scene}: {name}"
            seen += 1
    assert seen >= 18


def test_questions_do_not_cover_what_they_ask_about(tour: TourFile) -> None:
    places = json.loads((PLACES / "turbine-hall.json").read_text())["loose-bolt"]
    bolt = next(h for _scene, h in hotspots(tour) if h.slug == "bolt-question")
    assert abs(bolt.yaw - places["yaw"]) > 8


def test_panoramas_are_full_and_light() -> None:
    for file in sorted((BUNDLE / "panoramas").iterdir()):
        with Image.open(file) as picture:
            assert picture.size == (4096, 2048), file.name
        assert 300_000 < file.stat().st_size < 1_300_000, file.name


def test_the_film_is_small() -> None:
    assert (BUNDLE / "films" / "tide.mp4").stat().st_size < 1_500_000


def test_the_french_is_typeset_as_french(tour: TourFile, checked: Checked) -> None:
    assert checked.factory is not None
    for model in (tour, checked.factory):
        for text in texts_of(model):
            assert not PLAIN_SPACE.search(text.fr), text.fr
            assert not LOST_APOSTROPHE.search(text.fr), text.fr


def test_jobs_are_real_ones(tour: TourFile) -> None:
    if not ROME.exists():
        pytest.skip("../shared/data is not there: ROME codes are not compared")
    with ROME.open(encoding="utf-8") as file:
        labels = {row["code_rome"]: row["libelle_rome"] for row in csv.DictReader(file)}
    people = [hotspot for _scene, hotspot in hotspots(tour) if hotspot.kind == "person"]
    codes = [getattr(person, "rome", "") for person in people]
    assert len(set(codes)) >= 6
    assert all(code in labels for code in codes), codes
