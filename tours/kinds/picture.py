"""The kind « picture »: a still picture, and the same in words."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel

from app.core.texts import Strict, Text, wanted
from tours.bundles.values import Picture as PictureFile
from tours.kinds.content import ContentKind


class PictureKeys(Strict):
    """A picture and its description."""

    picture: PictureFile
    text: Text = wanted(Text, description="All that the picture tells, in words; Markdown.")


class Picture(ContentKind):
    """A picture to look at, described in words of equal standing."""

    name: ClassVar[str] = "picture"
    label = _l("Image")
    Keys: ClassVar[type[BaseModel]] = PictureKeys
