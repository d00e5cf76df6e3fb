"""Codes that people read aloud, write down and type: letters and digits without look-alikes."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PLACE_LENGTH = 10
"""Ten of 30 letters are 49 bits: it opens a place."""
DOOR_LENGTH = 6
"""Six letters open a door, where a teacher watches."""
KEY_LENGTH = 17
"""Seventeen letters are 83 bits: they open the teacher's side."""


def draw_code(length: int = PLACE_LENGTH) -> str:
    """A code of so many letters: easy to copy, hard to guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def clean_code(text: str) -> str:
    """What was typed, however it was spaced or cased."""
    return "".join(letter for letter in text.upper() if letter in ALPHABET)


def show_code(code: str) -> str:
    """The code in groups of five at most, for reading aloud."""
    if len(code) <= DOOR_LENGTH:
        return code
    return " ".join(code[start : start + 5] for start in range(0, len(code), 5))
