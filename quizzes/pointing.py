"""Questions answered by pointing at a place in the panorama, or by its name."""

from collections.abc import Sequence
from typing import Annotated, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field, model_validator

from app.core.texts import Strict
from quizzes.angles import angle
from quizzes.choices import OneOfForm
from quizzes.forms import Unreadable
from quizzes.numbers import read_number


class Target(Strict):
    """The place to point at: where it is, and how near a click must be. Degrees."""

    yaw: Annotated[float, Field(ge=-180, le=180)]
    pitch: Annotated[float, Field(ge=-90, le=90)]
    radius: Annotated[float, Field(ge=1, le=30)] = 8


class PlaceQuestion(OneOfForm):
    """A place to point at; its options name places, for who answers without the picture.

    The answer is the yaw and the pitch of a click, or the number of an option.
    """

    type: Literal["place"]
    target: Target

    @model_validator(mode="after")
    def _has_one_right(self) -> "PlaceQuestion":
        if len(self.right_numbers()) != 1:
            raise ValueError("one-place")
        return self

    def worth(self, answer: Sequence[str]) -> float:
        """A click near enough, or the right name."""
        if len(answer) != 2:
            return super().worth(answer)
        yaw, pitch = map(read_number, answer)
        if yaw is None or pitch is None or abs(yaw) > 360 or abs(pitch) > 90:
            raise Unreadable(_l("Montre l’endroit dans la vue, ou choisis son nom."))
        away = angle(yaw, pitch, self.target.yaw, self.target.pitch)
        return float(away <= self.target.radius)
