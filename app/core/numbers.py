"""Numbers that people type, or that a form brings along."""

LONGEST = 9
"""More digits are no count and no number of a row: they fit into no column either."""


def read_number(text: str | None) -> int | None:
    """The whole number that a field of a form holds; None for anything else, `²` too.

    `str.isdigit` would not do: it takes signs that `int` refuses.
    """
    typed = (text or "").strip()
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST else None
