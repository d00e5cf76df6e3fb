"""The instrument: its items, its forms, and what its file must fulfil."""

from collections import Counter
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from app.core.texts import Strict
from quizzes.profiler.areas import AREAS, Area
from quizzes.profiler.data import Sentence, load

FILE = Path(__file__).with_name("items.yaml")
Form = Literal["full", "short"]
PER_AREA: dict[Form, int] = {"full": 10, "short": 5}
"""Items of each area in a form."""
ANSWERS = range(1, 6)
"""From 1, « je détesterais », to 5, « j’adorerais »."""


class Item(Strict):
    """One activity, answered by how much one would like it."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][0-9]{2}$")]
    area: Area
    short: bool = False
    text: Sentence


class Instrument(Strict):
    """The items in the order of the screens, and the words of the five answers."""

    answers: Annotated[tuple[Sentence, ...], Field(min_length=5, max_length=5)]
    items: tuple[Item, ...]

    @model_validator(mode="after")
    def _is_balanced(self) -> "Instrument":
        if len({item.id for item in self.items}) != len(self.items):
            raise ValueError("an id stands twice")
        for form, wanted in PER_AREA.items():
            counts = Counter(item.area for item in self.form(form))
            if any(counts[area] != wanted for area in AREAS):
                raise ValueError(f"the {form} form wants {wanted} items of each area: {counts}")
            if any(one.area == other.area for one, other in pairwise(self.form(form))):
                raise ValueError("two items of one area follow each other")
        return self

    def form(self, form: Form) -> tuple[Item, ...]:
        """The items of a form, in their order."""
        return tuple(item for item in self.items if form == "full" or item.short)

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Every item by its id."""
        return {item.id: item for item in self.items}


@cache
def instrument() -> Instrument:
    """The instrument, read once."""
    return load(FILE, Instrument)
