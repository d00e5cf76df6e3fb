"""Each kind judges its evidence, and the app does not start with an incomplete one."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.tours.samples import tour_data
from tours.bundles.tour import TourFile
from tours.kinds import KINDS, BadKind, check_kinds, find_kinds, load_kinds
from tours.kinds.base import BadEvidence, Kind, Outcome
from tours.kinds.info import Info
from tours.kinds.treasure import Treasure

FACTS = {"films/wheel.mp4": {"duration": 10.0}, "sounds/hum.mp3": {"duration": 4.0}}
CONTENTS: dict[str, dict[str, Any]] = {
    hotspot.slug: hotspot.model_dump(mode="json")
    for scene in TourFile.model_validate(tour_data()).scenes
    for hotspot in scene.hotspots
}


def judge(slug: str, tries: int = 0, **given: Any) -> Outcome:
    """Judge what a page sent at a hotspot of the sample."""
    content = CONTENTS[slug]
    kind = KINDS[content["kind"]]
    return kind.judge(kind.read_keys(content), kind.read_evidence(given), tries, FACTS)


@pytest.mark.parametrize("slug", ["meal", "stone", "plan", "maelle"])
def test_content_is_found_by_opening_it(slug: str) -> None:
    assert judge(slug, opened=True) == Outcome(True, 1)
    assert judge(slug, opened="1") == Outcome(True, 1)
    with pytest.raises(ValidationError):
        judge(slug, opened=False)
    with pytest.raises(ValidationError):
        judge(slug)


def test_a_link_is_followed_for_nothing() -> None:
    assert judge("to-attic", followed=True) == Outcome(True, 0)


@pytest.mark.parametrize(("slug", "enough", "too_little"), [("wheel", 8.0, 7.9), ("hum", 3.2, 3)])
def test_a_film_or_sound_counts_when_mostly_played(
    slug: str, enough: float, too_little: float
) -> None:
    assert judge(slug, watched=enough) == Outcome(True, 1)
    assert judge(slug, watched=too_little) == Outcome(False, may_try_again=True)
    assert judge(slug, watched=str(enough)).is_found


@pytest.mark.parametrize("slug", ["wheel", "hum"])
def test_a_transcript_read_is_worth_the_same(slug: str) -> None:
    assert judge(slug, read=True) == Outcome(True, 1)
    assert not judge(slug, read=False).is_found


def test_a_film_of_unknown_length_is_not_found_by_claiming() -> None:
    kind = KINDS["film"]
    keys = kind.read_keys(CONTENTS["wheel"])
    assert not kind.judge(keys, kind.read_evidence({"watched": 1e9}), 0).is_found


@pytest.mark.parametrize("watched", ["nan", "inf", float("nan"), "soon"])
def test_seconds_that_are_no_number_are_refused(watched: object) -> None:
    with pytest.raises(ValidationError):
        judge("wheel", watched=watched)


def test_a_question_is_worth_less_at_the_second_try_then_closed() -> None:
    assert judge("gauge", answer=["1"]) == Outcome(True, 3, False, ["1"])
    assert judge("gauge", answer=["0"]) == Outcome(False, 0, True, ["0"])
    assert judge("gauge", 1, answer=["1"]) == Outcome(True, 1, False, ["1"])
    assert judge("gauge", 1, answer=["0"]) == Outcome(False, 0, False, ["0"])
    assert judge("gauge", 2, answer=["1"]) == Outcome(False, 0, False, ["1"])


@pytest.mark.parametrize("answer", [[], ["9"], ["x"], ["1", "2"], ["-1"]])
def test_an_answer_that_says_nothing_costs_no_try(answer: list[str]) -> None:
    with pytest.raises(BadEvidence):
        judge("gauge", answer=answer)


def test_a_number_is_read_as_people_write_it() -> None:
    for written in ("1,5", "1.5 t", "1,6", " 1,40 "):
        assert judge("weight", answer=[written]).is_found, written
    assert not judge("weight", answer=["1,61"]).is_found
    with pytest.raises(BadEvidence, match="nombre"):
        judge("weight", answer=["beaucoup"])


def test_a_treasure_is_found_where_it_lies_or_by_its_riddle() -> None:
    assert judge("cock", yaw=117, pitch=3) == Outcome(True, 3)
    assert judge("cock", yaw=120 - 360, pitch=0).is_found
    assert judge("cock", yaw=110, pitch=0) == Outcome(False, 0, may_try_again=True)
    for words in ("Une girouette", "LA  GIROUETTE !", "the weathercock", "girouètte"):
        assert judge("cock", riddle=words) == Outcome(True, 3), words
    for words in ("", "la", "un coq"):
        assert not judge("cock", riddle=words).is_found


@pytest.mark.parametrize("given", [{}, {"yaw": 1}, {"yaw": 1, "pitch": 1, "riddle": "x"}])
def test_a_treasure_is_looked_for_in_one_way_at_a_time(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        judge("cock", **given)


def test_near_the_zenith_degrees_are_those_of_the_sphere() -> None:
    kind = Treasure()
    content = CONTENTS["cock"] | {"pitch": 88}
    keys = kind.read_keys(content)
    evidence = kind.read_evidence({"yaw": 0, "pitch": 88})
    assert kind.judge(keys, evidence, 0).is_found


def test_unknown_evidence_is_refused() -> None:
    with pytest.raises(ValidationError):
        judge("meal", opened=True, points=99)


def test_every_kind_is_complete() -> None:
    assert set(load_kinds()) == {
        "info", "picture", "film", "sound", "document", "link", "person", "question", "treasure",
    }  # fmt: skip


def test_an_incomplete_kind_stops_the_start(tmp_path: Path) -> None:
    class Bare(Info):
        name = "bare"

    with pytest.raises(BadKind) as caught:
        check_kinds([Bare()], tmp_path)
    assert "Bare has no docstring" in str(caught.value)
    assert "bare.html is missing" in str(caught.value)


def test_two_kinds_of_one_name_stop_the_start() -> None:
    class Second(Info):
        """Another one."""

    with pytest.raises(BadKind, match="info"):
        find_kinds([Info, Second])


def test_every_kind_is_in_the_documentation() -> None:
    text = (Path(__file__).parents[3] / "docs" / "kinds.md").read_text("utf-8")
    assert [name for name in KINDS if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_has_what_it_needs(kind: Kind) -> None:
    assert kind.label
    assert kind.forms()
    assert (kind.points == 0) == (kind.share == "way")
