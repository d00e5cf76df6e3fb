"""Pseudonyms: two French words that no one chose, drawn by the server."""

import secrets
from collections.abc import Collection
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"


@cache
def _lines(name: str) -> list[list[str]]:
    text = (WORDS / f"{name}.txt").read_text("utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def draw_pseudonym(taken: Collection[str]) -> str:
    """A pseudonym that is not taken."""
    while True:
        gender, noun = secrets.choice(_lines("animals"))
        masculine, feminine = secrets.choice(_lines("qualities"))
        name = f"{noun} {masculine if gender == 'm' else feminine}"
        if name not in taken:
            return name
