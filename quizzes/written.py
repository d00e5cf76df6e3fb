"""Questions answered in writing: words, and estimates."""

from collections.abc import Sequence
from typing import Annotated, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field, StringConstraints

from app.core.texts import Printable, Strict, wanted
from quizzes.forms import QuestionForm, Unreadable
from quizzes.numeric import NumberForm
from quizzes.wording import plain_words, same_words

Accepted = Annotated[str, StringConstraints(min_length=1, max_length=80), Printable]


class Answers(Strict):
    """The answers that are accepted, by language; case, accents and articles do not matter."""

    fr: Annotated[list[Accepted], Field(max_length=20)] = wanted(list)
    en: Annotated[list[Accepted], Field(max_length=20)] = wanted(list)

    def accept(self, written: str) -> bool:
        """Whether one of them says the same, in either language."""
        return any(same_words(written, one) for one in self.fr + self.en)


class TextQuestion(QuestionForm):
    """A word or a few to write."""

    type: Literal["text"]
    answers: Answers = wanted(Answers)

    def worth(self, answer: Sequence[str]) -> float:
        """One of the accepted answers, in either language."""
        if len(answer) != 1 or not plain_words(answer[0]):
            raise Unreadable(_l("Écris ta réponse, puis valide."))
        return float(self.answers.accept(answer[0]))

    def chance(self) -> tuple[float, float]:
        """Words are not guessed."""
        return 0.0, 0.0


class EstimateQuestion(NumberForm):
    """A number to estimate: the closer, the more it is worth.

    Within `tolerance` it is worth all, then less, and nothing beyond `tolerance` and `margin`.
    """

    type: Literal["estimate"]
    margin: Annotated[float, Field(gt=0)]

    def worth(self, answer: Sequence[str]) -> float:
        """All within the tolerance, two thirds in the nearer half of the margin, then a third."""
        beyond = self.distance(answer) - self.tolerance
        if beyond <= self.hair:
            return 1.0
        if beyond <= self.margin / 2 + self.hair:
            return 2 / 3
        return 1 / 3 if beyond <= self.margin + self.hair else 0.0
