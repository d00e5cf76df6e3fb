"""The kind « link »: a way to another scene."""

from typing import Annotated, Any, ClassVar

from flask_babel import lazy_gettext as _l
from pydantic import AfterValidator, BaseModel, Field

from app.core.texts import Strict, Text
from tours.bundles.values import Direction, Slug
from tours.kinds.base import NO_FACTS, Evidence, Facts, Kind, Outcome, Share
from tours.kinds.content import must_be


class LinkKeys(Strict):
    """Where it leads, and where one looks when one arrives."""

    to: Slug = Field(description="A scene of this tour.")
    arrive: Direction | None = Field(
        default=None, description="Without it, one goes on looking the way one went."
    )
    text: Text = Text()


class Followed(Evidence):
    """The way was taken."""

    followed: Annotated[bool, AfterValidator(must_be)]


class Link(Kind):
    """A way to another scene. It is worth nothing: to go is its own reward."""

    name: ClassVar[str] = "link"
    label = _l("Passage")
    share: ClassVar[Share] = "way"
    points: ClassVar[int] = 0
    Keys: ClassVar[type[BaseModel]] = LinkKeys
    Evidence: ClassVar[type[Evidence]] = Followed

    def judge(self, keys: Any, evidence: Any, tries: int, facts: Facts = NO_FACTS) -> Outcome:
        """Followed is found."""
        del keys, evidence, tries, facts
        return Outcome(True)
