"""What a GIFT text holds. Each item knows the line on which it began, which makes no difference."""

from dataclasses import dataclass, field
from typing import Any

FORMATS = ("html", "markdown", "moodle", "plain")


@dataclass(frozen=True)
class Rich:
    """A text and the format in which it is to be shown."""

    text: str
    format: str = "moodle"


@dataclass(frozen=True)
class Problem:
    """Something that could not be read, or kept."""

    line: int
    message: Any
    """A sentence, in the language of whoever reads it."""


@dataclass(frozen=True, kw_only=True)
class Category:
    """The questions after it belong there."""

    path: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What questions and descriptions have."""

    stem: Rich
    title: str | None = None
    id: str | None = None
    tags: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Description(Entry):
    """A text without a question."""


@dataclass(frozen=True, kw_only=True)
class Question(Entry):
    """What all questions have."""

    after: str = ""
    """What follows the answers: the stem and this stand around a missing word."""
    general: Rich | None = None
    """Feedback whatever was answered."""


@dataclass(frozen=True, kw_only=True)
class TrueFalse(Question):
    """A sentence that is true or false."""

    is_true: bool
    wrong_feedback: Rich | None = None
    right_feedback: Rich | None = None


@dataclass(frozen=True)
class Answer:
    """One answer of a question: `=` or `~`, its weight in per cent, its feedback."""

    is_right: bool
    text: Rich
    weight: float | None = None
    feedback: Rich | None = None


@dataclass(frozen=True, kw_only=True)
class MultipleChoice(Question):
    """Answers to choose from. Without any `=`, several are right, by their weights."""

    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class ShortAnswer(Question):
    """Words to write: each answer was written with `=`."""

    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Exactly:
    """A number."""

    number: float


@dataclass(frozen=True)
class Within:
    """A number and how far from it is still right."""

    number: float
    tolerance: float


@dataclass(frozen=True)
class Between:
    """From one number to another, both included."""

    low: float
    high: float


Value = Exactly | Within | Between


@dataclass(frozen=True)
class NumberAnswer:
    """One answer of a numerical question; without a value it stands for any other number."""

    value: Value | None
    is_right: bool = True
    weight: float | None = None
    feedback: Rich | None = None


@dataclass(frozen=True, kw_only=True)
class Numerical(Question):
    """A number to find."""

    answers: tuple[NumberAnswer, ...]


@dataclass(frozen=True)
class Pair:
    """What belongs together. An empty left side only adds a wrong partner."""

    left: Rich
    right: str


@dataclass(frozen=True, kw_only=True)
class Matching(Question):
    """Pairs to put together."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, kw_only=True)
class Essay(Question):
    """A free text, which no program marks."""


Item = (
    Category | Description | TrueFalse | MultipleChoice | ShortAnswer | Numerical | Matching | Essay
)


@dataclass(frozen=True)
class Parsed:
    """What was read, and what could not be."""

    questions: tuple[Item, ...]
    problems: tuple[Problem, ...] = ()
