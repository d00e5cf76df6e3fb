"""Questions whose answer is a number."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field, StringConstraints

from app.core.texts import Printable
from quizzes.forms import QuestionForm, Unreadable
from quizzes.numbers import plain_unit, read_quantity


class NumberForm(QuestionForm):
    """A number, and how far from it is still right."""

    answer: float
    tolerance: Annotated[float, Field(ge=0)] = 0
    unit: Annotated[str, StringConstraints(max_length=20), Printable] = ""

    @property
    def hair(self) -> float:
        """A hair more than the limits: 0.3 lies within 0.1 of 0.2, in decimals if not in binary."""
        return 1e-9 * max(1.0, abs(self.answer))

    def distance(self, answer: Sequence[str]) -> float:
        """How far from the number; its unit may be written after it. Raises Unreadable."""
        quantity = read_quantity(answer[0]) if len(answer) == 1 else None
        if quantity is None:
            raise Unreadable(_l("Écris un nombre, comme 5,35."))
        number, unit = quantity
        if unit not in ("", plain_unit(self.unit)):
            raise Unreadable(self._other_unit())
        return abs(number - self.answer)

    def _other_unit(self) -> Any:
        if not self.unit:
            return _l("Écris le nombre seul, sans unité.")
        return _l(
            "L’unité est ici « %(unit)s » : écris le nombre, avec elle ou seul.", unit=self.unit
        )

    def chance(self) -> tuple[float, float]:
        """Numbers are not guessed."""
        return 0.0, 0.0


class NumberQuestion(NumberForm):
    """A number, right within a tolerance."""

    type: Literal["number"]

    def worth(self, answer: Sequence[str]) -> float:
        """Within the tolerance, limits included."""
        return float(self.distance(answer) <= self.tolerance + self.hair)
