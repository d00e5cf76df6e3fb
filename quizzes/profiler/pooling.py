"""Answers on their way into the sums: they wait in memory until there are several of them.

A sum over one answer is that answer. So what reaches the database is always a sum over TOGETHER
of them; what still waits when the process ends is lost, which alpha can bear.
"""

from collections import defaultdict
from collections.abc import Mapping
from threading import Lock

from quizzes.profiler.areas import AREAS, Area
from quizzes.profiler.items import ANSWERS, Form, instrument
from quizzes.profiler.scoring import Answers

TOGETHER = 10
Rows = list[list[int]]


class Pool:
    """Rows of answers to a whole area, by form and area. It knows nothing of who gave them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rows: dict[tuple[Form, Area], Rows] = defaultdict(list)

    def add(self, form: Form, answers: Answers) -> Mapping[Area, Rows]:
        """Take the answers of each area that was answered whole; the areas that are due."""
        due = {}
        with self._lock:
            for area in AREAS:
                row = _row(form, area, answers)
                if row is None:
                    continue
                rows = self._rows[form, area]
                rows.append(row)
                if len(rows) >= TOGETHER:
                    due[area] = self._rows.pop((form, area))
        return due

    def waiting(self, form: Form, area: Area) -> int:
        """How many wait."""
        return len(self._rows.get((form, area), ()))


def _row(form: Form, area: Area, answers: Answers) -> list[int] | None:
    row = [answers.get(item.id, 0) for item in instrument().form(form) if item.area == area]
    return row if all(answer in ANSWERS for answer in row) else None
