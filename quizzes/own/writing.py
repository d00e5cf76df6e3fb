"""A question of ours as GIFT."""

from typing import Any

from app.core.texts import Text
from quizzes.choices import ChoiceForm, MultipleQuestion, TrueFalseQuestion
from quizzes.forms import QuestionForm
from quizzes.gift.parts import (
    Answer,
    Exactly,
    Item,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Pair,
    Rich,
    ShortAnswer,
    TrueFalse,
    Within,
)
from quizzes.matching import MatchingQuestion
from quizzes.numeric import NumberForm
from quizzes.written import TextQuestion


def gift_of(form: QuestionForm) -> Item:
    """The same question as GIFT. Raises TypeError for a form that GIFT does not know."""
    explanation = _rich(form.explanation)
    shared: dict[str, Any] = {"stem": _rich(form.question)}
    shared["general"] = explanation if explanation.text else None
    if isinstance(form, TrueFalseQuestion):
        return TrueFalse(is_true=form.answer, **shared)
    if isinstance(form, ChoiceForm):
        return MultipleChoice(answers=_choices(form), **shared)
    if isinstance(form, TextQuestion):
        accepted = [Answer(True, Rich(one)) for one in form.answers.fr + form.answers.en]
        return ShortAnswer(answers=tuple(accepted), **shared)
    if isinstance(form, NumberForm):
        value = Within(form.answer, form.tolerance) if form.tolerance else Exactly(form.answer)
        return Numerical(answers=(NumberAnswer(value),), **shared)
    if isinstance(form, MatchingQuestion):
        return Matching(pairs=_pairs(form), **shared)
    raise TypeError(form.type)


def _rich(text: Text) -> Rich:
    return Rich("\n".join(line.strip() for line in text.say("fr").strip().splitlines()))


def _choices(form: ChoiceForm) -> tuple[Answer, ...]:
    """One right one is marked; several share the points, and a wrong one takes them all."""
    if not isinstance(form, MultipleQuestion):
        return tuple(Answer(one.right, _rich(one.text)) for one in form.options)
    share = round(100 / len(form.right_numbers()), 5)
    return tuple(
        Answer(False, _rich(one.text), share if one.right else -100.0) for one in form.options
    )


def _pairs(form: MatchingQuestion) -> tuple[Pair, ...]:
    """The pairs, then the wrong partners, which have no left side."""
    pairs = [Pair(_rich(pair.left), _rich(pair.right).text) for pair in form.pairs]
    return (*pairs, *(Pair(Rich(""), _rich(extra).text) for extra in form.extras))
