"""Texts in French and English, and keys that a draft may leave empty."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def printable(text: str) -> str:
    """`text`, which holds no sign that databases or browsers choke on. Raises ValueError."""
    if _CONTROL.search(text):
        raise ValueError("control-sign")
    return text


Printable = AfterValidator(printable)
Said = Annotated[str, StringConstraints(max_length=8000), Printable]


class Strict(BaseModel):
    """Data that authors write: an unknown key is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def wanted(default: Any = "", **more: Any) -> Any:
    """A key that must be written, but may still be empty while a tour is a draft.

    `default` is a value, or a function that makes one.
    """
    extra: Any = {"wanted": True}
    if callable(default):
        return Field(default_factory=default, json_schema_extra=extra, **more)
    return Field(default, json_schema_extra=extra, **more)


class Text(Strict):
    """Something said in French and in English."""

    fr: Said = wanted(description="In French.")
    en: Said = wanted(description="In English.")

    def say(self, language: str) -> str:
        """The text in `language` ("fr" or "en"), else in the other one."""
        first, second = (self.en, self.fr) if language == "en" else (self.fr, self.en)
        return first or second

    def __bool__(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.fr.strip() or self.en.strip())
