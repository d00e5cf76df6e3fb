"""Marking: how many points an answer is worth. Pure: no database, no request."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from quizzes.questions import QuestionForm

QUESTION_POINTS = (3, 1)
"""What a right answer is worth at the first try, at the second; then it is explained."""


@dataclass(frozen=True)
class Marked:
    """An answer, marked."""

    is_right: bool
    """Also of an estimate that is near enough to be worth something."""
    points: int
    may_try_again: bool


def mark(question: QuestionForm, answer: Sequence[str], tries: int) -> Marked:
    """Mark `answer`, given after `tries` earlier ones. Raises Unreadable, which costs no try."""
    if tries >= len(QUESTION_POINTS):
        return Marked(False, 0, may_try_again=False)
    worth = question.worth(answer)
    is_right = worth > 0
    is_last = tries + 1 == len(QUESTION_POINTS)
    points = ceil(QUESTION_POINTS[tries] * worth)
    return Marked(is_right, points, may_try_again=not is_right and not is_last)


def mean_by_luck(question: QuestionForm) -> float:
    """The points that guessing twice brings on average."""
    first, second = question.chance()
    return QUESTION_POINTS[0] * first + QUESTION_POINTS[1] * (1 - first) * second
