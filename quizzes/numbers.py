"""Numbers as people write them: `5,35`, `1 200`, `-0.5`, `1,5e3`, `16 MW`."""

import re
import unicodedata

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,2})?", re.IGNORECASE)
_SPACES = str.maketrans(dict.fromkeys(" \u00a0\u202f\u2009'’", ""))
_MINUS = str.maketrans("−–", "--")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_QUANTITY = re.compile(
    r"([-+]?[0-9.,]+(?:e[-+]?[0-9]{1,2}(?![0-9]))?)([^-+0-9.,/].*)?", re.IGNORECASE
)


def read_number(text: str) -> float | None:
    """The number that `text` writes, in French or English; None when it is none.

    A comma is decimal, as in French, unless a point follows it as in `1,234.5`.
    """
    bare = text.translate(_SPACES).translate(_MINUS)
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    bare = bare.replace(",", ".")
    return float(bare) if _NUMBER.fullmatch(bare) else None


def read_quantity(text: str) -> tuple[float, str] | None:
    """The number that `text` begins with and the unit that follows, as `plain_unit` writes it.

    None when it does not begin with a number.
    """
    found = _QUANTITY.fullmatch(text.translate(_SPACES).translate(_MINUS))
    number = read_number(found[1]) if found else None
    return None if found is None or number is None else (number, plain_unit(found[2] or ""))


def plain_unit(unit: str) -> str:
    """A unit as it is compared: `m³` is `m3`, and `MW` is `mw`."""
    bare = unicodedata.normalize("NFKC", unit).translate(_SPACES).translate(_MINUS)
    return bare.casefold()
