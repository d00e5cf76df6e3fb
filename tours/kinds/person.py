"""The kind « person »: a testimonial of somebody who works here."""

from typing import Annotated, ClassVar

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, Field, StringConstraints

from app.core.texts import Printable, Strict, Text, wanted
from tours.bundles.values import Picture
from tours.kinds.content import ContentKind


class PersonKeys(Strict):
    """Who, which job, and the way there."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=60), Printable] = Field(
        description="The first name only."
    )
    job: Text = wanted(Text)
    rome: Annotated[str, StringConstraints(pattern=r"^([A-N][0-9]{4})?$")] = wanted(
        description="The job's ROME code, as in I1309."
    )
    path: Text = wanted(Text, description="Studies and ways that led there; Markdown.")
    text: Text = wanted(Text, description="What this person tells; Markdown.")
    portrait: Picture | None = None


class Person(ContentKind):
    """Somebody of the factory tells their job and how they came to it."""

    name: ClassVar[str] = "person"
    label = _l("Rencontre")
    Keys: ClassVar[type[BaseModel]] = PersonKeys
