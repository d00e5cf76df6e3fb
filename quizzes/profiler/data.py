"""Reading the data files of this package: YAML 1.2, checked by a model, read once."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, field_validator
from ruamel.yaml import YAML

from app.core.texts import Text

Checked = TypeVar("Checked", bound=BaseModel)


class Sentence(Text):
    """A text that has to be there in both languages."""

    @field_validator("fr", "en")
    @classmethod
    def _is_said(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("nothing is said")
        return text


def load(path: Path, model: type[Checked]) -> Checked:
    """What a file holds. Raises pydantic's ValidationError, or ruamel's YAMLError."""
    value: Any = YAML(typ="safe").load(path.read_text("utf-8"))
    return model.model_validate(value)
