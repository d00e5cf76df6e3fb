"""The jobs: what jobs.json holds of each, checked and read once. `build.py` makes that file."""

from functools import cache, cached_property
from math import sqrt
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, model_validator

from app.core.texts import Strict
from quizzes.profiler.areas import AREAS, Area, ranked
from quizzes.profiler.data import Sentence

FILE = Path(__file__).with_name("jobs.json")
"""Made, not written: JSON is read in some milliseconds, YAML in half a second."""
Family = Literal[
    "production", "maintenance", "quality", "laboratory", "design", "logistics", "support"
]
FAMILIES: tuple[Family, ...] = get_args(Family)
TECHNICAL: frozenset[Family] = frozenset(FAMILIES[:5])
"""Families whose jobs work on the product or the machines themselves."""
Studies = Literal["3e", "bac", "bac2", "bac5"]
STUDIES: tuple[Studies, ...] = get_args(Studies)
"""From the shortest to the longest: after 3e (CAP, bac pro), bac, bac+2 or 3, bac+5."""
Green = Literal["green", "strategic", ""]
"""France Travail's flag: « emploi vert », « stratégique pour la transition », or none."""
Number = Annotated[float, Field(ge=1, le=7)]
Rome = Annotated[str, StringConstraints(pattern=r"^[A-N][0-9]{4}$")]


class Told(Sentence):
    """What is said of a job: to a student in both languages, in French to an adult too."""

    vous: Annotated[str, StringConstraints(min_length=1)]

    def say_to_adult(self, language: str) -> str:
        """The same for somebody whom one does not call « tu »."""
        return self.vous if language == "fr" else self.say(language)


class Chain(Strict):
    """How a job got its six numbers: each code led to the next one."""

    parent: Rome
    """The ROME code of 2023 under which the official letters and ISCO code are published."""
    isco_official: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
    isco: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
    """The ISCO-08 code followed: the official one, or another where that names another trade."""
    soc: tuple[str, ...]
    """SOC 2010 codes that correspond to it."""
    onet: Annotated[tuple[str, ...], Field(min_length=1)]
    """O*NET-SOC 2019 occupations whose scores were averaged."""
    is_narrowed: bool
    """Whether only some of the occupations reached were kept, those of this trade."""


class Job(Strict):
    """One job."""

    rome: Rome
    label: str
    """As ROME 4 has it, in French."""
    name: str
    """In English."""
    family: Family
    studies: Studies
    diploma: str
    """A usual diploma, as it is called in France."""
    green: Green
    text: Told
    letters: Annotated[str, StringConstraints(pattern=r"^[RIASEC]{2}$")]
    """The two official letters."""
    scores: dict[Area, Number]
    chain: Chain

    @model_validator(mode="after")
    def _has_six_numbers(self) -> "Job":
        if set(self.scores) != set(AREAS) or len(set(self.scores.values())) == 1:
            raise ValueError("six numbers are needed, and not all the same")
        return self

    def title(self, language: str) -> str:
        """What it is called."""
        return self.name if language == "en" else self.label

    @property
    def is_technical(self) -> bool:
        """Whether one works on the product or the machines."""
        return self.family in TECHNICAL

    @cached_property
    def top(self) -> tuple[Area, ...]:
        """Its highest area."""
        return ranked(self.scores)[0]

    @cached_property
    def strongest(self) -> tuple[Area, ...]:
        """The two areas with the highest numbers."""
        return tuple(sorted(AREAS, key=lambda area: -self.scores[area])[:2])

    @cached_property
    def letters_agree(self) -> bool:
        """Whether the first official letter is among the two highest of the six numbers."""
        return self.letters[0] in self.strongest

    @cached_property
    def direction(self) -> tuple[float, ...]:
        """The six numbers, centred and brought to length one."""
        return unit([self.scores[area] for area in AREAS])


class Catalogue(Strict):
    """All jobs."""

    about: str
    """Where they come from, for whoever opens the file."""
    jobs: Annotated[tuple[Job, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_whole(self) -> "Catalogue":
        if len({job.rome for job in self.jobs}) != len(self.jobs):
            raise ValueError("a job stands twice")
        if {job.family for job in self.jobs} != set(FAMILIES):
            raise ValueError("a family has no job")
        return self

    @cached_property
    def by_rome(self) -> dict[str, Job]:
        """Every job by its code."""
        return {job.rome: job for job in self.jobs}


def unit(numbers: list[float]) -> tuple[float, ...]:
    """`numbers` minus their mean, divided by their length. All the same: ZeroDivisionError.

    The sum of products of two such rows is Pearson's correlation of the numbers.
    """
    mean = sum(numbers) / len(numbers)
    length = sqrt(sum((number - mean) ** 2 for number in numbers))
    return tuple((number - mean) / length for number in numbers)


@cache
def catalogue() -> Catalogue:
    """The jobs, read once."""
    return Catalogue.model_validate_json(FILE.read_bytes())
