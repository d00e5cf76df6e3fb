"""The ``Range`` header of RFC 9110, section 14: one range of bytes; several are answered whole."""

import re
from typing import NamedTuple

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Range(NamedTuple):
    """Which bytes are sent; ``is_part`` when they were asked for by range."""

    start: int
    length: int
    is_part: bool


def read_range(header: str | None, size: int) -> Range | None:
    """The bytes that a header asks for; None when the file has none of them."""
    found = _ONE.fullmatch(header.replace(" ", "")) if header else None
    if found is None or found[0] == "bytes=-":
        return Range(0, size, is_part=False)
    if not found[1]:
        start, stop = max(0, size - int(found[2])), size
    else:
        start, stop = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
        if found[2] and int(found[2]) < start:
            return Range(0, size, is_part=False)
    return Range(start, stop - start, is_part=True) if start < stop else None
