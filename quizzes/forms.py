"""What every type of question has."""

from abc import abstractmethod
from collections.abc import Sequence

from app.core.texts import Strict, Text, wanted


class Unreadable(ValueError):
    """An answer that says nothing; it costs no try. Its text is a sentence for who answered."""


class QuestionForm(Strict):
    """What every question has. Its answer is a list of texts."""

    type: str
    question: Text
    explanation: Text = wanted(Text, description="Shown once it is answered; Markdown.")

    @abstractmethod
    def worth(self, answer: Sequence[str]) -> float:
        """How right `answer` is, from 0 (wrong) to 1 (right). Raises Unreadable."""

    @abstractmethod
    def chance(self) -> tuple[float, float]:
        """How likely a guess is right at the first try, and at the second when the first failed."""
