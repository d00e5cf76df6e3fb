"""Codes that people read aloud, write down and type: letters and digits without look-alikes."""

import secrets
from collections.abc import Collection, Container
from itertools import pairwise

from app.classes.insults import spells_insult

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PLACE_LENGTH = 10
"""Ten of 30 letters are 49 bits: it opens a place."""
DOOR_LENGTH = 6
"""Six letters open a door, where a teacher watches."""
KEY_LENGTH = 17
"""Seventeen letters are 83 bits: they open the teacher's side."""

_BETWEEN = " -\u2010\u2011\u2012\u2013\u2014_./"
"""Signs by which people part the groups of a code."""


def draw_code(length: int = PLACE_LENGTH) -> str:
    """A code of so many letters: easy to copy, hard to guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def draw_door_code(taken: Container[str] = (), paths: Collection[str] = ()) -> str:
    """A code for a door, which a whole class reads on the wall: it spells nothing ugly.

    It is none of `taken`, nor one of `paths`, the first steps of the site's own addresses.
    """
    shut = {path.strip("/").upper() for path in paths}
    while True:
        code = draw_code(DOOR_LENGTH)
        if code not in shut and code not in taken and not spells_insult(code):
            return code


def clean_code(text: str) -> str:
    """What was typed, however it was spaced, dashed or cased; nothing when it can be no code.

    No other letter is guessed from a look-alike: it might open somebody else's place.
    """
    typed = "".join(sign for sign in text if sign.isprintable() and sign not in _BETWEEN)
    code = typed.upper() if typed.isascii() else ""
    return code if all(letter in ALPHABET for letter in code) else ""


def show_code(code: str) -> str:
    """The code in even groups of five letters at most, for reading aloud; a door's is short."""
    if len(code) <= DOOR_LENGTH:
        return code
    groups = -(-len(code) // 5)
    cuts = [-(-len(code) * group // groups) for group in range(groups + 1)]
    return " ".join(code[start:end] for start, end in pairwise(cuts))
