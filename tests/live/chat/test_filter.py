"""The filter against its published corpora, and against what can be made up by the thousand."""

import re
import statistics
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.classes.folding import fold
from app.live.chat.filter import read_message
from app.live.chat.filter.hearing import hear
from app.live.chat.filter.lists import Heard, compose, phrases, phrases_of
from app.live.chat.filter.numbers import in_digits

CORPORA = Path(__file__).parent / "corpora"
REPORT = Path(__file__).parents[3] / "docs" / "filter.md"
LISTS = (
    *("distress", "abuse", "violence"),
    *("elsewhere", "handle", "personal", "asking", "idioms"),
)


def lines(name: str) -> list[str]:
    """The messages of a corpus, without its comments."""
    kept = (CORPORA / name).read_text("utf-8").splitlines()
    return [line for line in kept if line and not line.startswith("#")]


def rows(name: str) -> list[list[str]]:
    """The same, cut at its tabs."""
    return [line.split("\t") for line in lines(name)]


def test_the_corpora_are_as_large_as_they_should_be() -> None:
    messages = [*lines("clean.txt"), *(message for _, message in rows("held.txt"))]
    assert len(set(messages)) == len(messages) >= 300
    assert len(set(lines("distress.txt"))) == len(set(lines("near_misses.txt"))) == 60
    expected = [what for what, _ in rows("adults.txt")]
    assert (expected.count("held"), expected.count("clear")) == (40, 20)


def test_what_must_not_pass_is_held_and_for_the_right_reason() -> None:
    passed = [
        (why, said) for why, said in rows("held.txt") if why not in read_message(said).reasons
    ]
    assert passed == []


def test_what_classes_ask_is_left_alone() -> None:
    asked = lines("clean.txt")
    held = [(read_message(said), said) for said in asked if read_message(said).outcome != "clear"]
    assert len(held) < 0.02 * len(asked), held


def test_adults_are_read_as_well() -> None:
    wrong = [
        (expected, said)
        for expected, said in rows("adults.txt")
        if read_message(said, adult=True).outcome != expected
    ]
    assert wrong == []


def test_every_call_for_help_raises_an_alarm() -> None:
    missed = [
        (why, said)
        for why, said in rows("distress.txt")
        if read_message(said).outcome != "alarm" or why not in read_message(said).reasons
    ]
    assert missed == []


def test_an_adult_may_call_for_help_too() -> None:
    missed = [
        said
        for _, said in rows("distress.txt")
        if read_message(said, adult=True).outcome != "alarm"
    ]
    assert missed == []


def test_what_only_sounds_like_a_call_raises_hardly_any() -> None:
    said = lines("near_misses.txt")
    alarms = [message for message in said if read_message(message).outcome == "alarm"]
    held = [message for message in said if read_message(message).outcome == "held"]
    assert len(alarms) <= 3, alarms
    assert len(held) <= 3, held


@pytest.mark.parametrize("name", ["holdout.tsv", "holdout2.tsv", "holdout3.tsv"])
def test_what_was_written_after_the_rules_is_judged_alike(name: str) -> None:
    wrong = [
        (expected, said)
        for expected, who, said in rows(name)
        if read_message(said, adult=who == "adult").outcome != expected
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "change",
    [str.upper, str.lower, str.title, lambda said: f"  {said} !!", lambda said: f"« {said} »"],
)
def test_case_and_signs_around_change_nothing_that_matters(change: type[str]) -> None:
    alarms = [said for _, said in rows("distress.txt") if said != "kms"]
    assert [said for said in alarms if read_message(change(said)).outcome != "alarm"] == []


def without_accents(said: str) -> str:
    """How somebody writes who has no time for accents."""
    return said.translate(str.maketrans("àâçéèêëîïôùûüÉÀ’", "aaceeeeiiouuuEA'"))


def test_accents_do_not_matter() -> None:
    for name in ("distress.txt", "held.txt", "adults.txt"):
        for expected, said in rows(name):
            adult = name == "adults.txt" and expected == "held"
            bare = read_message(without_accents(said), adult=adult)
            assert bare.outcome == read_message(said, adult=adult).outcome, said


def test_a_student_may_ask_what_an_adult_may_not() -> None:
    assert read_message("Vous avez quel âge ?").outcome == "clear"
    assert read_message("Tu as quel âge ?", adult=True).reasons == ("personal",)


def test_an_adult_says_a_first_name() -> None:
    assert read_message("Je m’appelle Karim, je suis soudeur.", adult=True).outcome == "clear"
    assert read_message("Je m’appelle Karim").reasons == ("personal",)


def test_an_alarm_tells_what_else_there_is() -> None:
    verdict = read_message("je veux mourir, appelle moi au 06 12 34 56 78")
    assert verdict.outcome == "alarm"
    assert verdict.reasons[0] == "distress"
    assert "telephone" in verdict.reasons


def test_an_idiom_hides_nothing_beside_it() -> None:
    assert read_message("je meurs de faim").outcome == "clear"
    assert read_message("je meurs de faim et j'ai envie de mourir").outcome == "alarm"
    assert read_message("tu violes la règle, connard").outcome == "held"


