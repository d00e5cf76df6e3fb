"""Scores: from answers to six numbers, and what they say. Pure: no database, no request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quizzes.profiler.areas import AREAS, Area, ranked
from quizzes.profiler.items import ANSWERS, PER_AREA, Form, Item

Answers = Mapping[str, int]
"""Answers from 1 to 5 by the item's id; an item that was skipped is not there."""
MOST_UNANSWERED = 0.2
"""Above this part of an area's items without answer, the area gets no score."""
LEAST_DIFFERENCE = 0.15
"""Highest minus lowest score below this part of the most possible (6 of 40): a flat profile."""


@dataclass(frozen=True)
class Profile:
    """Six scores, from 0 to `most`; an area that was hardly answered has none."""

    scores: Mapping[Area, int | None]
    form: Form

    @property
    def most(self) -> int:
        """The highest score possible: 40, or 20 in the short form."""
        return PER_AREA[self.form] * (len(ANSWERS) - 1)

    @property
    def known(self) -> dict[Area, int]:
        """The areas that have a score."""
        return {area: score for area in AREAS if (score := self.scores.get(area)) is not None}

    @property
    def is_complete(self) -> bool:
        """Whether every area has a score; jobs are suggested only then."""
        return len(self.known) == len(AREAS)

    @property
    def is_flat(self) -> bool:
        """Whether the scores differ too little to be ranked or correlated with anything."""
        known = self.known.values()
        return not known or max(known) - min(known) < LEAST_DIFFERENCE * self.most

    @property
    def levels(self) -> list[tuple[Area, ...]]:
        """The areas from most to least liked; ties stand together."""
        return ranked(self.known)

    @property
    def top(self) -> tuple[Area, ...]:
        """The area with the highest score, or those that share it; none in a flat profile."""
        return () if self.is_flat else self.levels[0]


def score(items: Iterable[Item], answers: Answers, form: Form) -> Profile:
    """Sum of (answer - 1) by area, as the O*NET Interest Profiler is scored (Rounds et al. 2010).

    An item that was skipped adds nothing.
    """
    given: dict[Area, list[int]] = {area: [] for area in AREAS}
    for item in items:
        answer = answers.get(item.id, 0)
        if answer in ANSWERS:
            given[item.area].append(answer - 1)
    size = PER_AREA[form]
    return Profile({area: _sum(values, size) for area, values in given.items()}, form)


def _sum(values: list[int], size: int) -> int | None:
    if size - len(values) > MOST_UNANSWERED * size:
        return None
    return sum(values)
