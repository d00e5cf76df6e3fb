"""What every kind of hotspot is: its keys in a bundle, its evidence, its judgement."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

Share = Literal["content", "answer", "way"]
"""What a hotspot's points are for: content opened, something looked for or answered, or a way."""

Facts = Mapping[str, Mapping[str, Any]]
"""What is known of a hotspot's files: by path in the bundle, the `meta` of their asset."""

NO_FACTS: Facts = MappingProxyType({})


class BadEvidence(ValueError):
    """What a page sent says nothing that could be judged; it is refused and costs no try.

    Its text is a sentence for the visitor.
    """


class Evidence(BaseModel):
    """What a page says to show that something was found."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


@dataclass(frozen=True)
class Outcome:
    """What a kind says of one piece of evidence."""

    is_found: bool
    points: int = 0
    may_try_again: bool = False
    answer: list[Any] | None = None
    """Kept as an attempt when the kind counts tries; None: nothing to keep."""


class Kind(ABC):
    """One kind of hotspot. A new one is a file here, a template and a line of docs/kinds.md."""

    name: ClassVar[str]
    label: ClassVar[Any]
    """What people call it, in their language."""
    share: ClassVar[Share]
    points: ClassVar[int]
    """What a full find is worth."""
    is_hidden: ClassVar[bool] = False
    """Neither its title nor its place is told before it is found."""
    max_tries: ClassVar[int] = 0
    """After how many answers it closes; 0: one may try as often as one likes."""
    Keys: ClassVar[type[BaseModel]]
    """Its own keys in tour.yaml, beside slug, kind, yaw, pitch and title."""
    Evidence: ClassVar[type[Evidence]]
    told_apart_by: ClassVar[str] = ""
    """The key that tells its forms apart, when there are several."""

    @property
    def template(self) -> str:
        """The template of its panel."""
        return f"kinds/{self.name}.html"

    def forms(self) -> list[type[BaseModel]]:
        """The shapes that its keys may take; most kinds have one."""
        return [self.Keys]

    def read_keys(self, content: Mapping[str, Any]) -> Any:
        """Its keys out of a hotspot's `content`."""
        return _pick(self.Keys, content)

    def read_evidence(self, given: Mapping[str, Any]) -> Any:
        """Check what a page sent. Raises pydantic's ValidationError."""
        return self.Evidence.model_validate(given)

    def luck(self, keys: Any) -> float:
        """The points that opening everything and answering at random brings, on average."""
        del keys
        return float(self.points)

    @abstractmethod
    def judge(self, keys: Any, evidence: Any, tries: int, facts: Facts = NO_FACTS) -> Outcome:
        """Judge `evidence` given at a hotspot with `keys` after `tries` earlier tries.

        Pure: no database, no request. Raises BadEvidence.
        """


def _pick(form: type[BaseModel], content: Mapping[str, Any]) -> BaseModel:
    return form.model_validate({k: content[k] for k in form.model_fields if k in content})