@pytest.mark.parametrize(
    "text", ["", " ", "?", "…", "😀", "\u200b", "1" * 5000, "a " * 5000, "-" * 5000]
)
def test_anything_can_be_read(text: str) -> None:
    assert read_message(text).outcome in {"clear", "held"}


@given(st.text(max_size=300), st.booleans())
def test_any_text_has_a_verdict_and_always_the_same(text: str, adult: bool) -> None:
    verdict = read_message(text, adult=adult)
    assert verdict == read_message(text, adult=adult)
    assert (verdict.outcome == "clear") == (not verdict.reasons)


SEPARATORS = st.sampled_from(["", " ", ".", "-", "/", " - ", "_", ",", " . ", "  ", "\u00a0", "·"])
WORDS = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]


@st.composite
def french_numbers(draw: st.DrawFn) -> str:
    """Ten digits of the French plan, overseas too: 0 and 1 to 9, or +33, +262, +590, +594, +596."""
    rest = draw(st.text("0123456789", min_size=8, max_size=8))
    start = draw(st.sampled_from("123456789"))
    prefix = draw(st.sampled_from(["0", "0", "+33", "0033", "+33 (0)", "+262", "+590", "+596"]))
    return prefix + start + rest


@st.composite
def separated(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> str:
    """The same with separators between any of its digits."""
    number = draw(numbers)
    prefix, digits = (number, "") if number[0] != "0" else (number[:2], number[2:])
    if not digits:
        prefix, digits = number[:-9], number[-9:]
    return prefix + "".join(draw(SEPARATORS) + digit for digit in digits)


@given(separated(french_numbers()), st.sampled_from(["", "mon tel : ", "Appelez le ", "c'est le "]))
def test_a_number_of_the_french_plan_is_held_however_it_is_cut(number: str, before: str) -> None:
    assert "telephone" in read_message(before + number + " merci").reasons


@given(st.text("0123456789", min_size=8, max_size=8), st.sampled_from("123456789"), st.data())
def test_digits_and_words_may_alternate(rest: str, start: str, data: st.DataObject) -> None:
    said = [WORDS[int(sign)] if data.draw(st.booleans()) else sign for sign in f"0{start}{rest}"]
    assert "telephone" in read_message(" ".join(said)).reasons


@pytest.mark.parametrize("said", ["0 1 0 0 0 0 0 0 un un", "06 un un un 22 33 4", "un un un 0 7 8"])
def test_a_one_counts_beside_another_one(said: str) -> None:
    assert in_digits(said) == said.replace("un", "1")


NAMES = st.from_regex(re.compile(r"[a-z]{3,10}[._]?[a-z0-9]{1,8}", re.ASCII), fullmatch=True)
HOSTS = st.sampled_from(["gmail", "orange", "laposte", "ac-rennes", "mon-usine", "outlook"])
ENDS = st.sampled_from(["com", "fr", "net", "org", "co.uk"])
ATS = st.sampled_from(["@", " @ ", " (at) ", "[at]", " arobase ", " AROBASE ", "＠", "{at}"])
DOTS = st.sampled_from([".", " . ", " point ", "(point)", " dot ", "[dot]", " (.) "])


@given(NAMES, HOSTS, ENDS, ATS, DOTS, st.booleans())
def test_an_address_is_held_however_its_signs_are_spelt(
    name: str, host: str, end: str, at: str, dot: str, loud: bool
) -> None:
    said = f"ecrivez moi {name}{at}{host}{dot}{end}"
    assert "email" in read_message(said.upper() if loud else said).reasons


@pytest.mark.parametrize(
    "said",
    [
        *("De 05:00 - 13:00, 13:00 - 21:00 ?", "le 06/12/2024 - 05:30 ?", "10 000 ou 225 000 V ?"),
        *("En 1966, 1985 et 2003 ?", "3 000 000 000 kWh par an", "C'est 0,25 ou 0,5 mm ?"),
        *("Le 3018 ou le 119", "La vis M8 x 25, 5 par 5", "un deux trois soleil"),
    ],
)
def test_numbers_that_call_nobody_pass(said: str) -> None:
    assert read_message(said).outcome == "clear"


@pytest.mark.parametrize("name", LISTS)
def test_every_line_of_a_list_can_be_read_and_says_something_of_its_own(name: str) -> None:
    said = phrases(name)
    assert len(set(said)) == len(said), [line for line in said if said.count(line) > 1]
    loose = [line for line in said if re.compile(compose(line)).match("")]
    assert loose == []


def test_a_long_message_takes_milliseconds_not_more() -> None:
    said = " ".join(lines("clean.txt"))[:300]
    read_message(said)
    spent = []
    for _ in range(30):
        start = time.perf_counter()
        read_message(said)
        spent.append(time.perf_counter() - start)
    assert statistics.median(spent) < 0.02, (
        "seconds; docs/filter.md has the figure of a quiet machine"
    )


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_tried_wherever_one_of_its_phrases_begins(name: str) -> None:
    found = phrases_of(name)
    said = [one[-1] for file in CORPORA.iterdir() for one in rows(file.name)]
    heard = [Heard(reading) for text in said for reading in hear(fold(text))]
    whole = [one.text for one in heard if found.pattern.search(one.text)]
    assert [one.text for one in heard if found.are_in(one)] == whole
    assert len(whole) > 1
