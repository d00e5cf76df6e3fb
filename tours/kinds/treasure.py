"""The kind « treasure »: hidden; found by looking, and equally by a riddle."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, Field, model_validator

from app.core.texts import Strict, Text, wanted
from quizzes.angles import angle
from quizzes.written import Answers
from tours.bundles.values import Pitch, Yaw
from tours.kinds.base import NO_FACTS, Evidence, Facts, Kind, Outcome, Share


class Riddle(Strict):
    """Another way to the same treasure: its answer is in the texts of the scene."""

    question: Text
    answers: Answers


class TreasureKeys(Strict):
    """What is found, how one may find it by looking, and its riddle."""

    text: Text = wanted(Text, description="What was found; Markdown.")
    radius: Annotated[float, Field(ge=1, le=30)] = Field(
        default=8, description="How near a click must be, in degrees."
    )
    clue: Text = wanted(Text, description="How one may find it by looking.")
    riddle: Riddle


class PlacedTreasure(TreasureKeys):
    """A treasure and where it lies; its place never goes to a page."""

    yaw: Yaw
    pitch: Pitch


class Found(Evidence):
    """Where one clicked (degrees), or what one answered to the riddle."""

    yaw: Annotated[float, Field(ge=-360, le=360)] | None = None
    pitch: Pitch | None = None
    riddle: Annotated[str, Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Found":
        clicked = self.yaw is not None and self.pitch is not None
        if clicked == (self.riddle is not None):
            raise ValueError("say yaw and pitch, or riddle")
        return self


class Treasure(Kind):
    """Hidden in the picture: found by looking closely, or by a riddle worth the same."""

    name: ClassVar[str] = "treasure"
    label = _l("Trésor")
    share: ClassVar[Share] = "answer"
    points: ClassVar[int] = 3
    is_hidden: ClassVar[bool] = True
    Keys: ClassVar[type[BaseModel]] = TreasureKeys
    Evidence: ClassVar[type[Evidence]] = Found

    def read_keys(self, content: Mapping[str, Any]) -> Any:
        """Its keys, and where it lies."""
        fields = PlacedTreasure.model_fields
        return PlacedTreasure.model_validate({k: content[k] for k in fields if k in content})

    def luck(self, keys: Any) -> float:
        """Nothing: the part of the sphere that it covers is too small to be hit by chance."""
        del keys
        return 0.0

    def judge(self, keys: Any, evidence: Any, tries: int, facts: Facts = NO_FACTS) -> Outcome:
        """A click near enough, or the riddle's answer in either language."""
        del tries, facts
        if evidence.riddle is not None:
            is_found = keys.riddle.answers.accept(evidence.riddle)
        else:
            away = angle(evidence.yaw, evidence.pitch, keys.yaw, keys.pitch)
            is_found = away <= keys.radius
        return Outcome(is_found, self.points if is_found else 0, may_try_again=not is_found)
