"""Writing the texts of a bundle as YAML, always in the same way."""

from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from tours.bundles.yaml12 import resolve

_SPACES = str.maketrans("", "", "\u00a0\u202f")
"""French puts them before signs; they are printed as they are."""


def to_yaml(model: BaseModel) -> str:
    """A model as YAML 1.2: what is as by default is left out."""
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 2**16
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(_dressed(model.model_dump(mode="json", exclude_defaults=True)), out)
    return out.getvalue()


def _dressed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _dressed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_dressed(part) for part in value]
    return _dressed_text(value) if isinstance(value, str) else value


def _dressed_text(text: str) -> Any:
    """Several lines as a block; what would be read as something else, between quotes."""
    lines = text.split("\n")
    if not all(line.translate(_SPACES).isprintable() for line in lines):
        return DoubleQuotedScalarString(text)
    if len(lines) == 1:
        return text if resolve(text) == text else DoubleQuotedScalarString(text)
    return LiteralScalarString(text) if _is_block(lines) else DoubleQuotedScalarString(text)


def _is_block(lines: list[str]) -> bool:
    """Whether a block keeps them: it begins at the margin and ends with at most one line end."""
    last = lines[-1] or lines[-2]
    return (
        lines[0][:1].isprintable() and lines[0].strip()[:1] == lines[0][:1] and bool(last.strip())
    )
