"""Going through a model: every text, every file, every key, with the way to it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.core.texts import Text
from tours.bundles.problems import Loc
from tours.bundles.values import Held


class Key(NamedTuple):
    """A key of a model, what it holds, and the way to it."""

    loc: Loc
    name: str
    info: FieldInfo
    value: Any

    @property
    def is_wanted(self) -> bool:
        """Whether only a draft may leave it empty."""
        extra = self.info.json_schema_extra
        return self.info.is_required() or (isinstance(extra, dict) and "wanted" in extra)


def keys_of(model: BaseModel, loc: Loc = ()) -> Iterator[Key]:
    """Every key of `model` and of the models in it."""
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        yield Key((*loc, name), name, info, value)
        yield from _keys_in(value, (*loc, name))


def _keys_in(value: Any, loc: Loc) -> Iterator[Key]:
    if isinstance(value, BaseModel):
        yield from keys_of(value, loc)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _keys_in(item, (*loc, number))


def texts_of(model: BaseModel) -> Iterator[Text]:
    """Every text in `model`."""
    for key in keys_of(model):
        if isinstance(key.value, Text):
            yield key.value


class FileUse(NamedTuple):
    """A file that a model names."""

    loc: Loc
    file: str
    media: str


def files_of(model: BaseModel) -> Iterator[FileUse]:
    """Every file that `model` names, as often as it is named."""
    for key in keys_of(model):
        if isinstance(key.value, Held):
            for name, file in key.value.files().items():
                if file:
                    yield FileUse((*key.loc, name), file, key.value.media)
