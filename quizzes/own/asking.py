"""What GIFT says as a question that can be asked here, and what is lost by it."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import nh3
from flask_babel import lazy_gettext as _l
from pydantic import ValidationError

from quizzes.gift.parts import (
    Answer,
    Between,
    Category,
    Entry,
    Essay,
    Exactly,
    Item,
    Matching,
    MultipleChoice,
    Numerical,
    Problem,
    Question,
    Rich,
    ShortAnswer,
    TrueFalse,
    Within,
)
from quizzes.questions import FORMS

BLANK = "_____"
FULL = 100.0
_TAKEN = 1e-9


@dataclass(frozen=True)
class Asked:
    """An item as it can be asked: the JSON of a question, or nothing; and what is not kept."""

    content: dict[str, Any]
    notes: tuple[Problem, ...] = ()


def ask(item: Item) -> Asked:
    """The question that `item` is here."""
    notes: list[Any] = []
    content = _form_of(item, notes)
    if content is not None:
        content = _checked(content, notes)
    return Asked(content or {}, tuple(Problem(item.line, note) for note in notes))


def _checked(content: dict[str, Any], notes: list[Any]) -> dict[str, Any] | None:
    """The JSON as it is kept; None when it cannot be asked, which is noted."""
    form = FORMS.get(content["type"])
    if form is None or not content["question"]["fr"].strip():
        notes.append(_NOTHING_RIGHT)
        return None
    try:
        return form.model_validate(content).model_dump(mode="json")
    except ValidationError:
        notes.append(_TOO_MUCH)
        return None


_NOTHING_RIGHT = _l("Il manque la question ou une réponse juste : gardé pour l’export seulement.")
_TOO_MUCH = _l(
    "Trop long ou trop peu pour être posé ici (2 à 12 choix, 2 à 8 paires) : gardé pour l’export."
)
_UNASKED = _l("Ce texte n’est pas une question à corriger : il est gardé pour l’export seulement.")
_PARTIAL = _l("Les points partiels ne sont pas gardés : une réponse est juste ou fausse.")
_SEVERAL = _l("Plusieurs réponses sont justes : il faudra les cocher toutes.")
_JOKER = _l("Une réponse avec * n’est pas reconnue : elle est laissée de côté.")
_NUMBERS = _l("Une seule réponse numérique est gardée : la première qui vaut tous les points.")
_PICTURE = _l("Une image de la question ne peut pas être montrée.")


def _form_of(item: Item, notes: list[Any]) -> dict[str, Any] | None:
    """The JSON of the question, not validated yet; None when it is no question to mark."""
    if isinstance(item, Category):
        return None
    if not isinstance(item, Question) or isinstance(item, Essay):
        notes.append(_UNASKED)
        return None
    if "<img" in item.stem.text:
        notes.append(_PICTURE)
    shared = {"question": _said(asked_text(item)), "explanation": _said(_explanation(item))}
    return shared | _own(item, notes)


def _own(item: Question, notes: list[Any]) -> dict[str, Any]:
    match item:
        case TrueFalse():
            return {"type": "truefalse", "answer": item.is_true}
        case MultipleChoice():
            return _choice(item, notes)
        case ShortAnswer():
            return _words(item, notes)
        case Numerical():
            return _number(item, notes)
        case Matching():
            return _pairs(item)
    raise TypeError(type(item))


def _said(text: str) -> dict[str, str]:
    return {"fr": text, "en": ""}


def words_of(rich: Rich) -> str:
    """A text without its tags."""
    if rich.format not in ("html", "moodle") or "<" not in rich.text:
        return html.unescape(rich.text) if rich.format == "html" else rich.text
    return html.unescape(nh3.clean(rich.text, tags=set())).strip()


def asked_text(entry: Entry) -> str:
    """The stem; around a missing word, both its parts."""
    after = entry.after if isinstance(entry, Question) else ""
    if not after:
        return words_of(entry.stem)
    parts = (words_of(entry.stem), BLANK, words_of(Rich(after, entry.stem.format)))
    return " ".join(part for part in parts if part)


def _explanation(item: Question) -> str:
    """The general feedback, then that of each answer."""
    said = [words_of(item.general)] if item.general else []
    said.extend(_comments(item))
    return "\n\n".join(said)


def _comments(item: Question) -> Iterator[str]:
    if isinstance(item, TrueFalse):
        yield from (words_of(one) for one in (item.right_feedback, item.wrong_feedback) if one)
    elif isinstance(item, MultipleChoice | ShortAnswer):
        for answer in item.answers:
            if answer.feedback:
                yield f"{words_of(answer.text)} → {words_of(answer.feedback)}"
    elif isinstance(item, Numerical):
        yield from (words_of(one.feedback) for one in item.answers if one.feedback)


def _choice(item: MultipleChoice, notes: list[Any]) -> dict[str, Any]:
    marked = [answer for answer in item.answers if answer.is_right]
    if not marked:
        marked = [answer for answer in item.answers if (answer.weight or 0) > _TAKEN]
    elif len(marked) < sum(1 for a in item.answers if a.is_right or (a.weight or 0) > _TAKEN):
        notes.append(_PARTIAL)
    if len(marked) > 1 and any(answer.is_right for answer in marked):
        notes.append(_SEVERAL)
    options = [
        {"text": _said(words_of(a.text)), "right": any(a is one for one in marked)}
        for a in item.answers
    ]
    return {"type": "single" if len(marked) == 1 else "multiple", "options": options}


def _words(item: ShortAnswer, notes: list[Any]) -> dict[str, Any]:
    full = [a for a in item.answers if _is_full(a)]
    if any(0 < (a.weight or 0) < FULL for a in item.answers):
        notes.append(_PARTIAL)
    if any("*" in a.text.text for a in full):
        notes.append(_JOKER)
    accepted = [words_of(a.text) for a in full if "*" not in a.text.text]
    # A question that accepts nothing could never be answered.
    return {"type": "text" if accepted else "", "answers": {"fr": accepted, "en": []}}


def _is_full(answer: Answer) -> bool:
    return answer.weight is None or answer.weight >= FULL


def _number(item: Numerical, notes: list[Any]) -> dict[str, Any]:
    best = max(FULL if a.weight is None else a.weight for a in item.answers)
    for answer in item.answers:
        weight = FULL if answer.weight is None else answer.weight
        if weight < best or answer.value is None or not answer.is_right:
            continue
        if len(item.answers) > 1:
            notes.append(_NUMBERS)
        return {"type": "number", **_value(answer.value)}
    return {"type": ""}


def _value(value: Exactly | Within | Between) -> dict[str, float]:
    if isinstance(value, Between):
        half = (value.high - value.low) / 2
        return {"answer": value.low + half, "tolerance": half}
    return {"answer": value.number, "tolerance": getattr(value, "tolerance", 0.0)}


def _pairs(item: Matching) -> dict[str, Any]:
    pairs = [
        {"left": _said(words_of(pair.left)), "right": _said(pair.right)}
        for pair in item.pairs
        if pair.left.text
    ]
    extras = [_said(pair.right) for pair in item.pairs if not pair.left.text]
    return {"type": "matching", "pairs": pairs, "extras": extras}
