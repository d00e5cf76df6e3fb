"""The bars of a question: into which one an answer falls, and how bars are called.

What students write is never shown to others: words and numbers fall into « juste » or beside.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from babel.numbers import format_decimal
from flask_babel import gettext as _

from quizzes.choices import ChoiceForm, TrueFalseQuestion
from quizzes.forms import QuestionForm
from quizzes.matching import MatchingQuestion
from quizzes.numeric import NumberForm
from quizzes.pointing import PlaceQuestion

RIGHT, NEAR, OTHER = "right", "near", "other"


def keys_of(form: QuestionForm) -> list[str]:
    """The bars of a question, in the order in which they stand."""
    if isinstance(form, ChoiceForm):
        elsewhere = [OTHER] if isinstance(form, PlaceQuestion) else []
        return [str(number) for number in range(len(form.options))] + elsewhere
    if isinstance(form, TrueFalseQuestion):
        return ["true", "false"]
    return [RIGHT, NEAR, OTHER] if form.type == "estimate" else [RIGHT, OTHER]


def right_keys(form: QuestionForm) -> set[str]:
    """The bars of right answers."""
    if isinstance(form, ChoiceForm):
        return {str(number) for number in form.right_numbers()}
    if isinstance(form, TrueFalseQuestion):
        return {"true" if form.answer else "false"}
    return {RIGHT, NEAR} if form.type == "estimate" else {RIGHT}


def bars_for(form: QuestionForm, answer: Sequence[str], worth: float) -> list[str]:
    """The bars into which an answer falls: several where several may be chosen."""
    if isinstance(form, PlaceQuestion) and len(answer) == 2:
        return sorted(right_keys(form)) if worth else [OTHER]
    if isinstance(form, (ChoiceForm, TrueFalseQuestion)):
        return sorted(set(answer))
    if form.type == "estimate" and 0 < worth < 1:
        return [NEAR]
    return [RIGHT if worth else OTHER]


def count_bars(form: QuestionForm, answers: Iterable[tuple[list[str], float]]) -> dict[str, Any]:
    """What stays of the answers to a question."""
    bars = dict.fromkeys(keys_of(form), 0)
    answered = right = 0
    for answer, worth in answers:
        answered += 1
        right += worth > 0
        for key in bars_for(form, answer, worth):
            bars[key] += 1
    return {"bars": bars, "answered": answered, "right": right}


def add_hands(form: QuestionForm, counted: dict[str, Any], hands: Mapping[str, int]) -> None:
    """Add the hands that a teacher has counted."""
    for key, count in hands.items():
        counted["bars"][key] += count
    several = form.type == "multiple"
    counted["answered"] += max(hands.values()) if several else sum(hands.values())
    right = [hands[key] for key in right_keys(form)]
    counted["right"] += min(right) if several else sum(right)


def is_right_by_hands(form: QuestionForm, hands: Mapping[str, int]) -> bool:
    """Whether the class has the right answer: the one with the most hands, as in a visit."""
    most = max(hands.values(), default=0)
    if not most:
        return False
    if form.type == "multiple":
        chosen = {key for key, count in hands.items() if 2 * count >= most}
        return chosen == right_keys(form)
    first = [key for key, count in hands.items() if count == most]
    return len(first) == 1 and first[0] in right_keys(form)


def name_bars(form: QuestionForm, language: str) -> dict[str, str]:
    """How the bars are called."""
    names = {"true": _("Vrai"), "false": _("Faux"), RIGHT: _("Juste"), NEAR: _("Tout près")}
    names[OTHER] = _("Ailleurs") if isinstance(form, PlaceQuestion) else _("Autre réponse")
    if isinstance(form, ChoiceForm):
        names |= {str(number): one.text.say(language) for number, one in enumerate(form.options)}
    return {key: names[key] for key in keys_of(form)}


def say_right(form: QuestionForm, language: str) -> list[str]:
    """The right answer in words."""
    if isinstance(form, (ChoiceForm, TrueFalseQuestion)):
        names = name_bars(form, language)
        return [names[key] for key in keys_of(form) if key in right_keys(form)]
    if isinstance(form, MatchingQuestion):
        return [f"{pair.left.say(language)} → {pair.right.say(language)}" for pair in form.pairs]
    if isinstance(form, NumberForm):
        number = format_decimal(form.answer, format="#,##0.######", locale=language)
        return [f"{number}\N{NO-BREAK SPACE}{form.unit}".strip()]
    accepted: Any = form
    return list(accepted.answers.fr[:1] or accepted.answers.en[:1])
