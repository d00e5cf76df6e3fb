"""GIFT is read as its authors expect, written back the same, and told where it is broken."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.gift import Item, read_gift, write_gift
from quizzes.gift.parts import (
    Answer,
    Between,
    Category,
    Description,
    Entry,
    Essay,
    Exactly,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Pair,
    Question,
    Rich,
    ShortAnswer,
    TrueFalse,
    Value,
    Within,
)

PAIRS = Path(__file__).parents[3] / "shared" / "data" / "gift"
LONG = 2 * 10**5
NAMES = sorted(path.stem for path in PAIRS.glob("*.gift"))


def rich(text: Rich | None) -> dict[str, str] | None:
    """A text as the expected parses write it."""
    return None if text is None else {"format": text.format, "text": text.text}


def number(value: Value | None) -> dict[str, Any]:
    """A number as the expected parses write it."""
    if isinstance(value, Between):
        return {"type": "high-low", "numberHigh": value.high, "numberLow": value.low}
    if isinstance(value, Within):
        return {"type": "range", "number": value.number, "range": value.tolerance}
    assert isinstance(value, Exactly)
    return {"type": "simple", "number": value.number}


def choice(answer: Answer | NumberAnswer) -> dict[str, Any]:
    """An answer as the expected parses write it."""
    said = number(answer.value) if isinstance(answer, NumberAnswer) else rich(answer.text)
    told = {"isCorrect": answer.is_right, "weight": answer.weight, "text": said}
    return told | {"feedback": rich(answer.feedback)}


def own(item: Entry) -> dict[str, Any]:
    """What only this type of question has."""
    match item:
        case TrueFalse():
            told = {"trueFeedback": rich(item.wrong_feedback)}
            return {"type": "TF", "isTrue": item.is_true, **told} | {
                "falseFeedback": rich(item.right_feedback)
            }
        case MultipleChoice() | ShortAnswer():
            kind = "MC" if isinstance(item, MultipleChoice) else "Short"
            return {"type": kind, "choices": [choice(answer) for answer in item.answers]}
        case Numerical():
            listed = [choice(answer) for answer in item.answers]
            return {"type": "Numerical", "choices": listed if listed[1:] else listed[0]["text"]}
        case Matching():
            pairs = [{"subquestion": rich(p.left), "subanswer": p.right} for p in item.pairs]
            return {"type": "Matching", "matchPairs": pairs}
        case _:
            return {"type": type(item).__name__}


def as_expected(item: Item) -> dict[str, Any]:
    """An item as the expected parses write it."""
    if isinstance(item, Category):
        return {"type": "Category", "title": item.path}
    after = item.after if isinstance(item, Question) else ""
    words = [item.stem.text, "_____", after] if after else [item.stem.text]
    shared = {
        "id": item.id,
        "tags": list(item.tags) or None,
        "title": item.title,
        "stem": {"format": item.stem.format, "text": " ".join(word for word in words if word)},
        "hasEmbeddedAnswers": bool(after),
    }
    if isinstance(item, Question):
        shared["globalFeedback"] = rich(item.general)
    return shared | own(item)


@pytest.mark.skipif(not NAMES, reason="the shared GIFT texts are not on this machine")
@pytest.mark.parametrize("name", NAMES)
def test_the_texts_of_others_are_read_as_their_authors_expect(name: str) -> None:
    parsed = read_gift((PAIRS / f"{name}.gift").read_text())
    expected = json.loads((PAIRS / f"{name}.json").read_text())
    assert parsed.problems == ()
    assert [as_expected(item) for item in parsed.questions] == expected
    assert read_gift(write_gift(parsed.questions)) == parsed


signs = st.sampled_from(r"\~=#{}:[]%/$-> n.*éa1") | st.characters(
    exclude_categories=["Cs"], exclude_characters="\r"
)
words = st.text(signs, min_size=1, max_size=12)


def kept(text: str, format_: str) -> str:
    """`text` as its format keeps it: spaces at the ends go, and doubled ones of plain texts."""
    one_line = text.replace("\t", " ")
    if format_ in ("moodle", "plain"):
        one_line = re.sub(" {2,}", " ", one_line)
    return one_line.strip(" ")


@st.composite
def riches(draw: st.DrawFn) -> Rich:
    """A text that says something."""
    format_ = draw(st.sampled_from(["moodle", "html", "markdown", "plain"]))
    return Rich(kept(draw(words), format_) or "x", format_)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A text on one line."""
    return " ".join(draw(words).replace("->", "").split()) or "x"


