"""What is wrong with a bundle: where, and what to change."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Loc = tuple[int | str, ...]
"""The way to a value: `("scenes", 0, "hotspots", 2, "to")`."""


@dataclass(frozen=True)
class Problem:
    """One thing to change in a bundle. Lines and columns count from 1; 0: the whole file."""

    file: str
    line: int
    column: int
    sentence: Any
    """A text, perhaps a lazy one: it is put in words when it is shown."""
    is_unfinished: bool = False
    """Something remains to be written: a draft may be imported so, but never published."""

    def __str__(self) -> str:
        """As compilers say it: `tour.yaml:12:5: …`."""
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.file}{place}: {self.sentence}"


@dataclass(frozen=True)
class Fault:
    """What a rule finds wrong in a model; its place in a file is looked up after."""

    loc: Loc
    sentence: Any
    is_unfinished: bool = False
    rests_on: tuple[str, ...] = ()
    """What must be known whole for it to be true: ways, scenes, hotspots, kinds, clues, …"""


class BadBundle(Exception):
    """A bundle is not taken. `problems` says all that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file and line, each once."""
    return sorted(
        dict.fromkeys(problems), key=lambda p: (p.file, p.line, p.column, str(p.sentence))
    )
