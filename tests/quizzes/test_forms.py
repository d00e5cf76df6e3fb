"""Words, pairs, estimates and places are marked as a fair teacher would."""

from typing import Any

import pytest
from pydantic import ValidationError

from quizzes.forms import Unreadable
from quizzes.marking import Marked, mark, mean_by_luck
from tests.quizzes.test_marking import make, options


@pytest.mark.parametrize("written", ["la turbine", "TURBINE", "une  turbine.", "the turbine"])
def test_words_are_right_in_either_language(written: str) -> None:
    question = make("text", answers={"fr": ["turbine"], "en": ["turbine"]})
    assert mark(question, [written], 0) == Marked(True, 3, False)


def test_other_words_are_wrong_and_none_costs_no_try() -> None:
    question = make("text", answers={"fr": ["turbine"], "en": ["turbine"]})
    assert mark(question, ["alternateur"], 0) == Marked(False, 0, True)
    for nothing in ([], [""], ["  …"], ["a", "b"]):
        with pytest.raises(Unreadable):
            mark(question, nothing, 0)


def pairs(*said: str) -> list[dict[str, Any]]:
    """Pairs of words, in French and in English."""
    return [
        {"left": {"fr": one[0], "en": one[0]}, "right": {"fr": one[1], "en": f"{one[1]} en"}}
        for one in said
    ]


def test_every_pair_must_be_right_in_the_language_that_was_read() -> None:
    question = make("matching", pairs=pairs("aX", "bY"), extras=[{"fr": "Z", "en": "Z"}])
    assert mark(question, ["X", "Y"], 0) == Marked(True, 3, False)
    assert mark(question, ["X en", "Y en"], 1) == Marked(True, 1, False)
    assert mark(question, ["Y", "X"], 0) == Marked(False, 0, True)
    assert mark(question, ["X", "Z"], 0).is_right is False
    for unfinished in (["X"], ["X", ""], ["X", "other"], []):
        with pytest.raises(Unreadable):
            mark(question, unfinished, 0)


def test_two_left_sides_may_have_the_same_partner() -> None:
    question = make("matching", pairs=pairs("aX", "bX", "cY"))
    assert mark(question, ["X", "X", "Y"], 0).is_right
    assert mean_by_luck(question) == pytest.approx(3 / 8 + 7 / 8 / 7)


@pytest.mark.parametrize(
    ("written", "first", "second"),
    [("24", 3, 1), ("26 m", 3, 1), ("28", 2, 1), ("32", 1, 1), ("14", 1, 1), ("34", 1, 1),
     ("34,1", 0, 0), ("13,9", 0, 0), ("1000", 0, 0)],
)  # fmt: skip
def test_an_estimate_is_worth_more_the_closer_it_is(written: str, first: int, second: int) -> None:
    question = make("estimate", answer=24, tolerance=2, margin=8, unit="m")
    assert mark(question, [written], 0) == Marked(first > 0, first, first == 0)
    assert mark(question, [written], 1) == Marked(second > 0, second, False)


def test_an_estimate_needs_a_margin_and_a_number() -> None:
    with pytest.raises(ValidationError):
        make("estimate", answer=24, margin=0)
    with pytest.raises(Unreadable):
        mark(make("estimate", answer=24, margin=1), ["haut"], 0)


PLACE = {"target": {"yaw": 175, "pitch": 0, "radius": 10}}


@pytest.mark.parametrize(
    ("answer", "is_right"),
    [(["178", "5"], True), (["-179", "0"], True), (["181", "0"], True), (["160", "0"], False),
     (["1"], True), (["0"], False)],
)  # fmt: skip
def test_a_place_is_pointed_at_or_named(answer: list[str], is_right: bool) -> None:
    question = make("place", options=options(False, True, False), **PLACE)
    assert mark(question, answer, 0).is_right is is_right


@pytest.mark.parametrize(
    "answer", [[], ["x", "0"], ["0", "91"], ["361", "0"], ["7"], ["0", "1", "0"]]
)
def test_a_direction_that_does_not_exist_costs_no_try(answer: list[str]) -> None:
    with pytest.raises(Unreadable):
        mark(make("place", options=options(False, True), **PLACE), answer, 0)


def test_a_place_has_one_right_name() -> None:
    with pytest.raises(ValidationError, match="one-place"):
        make("place", options=options(True, True), **PLACE)
    assert mean_by_luck(make("place", options=options(True, False), **PLACE)) == 2.0
