"""Texts in two languages, and the little Markdown they may hold."""

from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.core.locale import LANGUAGES

_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "code",
    "table", "thead", "tbody", "tr", "th", "td", "hr",
}  # fmt: skip


@lru_cache(maxsize=4096)
def markdown(text: str) -> Markup:
    """Markdown as clean HTML: no script, no style, no picture, links without referrer."""
    html = _markdown.render(text or "")
    return Markup(nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}))  # noqa: S704  nh3 cleaned it


def localise(value: Any, language: str) -> Any:
    """`value` with every `{fr: …, en: …}` in it replaced by the text of one language.

    A language that is missing gives the other one: better a French sentence than none.
    """
    if isinstance(value, dict):
        if value and value.keys() <= set(LANGUAGES):
            return value.get(language) or next(iter(value.values()))
        return {key: localise(part, language) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [localise(part, language) for part in value]
    return value