floats = st.floats(allow_nan=False, allow_infinity=False, width=32).map(float)
weights = st.none() | st.integers(-100, 100).map(float) | st.just(33.33333)
feedback = st.none() | riches()
arrowless = riches().filter(lambda text: "->" not in text.text)
values = (
    st.builds(Exactly, floats)
    | st.builds(Within, floats, floats.map(abs))
    | st.tuples(floats, floats).map(lambda ends: Between(*sorted(ends)))
)
number_answers = st.builds(NumberAnswer, st.none() | values, st.booleans(), weights, feedback)
shared: dict[str, st.SearchStrategy[Any]] = {
    "stem": riches(),
    "title": st.none() | lines(),
    "id": st.none() | lines(),
    "tags": st.lists(lines(), max_size=2).map(tuple),
}


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any item that GIFT can say."""
    if draw(st.integers(0, 9)) == 0:
        return Category(path=draw(lines()))
    common = {name: draw(strategy) for name, strategy in shared.items()}
    form = draw(st.sampled_from([Description, Essay, TrueFalse, MultipleChoice, ShortAnswer,
                                 Numerical, Matching]))  # fmt: skip
    if form is Description:
        return Description(**common)
    common["after"] = kept(draw(st.just("") | words), common["stem"].format)
    common["general"] = draw(feedback)
    return form(**common, **draw(st.fixed_dictionaries(OWN[form])))  # type: ignore[no-any-return]


right = st.builds(Answer, st.just(True), arrowless, weights, feedback)
wrong = st.builds(Answer, st.just(False), riches(), weights, feedback)
OWN: dict[Any, dict[str, st.SearchStrategy[Any]]] = {
    Essay: {},
    TrueFalse: {"is_true": st.booleans(), "wrong_feedback": feedback, "right_feedback": feedback},
    MultipleChoice: {
        "answers": st.builds(lambda a, b: (a, *b), wrong, st.lists(right | wrong, max_size=3))
    },
    ShortAnswer: {"answers": st.lists(right, min_size=1, max_size=3).map(tuple)},
    Numerical: {"answers": st.lists(number_answers, min_size=1, max_size=3).map(tuple)},
    Matching: {
        "pairs": st.lists(st.builds(Pair, arrowless, lines()), min_size=1, max_size=3).map(tuple)
    },
}


@given(st.lists(items(), max_size=3))
def test_what_is_written_is_read_back_the_same(written: list[Item]) -> None:
    parsed = read_gift(write_gift(written))
    assert parsed.problems == ()
    assert list(parsed.questions) == written


@given(st.text(st.sampled_from("\\~=#{}:$/[]% \n->.1T") | signs, max_size=60))
def test_nothing_that_is_written_breaks_the_reader(text: str) -> None:
    parsed = read_gift(text)
    lines_of_text = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= p.line <= lines_of_text and str(p.message) for p in parsed.problems)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("Un ?{=a}\n\nDeux ?{=b\n\nTrois ?{=c}", 3, "jamais fermée"),
        ("Un ?\n=a}", 2, "sans être ouverte"),
        ("Un ? {=a {b}", 1, "dans une autre"),
        ("Un ? {=a}\nDeux ?\n{=b}", 3, "ligne vide"),
        ("::Titre sans fin\nUn ? {=a}", 1, "titre"),
        ("// rien\n\nUn ?\n{\n=a\n~\n}", 6, "vide"),
        ("Un ? {oui}", 1, "= ou ~"),
        ("Un ? {1:MC:=a~b}", 1, "Cloze"),
        ("Un ? {#trois}", 1, "« trois »"),
        ("Un ? {#1e999}", 1, "« 1e999 »"),
        ("Un ? {#}", 1, "nombre attendu"),
        ("Un ? {#3 =4}", 1, "liste"),
        ("Un ? {\n=a -> b\n=c ->\n}", 3, "flèche"),
        ("Un ? {\n=a -> b # non\n}", 2, "commentaire"),
    ],
)
def test_what_is_broken_is_told_with_its_line(text: str, line: int, sentence: str) -> None:
    (problem,) = read_gift(text).problems
    assert problem.line == line
    assert sentence in str(problem.message).replace("\u00a0", " ")


def test_a_broken_question_does_not_hide_the_next() -> None:
    parsed = read_gift("Un ?{=a\n\nDeux ?{=b}\r\n\r\nTrois ? {\n=c\n\n=d\n}")
    stems = [item.stem.text for item in parsed.questions if isinstance(item, Question)]
    assert stems == ["Deux ?", "Trois ?"]
    assert len(parsed.problems) == 1


@pytest.mark.parametrize(
    "text",
    ["{" * LONG, "}" * LONG, "\\" * LONG, "a{" * 10**5, "\n{=a\n\n" * 10**5, "::" * LONG,
     "x{" + "=a->b" * 10**5 + "}", "x{" + "#" * LONG + "}", "x{=%" + "1" * LONG + "}",
     "x{#" + "9" * LONG + "}", "// [tag:" * 10**5, " " * LONG + "x", "x{=" + " " * LONG + "}",
     "[html" * 10**5,
     "x{" + "//\n" * 10**5, "x{T" + "//\n" * 10**5 + "x}", "$CATEGORY:a\n" * 10**4],
)  # fmt: skip
def test_hostile_texts_take_no_longer_than_their_length(text: str) -> None:
    """A text that took the square of its length would not come back within the tests' limit."""
    read_gift(text)


def test_a_comment_may_end_the_line_of_a_title_and_stand_among_answers() -> None:
    text = """::Titre:: // sur le titre
    C’est faux. // ceci est du texte
    { // avant
    // encore
    F // après
    // et encore
    }"""
    (item,) = read_gift(text).questions
    assert isinstance(item, TrueFalse)
    assert (item.title, item.is_true) == ("Titre", False)
    assert item.stem.text == "C’est faux. // ceci est du texte"
    (item,) = read_gift("Un ?{ // laquelle\n=a // b\n~c}").questions
    assert isinstance(item, MultipleChoice)
    assert [answer.text.text for answer in item.answers] == ["a // b", "c"]


def test_comments_give_ids_and_tags_to_the_question_below() -> None:
    parsed = read_gift("// [id:7] [tag:a\\]b]\n\n// [tag:c]\nUn ?{T}\n\nDeux ?{F}")
    first, second = parsed.questions
    assert isinstance(first, TrueFalse)
    assert (first.id, first.tags, first.line) == ("7", ("a]b", "c"), 4)
    assert isinstance(second, TrueFalse)
    assert (second.id, second.tags, second.line) == (None, (), 6)
