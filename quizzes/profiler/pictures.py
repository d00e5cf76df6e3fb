"""« Mes goûts »: pictures that younger students pick. Nothing is scored; each leads to jobs."""

from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.core.texts import Strict
from quizzes.jobs.catalogue import Family, Job
from quizzes.profiler.areas import AREAS, Area
from quizzes.profiler.data import Sentence, load

FILE = Path(__file__).with_name("pictures.yaml")


class Picture(Strict):
    """One picture: what is done in it, and what kind of jobs that is."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    """The name of its drawing in static/art/tastes."""
    area: Area
    families: Annotated[tuple[Family, ...], Field(min_length=1)]
    text: Sentence


class Pictures(Strict):
    """All of them, in the order of the page."""

    pictures: tuple[Picture, ...]

    @model_validator(mode="after")
    def _is_balanced(self) -> "Pictures":
        if len({one.id for one in self.pictures}) != len(self.pictures):
            raise ValueError("a picture stands twice")
        if any(sum(one.area == area for one in self.pictures) != 2 for area in AREAS):
            raise ValueError("two pictures of each area are wanted")
        return self

    @cached_property
    def by_id(self) -> dict[str, Picture]:
        """Every picture by its name."""
        return {one.id: one for one in self.pictures}


def jobs_like(picture: Picture, jobs: Iterable[Job]) -> list[Job]:
    """Of `jobs`, those that are like the picture: of its families, else of any."""
    alike = [job for job in jobs if picture.area in job.strongest]
    return [job for job in alike if job.family in picture.families] or alike


@cache
def pictures() -> Pictures:
    """The pictures, read once."""
    return load(FILE, Pictures)
