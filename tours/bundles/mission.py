"""The schema of a tour's mission: the game that clues, a decision and its endings make."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.texts import Strict, Text, wanted
from tours.bundles.values import Slug

TrailSlug = Literal["machine", "people", "product"]


class Option(Strict):
    """One choice of the decision, and the ending to which it leads."""

    slug: Slug
    text: Text
    ending: Slug


class Decision(Strict):
    """The question that opens when enough clues are found. No choice is a defeat."""

    question: Text
    options: Annotated[list[Option], Field(min_length=2, max_length=6)]


class Ending(Strict):
    """What comes of a choice, explained by somebody of the factory."""

    slug: Slug
    title: Text
    text: Text = wanted(Text, description="What happens, and why; Markdown.")
    person: Slug = Field(description="The hotspot of the person who explains it.")


class Trail(Strict):
    """One way through the tour; a class needs all three."""

    slug: TrailSlug
    title: Text
    text: Text = wanted(Text)
    scenes: Annotated[list[Slug], Field(min_length=1, max_length=60)]


class Finish(Strict):
    """What one leaves with: a job near me, something to tell."""

    job: Slug = Field(description="The hotspot of a person.")
    tell: Text = wanted(Text, description="One thing to tell at home.")


class Mission(Strict):
    """A situation, clues, a decision, endings, and three trails."""

    situation: Text = wanted(Text, description="What happens, in two sentences.")
    clues: Annotated[list[Slug], Field(min_length=5, max_length=8)]
    needed: Annotated[int, Field(ge=3, le=8)] = 4
    decision: Decision
    endings: Annotated[list[Ending], Field(min_length=2, max_length=4)]
    trails: Annotated[list[Trail], Field(min_length=3, max_length=3)]
    finish: Finish
