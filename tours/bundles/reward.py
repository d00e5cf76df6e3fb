"""The schema of a tour's rewards."""

from typing import Annotated

from pydantic import Field

from app.core.texts import Strict, Text, wanted
from tours.bundles.values import Slug

DECISION = "decision"
"""Stands for the decision of the mission among the finds of a reward."""


class Needs(Strict):
    """What earns a reward: so many of these finds (all of them when no count is given)."""

    finds: Annotated[list[Slug], Field(min_length=1, max_length=200)] = Field(
        description="Hotspots; the word decision stands for the mission's decision."
    )
    count: Annotated[int, Field(ge=1, le=200)] | None = None


class RewardFile(Strict):
    """An enamel pin that visitors earn, by rules that everybody can read."""

    slug: Annotated[Slug, Field(max_length=18)]
    title: Text
    text: Text = wanted(Text, description="What it stands for.")
    icon: Annotated[Slug, Field(max_length=40)] = "bolt"
    needs: Needs
