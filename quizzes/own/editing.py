"""The form in which a teacher changes a simple question."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from quizzes.forms import QuestionForm
from quizzes.numbers import read_number
from quizzes.questions import FORMS

SIMPLE = ("single", "multiple", "truefalse", "text", "number", "matching")
"""The types that can be changed in a form; the others are changed in their GIFT text."""

Typed = MultiDict[str, str]


def read_question(content: Mapping[str, Any], typed: Typed) -> QuestionForm | None:
    """The question that was typed in the place of `content`; None when it does not hold."""
    changed = dict(content) | _own(content, typed)
    changed["question"] = {"fr": typed.get("question", "").strip(), "en": ""}
    changed["explanation"] = {"fr": typed.get("explanation", "").strip(), "en": ""}
    try:
        form = FORMS[content["type"]].model_validate(changed)
    except ValidationError:
        return None
    return form if form.question else None


def _own(content: Mapping[str, Any], typed: Typed) -> dict[str, Any]:
    kind = content["type"]
    if kind in ("single", "multiple"):
        right = set(typed.getlist("right"))
        options: list[dict[str, Any]] = [
            {"text": {"fr": text.strip(), "en": ""}, "right": str(number) in right}
            for number, text in enumerate(typed.getlist("option"))
        ]
        return {"options": [option for option in options if option["text"]["fr"]]}
    if kind == "truefalse":
        return {"answer": typed.get("answer") == "true"}
    if kind == "text":
        accepted = [line.strip() for line in typed.get("answers", "").splitlines() if line.strip()]
        return {"answers": {"fr": accepted, "en": []} if accepted else None}
    if kind == "matching":
        return _pairs(typed)
    tolerance = read_number(typed.get("tolerance") or "0")
    return {"answer": read_number(typed.get("answer", "")), "tolerance": tolerance}


def _pairs(typed: Typed) -> dict[str, Any]:
    """A line that is left empty is no pair; one that is half empty is, and does not hold."""
    lines = zip(typed.getlist("left"), typed.getlist("partner"), strict=False)
    pairs = [(left.strip(), partner.strip()) for left, partner in lines]
    said = [{"left": _in_words(one), "right": _in_words(two)} for one, two in pairs if one or two]
    extras = [line.strip() for line in typed.get("extras", "").splitlines() if line.strip()]
    if not all(left and partner for left, partner in pairs if left or partner):
        return {"pairs": None}
    return {"pairs": said, "extras": [_in_words(line) for line in extras]}


def _in_words(text: str) -> dict[str, str]:
    return {"fr": text, "en": ""}
