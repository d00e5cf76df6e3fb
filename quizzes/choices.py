"""Questions answered by choosing."""

from collections.abc import Sequence
from typing import Annotated, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field, model_validator

from app.core.texts import Strict, Text
from quizzes.forms import QuestionForm, Unreadable


class Choice(Strict):
    """One thing that may be chosen."""

    text: Text
    right: bool = False


class ChoiceForm(QuestionForm):
    """A question answered by choosing: the answer holds the numbers of options, from 0."""

    options: Annotated[list[Choice], Field(min_length=2, max_length=12)]

    def right_numbers(self) -> set[int]:
        """The numbers of the right options, from 0."""
        return {n for n, option in enumerate(self.options) if option.right}

    def chosen(self, answer: Sequence[str]) -> set[int]:
        """The numbers of the options chosen. Raises Unreadable."""
        numbers = {int(a) for a in answer if a.isascii() and a.isdigit() and len(a) < 3}
        if not numbers or len(numbers) < len(set(answer)) or max(numbers) >= len(self.options):
            raise Unreadable(_l("Choisis une réponse, puis valide."))
        return numbers


class OneOfForm(ChoiceForm):
    """One option is right."""

    def worth(self, answer: Sequence[str]) -> float:
        """The right one was chosen."""
        chosen = self.chosen(answer)
        if len(chosen) > 1:
            raise Unreadable(_l("Choisis une seule réponse."))
        return float(chosen == self.right_numbers())

    def chance(self) -> tuple[float, float]:
        """One in n, then one in those left."""
        return 1 / len(self.options), 1 / (len(self.options) - 1)


class SingleQuestion(OneOfForm):
    """One option is right."""

    type: Literal["single"]

    @model_validator(mode="after")
    def _has_one_right(self) -> "SingleQuestion":
        if len(self.right_numbers()) != 1:
            raise ValueError("one-right")
        return self


class MultipleQuestion(ChoiceForm):
    """One option or several are right: all of them and no other must be chosen."""

    type: Literal["multiple"]

    @model_validator(mode="after")
    def _has_some_right(self) -> "MultipleQuestion":
        if not self.right_numbers():
            raise ValueError("some-right")
        return self

    def worth(self, answer: Sequence[str]) -> float:
        """Exactly the right ones were chosen."""
        return float(self.chosen(answer) == self.right_numbers())

    def chance(self) -> tuple[float, float]:
        """One among all sets of options but the empty one, then one among those left."""
        sets: int = 2 ** len(self.options) - 1
        return 1 / sets, 1 / (sets - 1)


class TrueFalseQuestion(QuestionForm):
    """A sentence that is true or false."""

    type: Literal["truefalse"]
    answer: bool

    def worth(self, answer: Sequence[str]) -> float:
        """It was judged rightly: the answer is `true` or `false`."""
        if len(answer) != 1 or answer[0] not in ("true", "false"):
            raise Unreadable(_l("Choisis vrai ou faux, puis valide."))
        return float((answer[0] == "true") == self.answer)

    def chance(self) -> tuple[float, float]:
        """One in two, then sure."""
        return 0.5, 1.0
