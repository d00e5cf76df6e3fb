"""Answers are marked as a fair teacher would."""

from typing import Any

import pytest
from pydantic import ValidationError

from quizzes.marking import Marked, mark, mean_by_luck
from quizzes.numbers import read_number
from quizzes.questions import FORMS, QuestionForm, Unreadable
from quizzes.wording import plain_words, same_words

ASKED = {"question": {"fr": "?", "en": "?"}}


def make(kind: str, **own: Any) -> QuestionForm:
    """A question of a type."""
    return FORMS[kind].model_validate({"type": kind, **ASKED, **own})


def options(*right: bool) -> list[dict[str, Any]]:
    """Options, told which are right."""
    return [{"text": {"fr": str(n)}, "right": r} for n, r in enumerate(right)]


@pytest.mark.parametrize(
    ("answer", "is_right"),
    [(["0", "2"], True), (["2", "0"], True), (["0"], False), (["0", "1", "2"], False)],
)
def test_multiple_choice_is_right_with_exactly_the_right_ones(
    answer: list[str], is_right: bool
) -> None:
    question = make("multiple", options=options(True, False, True))
    assert mark(question, answer, 0).is_right is is_right


def test_points_go_from_three_to_one_to_none() -> None:
    question = make("truefalse", answer=True)
    assert mark(question, ["true"], 0) == Marked(True, 3, False)
    assert mark(question, ["false"], 0) == Marked(False, 0, True)
    assert mark(question, ["true"], 1) == Marked(True, 1, False)
    assert mark(question, ["true"], 2) == Marked(False, 0, False)


@pytest.mark.parametrize("right", [(), (True, True)])
def test_a_single_question_needs_one_right_option(right: tuple[bool, ...]) -> None:
    with pytest.raises(ValidationError, match="one-right"):
        make("single", options=options(*right, False, False))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("5,35", 5.35), ("5.35", 5.35), ("1 200", 1200), ("1\u202f200,5", 1200.5), ("−3", -3),
        ("1,234.5", 1234.5), ("1e3", 1000), (",5", 0.5), ("", None), ("abc", None), ("1/2", None),
        ("nan", None), ("inf", None), ("0x10", None), ("١٢", None), ("1,2,3", None),
    ],
)  # fmt: skip
def test_numbers_are_read_in_french_and_english(written: str, number: float | None) -> None:
    assert read_number(written) == number


def test_the_limits_of_a_tolerance_are_right() -> None:
    question = make("number", answer=0.2, tolerance=0.1, unit="m")
    assert mark(question, ["0,3 m"], 0).is_right
    assert mark(question, ["0.1"], 0).is_right
    assert not mark(question, ["0.31"], 0).is_right


@pytest.mark.parametrize(
    ("unit", "right", "written"),
    [
        ("MW", 16, "16 MW"), ("MW", 16, "16mw"), ("m", 9.2, "9,2 m"), ("%", 40, "40 %"),
        ("kg", 1500, "1 500\u202fkg"), ("m³/s", 3, "3 m3 / s"), ("°C", -5, "−5 °C"),
        ("eV", 3, "3 eV"), ("kg", 1500, "1500"), ("", 1000, "1e3"), ("m", 1.5, "1,5e0 m"),
    ],
)  # fmt: skip
def test_a_number_may_be_written_with_its_unit(unit: str, right: float, written: str) -> None:
    assert mark(make("number", answer=right, unit=unit), [written], 0).is_right


@pytest.mark.parametrize(
    ("unit", "written", "sentence"),
    [
        ("MW", "16 kW", "«\u00a0MW\u00a0»"), ("", "16 m", "sans unité"),
        ("m", "seize", "comme 5,35"), ("m", "m", "comme 5,35"), ("m", "1/2 m", "comme 5,35"),
        ("m", "3 m 4", "«\u00a0m\u00a0»"),
        ("m", "1,2,3 m", "comme 5,35"), ("m", "3-4 m", "comme 5,35"),
    ],
)  # fmt: skip
def test_another_unit_is_told_and_costs_no_try(unit: str, written: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as caught:
        mark(make("number", answer=16, unit=unit), [written], 0)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("answer", [[], ["1", "2"], ["vrai"], ["0"]])
def test_neither_true_nor_false_says_nothing(answer: list[str]) -> None:
    with pytest.raises(Unreadable):
        mark(make("truefalse", answer=True), answer, 0)


def test_guessing_brings_what_chance_says() -> None:
    assert mean_by_luck(make("single", options=options(True, False, False, False))) == 1.0
    assert mean_by_luck(make("truefalse", answer=True)) == 2.0
    assert mean_by_luck(make("number", answer=1)) == 0.0
    four = make("multiple", options=options(True, True, False, False))
    assert mean_by_luck(four) == pytest.approx(3 / 15 + 14 / 15 / 14)


@pytest.mark.parametrize(
    ("one", "other"),
    [("La Marée", "marée"), ("l’écluse", "ecluse"), ("Un œuf", "oeuf"), ("de la vase", "VASE"),
     ("the  tide.", "tide")],
)  # fmt: skip
def test_words_are_compared_as_people_do(one: str, other: str) -> None:
    assert same_words(one, other)


def test_nothing_is_not_an_answer() -> None:
    assert not same_words("", "")
    assert plain_words("les lames") == "lames"
    assert not same_words("lame", "lames")
