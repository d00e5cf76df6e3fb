"""The schema of tour.yaml."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.texts import Strict, Text, wanted
from tours.bundles.mission import Mission
from tours.bundles.reward import RewardFile
from tours.bundles.scene import AnyQuestion, SceneFile
from tours.bundles.values import Picture, Slug

ClassObject = Literal["turbine", "taxi", "chip", "dish", "gear"]


class TourFile(Strict):
    """A tour: its scenes, its mission, its rewards."""

    slug: Slug
    title: Text
    summary: Text = wanted(Text, description="What one will see, in a sentence or two.")
    minutes: Annotated[int, Field(ge=1, le=240)] = 20
    start: Slug = Field(description="The scene in which one arrives.")
    plan: Picture | None = Field(
        default=None, description="A drawn plan on which scenes have a place."
    )
    object: ClassObject | None = Field(
        default=None,
        description="What a class builds together in it; else what suits the factory's building.",
    )
    scenes: Annotated[list[SceneFile], Field(min_length=1, max_length=60)]
    questions: Annotated[list[AnyQuestion], Field(max_length=20)] = Field(
        default_factory=list, description="A quiz about the whole tour, at its end."
    )
    mission: Mission | None = None
    rewards: Annotated[list[RewardFile], Field(max_length=40)] = Field(default_factory=list)
