"""Numbers as people write them: `5,35`, `1 200`, `-0.5`, `1,5e3`."""

import re

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,2})?", re.IGNORECASE)
_SPACES = str.maketrans(dict.fromkeys(" \u00a0\u202f\u2009'’", ""))
_MINUS = str.maketrans("−–", "--")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")


def read_number(text: str) -> float | None:
    """The number that `text` writes, in French or English; None when it is none.

    A comma is decimal, as in French, unless a point follows it as in `1,234.5`.
    """
    bare = text.translate(_SPACES).translate(_MINUS)
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    bare = bare.replace(",", ".")
    return float(bare) if _NUMBER.fullmatch(bare) else None
