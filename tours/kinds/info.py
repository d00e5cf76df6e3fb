"""The kind « info »: a text, with a picture or without."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel

from app.core.texts import Strict, Text, wanted
from tours.bundles.values import Picture
from tours.kinds.content import ContentKind


class InfoKeys(Strict):
    """A text, and perhaps a picture."""

    text: Text = wanted(Text, description="Markdown.")
    picture: Picture | None = None


class Info(ContentKind):
    """Something to read about what is seen here."""

    name: ClassVar[str] = "info"
    label = _l("Info")
    Keys: ClassVar[type[BaseModel]] = InfoKeys
