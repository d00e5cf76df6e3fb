"""Types of questions. A new one is a class here, or in a module of its own, named in `FORMS`."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field, StringConstraints, model_validator

from app.core.texts import Printable, Strict, Text, wanted
from quizzes.numbers import plain_unit, read_quantity


class Unreadable(ValueError):
    """An answer that says nothing; it costs no try. Its text is a sentence for who answered."""


class QuestionForm(Strict):
    """What every question has. Its answer is a list of texts."""

    type: str
    question: Text
    explanation: Text = wanted(Text, description="Shown once it is answered; Markdown.")

    @abstractmethod
    def is_right(self, answer: Sequence[str]) -> bool:
        """Whether `answer` is right. Raises Unreadable."""

    @abstractmethod
    def chance(self) -> tuple[float, float]:
        """How likely a guess is right at the first try, and at the second when the first failed."""


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


class SingleQuestion(ChoiceForm):
    """One option is right."""

    type: Literal["single"]

    @model_validator(mode="after")
    def _has_one_right(self) -> "SingleQuestion":
        if len(self.right_numbers()) != 1:
            raise ValueError("one-right")
        return self

    def is_right(self, answer: Sequence[str]) -> bool:
        """The right one was chosen."""
        chosen = self.chosen(answer)
        if len(chosen) > 1:
            raise Unreadable(_l("Choisis une seule réponse."))
        return chosen == self.right_numbers()

    def chance(self) -> tuple[float, float]:
        """One in n, then one in those left."""
        return 1 / len(self.options), 1 / (len(self.options) - 1)


class MultipleQuestion(ChoiceForm):
    """One option or several are right: all of them and no other must be chosen."""

    type: Literal["multiple"]

    @model_validator(mode="after")
    def _has_some_right(self) -> "MultipleQuestion":
        if not self.right_numbers():
            raise ValueError("some-right")
        return self

    def is_right(self, answer: Sequence[str]) -> bool:
        """Exactly the right ones were chosen."""
        return self.chosen(answer) == self.right_numbers()

    def chance(self) -> tuple[float, float]:
        """One among all sets of options but the empty one, then one among those left."""
        sets: int = 2 ** len(self.options) - 1
        return 1 / sets, 1 / (sets - 1)


class NumberQuestion(QuestionForm):
    """A number, right within a tolerance."""

    type: Literal["number"]
    answer: float
    tolerance: Annotated[float, Field(ge=0)] = 0
    unit: Annotated[str, StringConstraints(max_length=20), Printable] = ""

    def is_right(self, answer: Sequence[str]) -> bool:
        """Within the tolerance, limits included; its unit may be written after it."""
        quantity = read_quantity(answer[0]) if len(answer) == 1 else None
        if quantity is None:
            raise Unreadable(_l("Écris un nombre, comme 5,35."))
        number, unit = quantity
        if unit not in ("", plain_unit(self.unit)):
            raise Unreadable(self._other_unit())
        # A hair more than the tolerance: 0.3 lies within 0.1 of 0.2, in decimals if not in binary.
        return abs(number - self.answer) <= self.tolerance + 1e-9 * max(1.0, abs(self.answer))

    def _other_unit(self) -> Any:
        if not self.unit:
            return _l("Écris le nombre seul, sans unité.")
        return _l(
            "L’unité est ici « %(unit)s » : écris le nombre, avec elle ou seul.", unit=self.unit
        )

    def chance(self) -> tuple[float, float]:
        """Numbers are not guessed."""
        return 0.0, 0.0


class TrueFalseQuestion(QuestionForm):
    """A sentence that is true or false."""

    type: Literal["truefalse"]
    answer: bool

    def is_right(self, answer: Sequence[str]) -> bool:
        """It was judged rightly: the answer is `true` or `false`."""
        if len(answer) != 1 or answer[0] not in ("true", "false"):
            raise Unreadable(_l("Choisis vrai ou faux, puis valide."))
        return (answer[0] == "true") == self.answer

    def chance(self) -> tuple[float, float]:
        """One in two, then sure."""
        return 0.5, 1.0


FORMS: dict[str, type[QuestionForm]] = {
    "single": SingleQuestion,
    "multiple": MultipleQuestion,
    "number": NumberQuestion,
    "truefalse": TrueFalseQuestion,
}
