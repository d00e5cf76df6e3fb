"""Texts in GIFT: formats, escapes, spaces."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from quizzes.gift.parts import FORMATS, Rich

SPACES = " \t\n"
_ESCAPE = re.compile(r"\\([\\~=#{}:n])")
_FORMAT = re.compile(rf"[ \t\n]*\[({'|'.join(FORMATS)})\]", re.IGNORECASE)
_RUN = re.compile(r"[ \t\n]+")
_SIGN = re.compile(r"([\\~=#{}:])")


def plain(raw: str) -> str:
    """`raw` on one line, its escapes resolved."""
    return unescape(_RUN.sub(" ", raw).strip(SPACES))


def unescape(raw: str) -> str:
    r"""`\=` is a sign, `\n` the end of a line, and a backslash before anything else itself."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], raw)


def escape(text: str) -> str:
    """The other way round."""
    return _SIGN.sub(r"\\\1", text).replace("\n", "\\n")


def shaped(raw: str, format_: str) -> str:
    """`raw` as its format keeps it: only HTML and Markdown keep how its lines are laid out."""
    return unescape(raw.strip(SPACES)) if format_ in ("html", "markdown") else plain(raw)


def rich(raw: str, usual: str) -> Rich:
    """A text with the format that it names, or the usual one of its question."""
    found = _FORMAT.match(raw)
    format_ = found[1].lower() if found else usual
    return Rich(shaped(raw[found.end() :] if found else raw, format_), format_)


def rich_or_none(raw: str, usual: str) -> Rich | None:
    """The same; None when nothing is said."""
    found = rich(raw, usual)
    return found if found.text else None


def cut(raw: str, marks: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """`raw` cut before each mark: the mark ("" for the first piece) and where its piece lies.

    `marks` matches escaped signs too, which begin with a backslash and do not cut.
    """
    found = [m for m in marks.finditer(raw) if m[0][0] != "\\"]
    starts = [("", 0, 0), *((m[0], m.start(), m.end()) for m in found)]
    for (mark, _start, begin), (_mark, end, _begin) in pairwise(
        chain(starts, [("", len(raw), len(raw))])
    ):
        yield mark, begin, end
