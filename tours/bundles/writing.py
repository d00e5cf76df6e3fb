"""Writing the texts of a bundle as YAML, always in the same way."""

import re
from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from tours.bundles.yaml12 import resolve

_BLOCK = re.compile(
    r"(?:[^\s\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*\n)+"
    r"[^\s\x00-\x1f\x7f-\xa0][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*"
)


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
    if "\n" in text and _BLOCK.fullmatch(text):
        return LiteralScalarString(text)
    if resolve(text) != text or not text.isprintable():
        return DoubleQuotedScalarString(text)
    return text
