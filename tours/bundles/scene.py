"""The schema of a scene and its hotspots; what a hotspot holds is said by its kind."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, TypeAdapter, create_model

from app.core.texts import Strict, Text, wanted
from tours.bundles.factory import Challenge
from tours.bundles.problems import Loc
from tours.bundles.values import Panorama, Pitch, Rome, Slug, Spot, View, Yaw
from tours.kinds import KINDS
from tours.kinds.base import Kind


class Findable(Strict):
    """Something to find: what hotspots and the questions of whole scenes and tours have."""

    slug: Slug
    title: Text
    challenges: Annotated[list[Challenge], Field(max_length=4)] = Field(
        default_factory=list, description="What it is about: it counts for the pins of these."
    )


class HotspotFile(Findable):
    """Something to find in a scene: what every kind has."""

    kind: str
    yaw: Yaw
    pitch: Pitch


class QuestionFile(Findable):
    """A question about a whole scene or tour: it has no place in the view."""

    @property
    def kind(self) -> str:
        """Answered, marked and worth as a hotspot of this kind."""
        return "question"


def _forms(kind: Kind) -> Any:
    """The model of a hotspot of `kind`: one for each shape that its keys may take."""
    own: Any = {"kind": (Literal[kind.name], ...)}
    forms: list[Any] = [
        create_model(
            f"{form.__name__.removesuffix('Keys')}Hotspot",
            __base__=(form, HotspotFile),
            __doc__=form.__doc__,
            **own,
        )
        for form in kind.forms()
    ]
    if len(forms) == 1:
        return forms[0]
    return Annotated[reduce(or_, forms), Field(discriminator=kind.told_apart_by)]


def _quiz_forms() -> Any:
    """The models of a question without a place: one for each type of question."""
    question = KINDS["question"]
    forms = (
        create_model(
            f"{form.__name__.removesuffix('QuestionKeys')}QuizQuestion",
            __base__=(form, QuestionFile),
            __doc__=form.__doc__,
        )
        for form in question.forms()
    )
    return Annotated[reduce(or_, forms), Field(discriminator=question.told_apart_by)]


if TYPE_CHECKING:
    AnyHotspot = HotspotFile
    AnyQuestion = QuestionFile
else:
    AnyQuestion = _quiz_forms()
    AnyHotspot = Annotated[
        reduce(or_, (_forms(kind) for kind in KINDS.values())), Field(discriminator="kind")
    ]


def read_hotspot(data: Mapping[str, Any]) -> HotspotFile:
    """A hotspot in the form of its kind. Raises pydantic's ValidationError."""
    hotspot: HotspotFile = _ANY_HOTSPOT.validate_python(data)
    return hotspot


_ANY_HOTSPOT: TypeAdapter[Any] = TypeAdapter(AnyHotspot)


def loc_in_file(loc: Iterable[int | str]) -> Loc:
    """The way to a value in tour.yaml, out of the one in the models: a kind is no step in it."""
    steps = tuple(loc)
    quiz = 3 if steps[0:1] == ("scenes",) else 1
    if steps[quiz - 1 : quiz] == ("questions",) and len(steps) > quiz + 1:
        return steps[: quiz + 1] + steps[quiz + 2 :]
    if steps[0:1] != ("scenes",) or steps[2:3] != ("hotspots",) or len(steps) < 5:
        return steps
    has_forms = len(KINDS[str(steps[4])].forms()) > 1
    return steps[:4] + steps[6 if has_forms else 5 :]


class SceneFile(Strict):
    """A place of a tour: one panorama and what can be found in it."""

    slug: Slug
    title: Text
    text: Text = wanted(Text, description="What is to be seen, in words; Markdown.")
    panorama: Panorama
    withdrawn: bool = Field(
        default=False,
        description="Its picture was taken back: the panorama's file is not in the bundle.",
    )
    north: Annotated[float, Field(ge=0, le=360)] | None = Field(
        default=None, description="Heading of the picture's centre: degrees clockwise from north."
    )
    view: View = View()
    map: Spot | None = None
    jobs: list[Rome] = Field(
        default_factory=list,
        max_length=20,
        description="Jobs done in this place, beside those of the people who tell of theirs.",
    )
    hotspots: list[AnyHotspot] = Field(default_factory=list, max_length=200)
    questions: Annotated[list[AnyQuestion], Field(max_length=20)] = Field(
        default_factory=list, description="A quiz about the whole scene: questions without a place."
    )
