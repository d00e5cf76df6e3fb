"""What kinds have in common whose content is worth a bolt: to open it is to find it."""

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator

from tours.kinds.base import NO_FACTS, Evidence, Facts, Kind, Outcome, Share

CONTENT_POINTS = 1
MOSTLY = 0.8
"""The part of a film or sound that must have been played."""


def must_be(value: bool) -> bool:
    """Only a yes says anything."""
    if not value:
        raise ValueError("say true, or say nothing")
    return value


class Opened(Evidence):
    """Its panel was opened."""

    opened: Annotated[bool, AfterValidator(must_be)]


class Played(Evidence):
    """It was played for so many distinct seconds, or its transcript was read to the end."""

    watched: float | None = None
    read: bool = False


class ContentKind(Kind):
    """Content to open and read."""

    share: ClassVar[Share] = "content"
    points: ClassVar[int] = CONTENT_POINTS
    Evidence: ClassVar[type[Evidence]] = Opened

    def judge(self, keys: Any, evidence: Any, tries: int, facts: Facts = NO_FACTS) -> Outcome:
        """Opened is found."""
        del keys, evidence, tries, facts
        return Outcome(True, self.points)


def judge_played(file: str, evidence: Played, facts: Facts, points: int) -> Outcome:
    """Found when mostly played, or when its transcript was read; both are worth the same.

    The meta of `file` gives its duration in seconds.
    """
    duration = facts.get(file, {}).get("duration")
    is_played = (
        evidence.watched is not None
        and isinstance(duration, int | float)
        and evidence.watched >= MOSTLY * duration
    )
    if is_played or evidence.read:
        return Outcome(True, points)
    return Outcome(False, may_try_again=True)
