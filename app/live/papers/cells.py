"""What stands in a table: numbers stay numbers, dates dates, and a text is never a formula."""

import math
import re
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

Cell = str | int | float | date | None
"""A moment (aware) is a date too; None is an empty cell."""
_DROPPED = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0xFEFF}
"""Marks that turn text around or take no room: what is read would not be what is there."""
_BREAK = re.compile(r"[^\S\u00a0\u202f]+")
"""Tabs and new lines, but not the spaces that French needs before a colon."""
_FORMULA = re.compile(r"(^|[,;|])(\s*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet could begin to calculate: at the start, or past what it takes for the end of
a cell. Source: OWASP, CSV Injection."""


def clean(text: str) -> str:
    """The text on one line, without the characters that no one can see."""
    return "".join(filter(_is_shown, _BREAK.sub(" ", text))).strip()


def _is_shown(letter: str) -> bool:
    code = ord(letter)
    is_nothing = code & 0xFFFE == 0xFFFE or unicodedata.category(letter) in {"Cc", "Cs"}
    return not is_nothing and code not in _DROPPED


def disarm(text: str) -> str:
    """The text as a spreadsheet may be given it: an apostrophe before what would be a formula."""
    return _FORMULA.sub(r"\1\2'", text)


def tidy(cell: Cell, zone: ZoneInfo) -> Cell:
    """The cell as every format wants it: clean text, finite numbers, moments of the zone."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    return cell.astimezone(zone) if isinstance(cell, datetime) else cell
