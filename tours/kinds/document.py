"""The kind « document »: a PDF, and what it says in words."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel

from app.core.texts import Strict, Text, wanted
from tours.bundles.values import Document as DocumentFile
from tours.kinds.content import ContentKind


class DocumentKeys(Strict):
    """A PDF and what it says."""

    document: DocumentFile
    text: Text = wanted(Text, description="What it says, in words; Markdown.")


class Document(ContentKind):
    """A paper of the factory, and the same in words."""

    name: ClassVar[str] = "document"
    label = _l("Document")
    Keys: ClassVar[type[BaseModel]] = DocumentKeys
