"""A message as the ear takes it: folded, undisguised, in whole words, with spaces around."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

from app.classes.folding import fold, runs, unmask

WORDS = Path(__file__).parent / "words"

_END = re.compile(r"[.!?…]+(?=\s)|\n")
_WORD = re.compile(r"[^\W_]+|;")
_ROW = re.compile(r"(?<![^\W_])(?:[a-z0-9][\s._*-]{1,3}){2,}[a-z0-9](?![^\W_])")
"""Single letters with something between: m o u r i r, m.o.u.r.i.r"""
_LOUD = re.compile(r"(?<!\S)\d+(?:[a-zA-Z]{1,2}\d*)?(?!\w)(?<!\b\d)|[!|+]+(?!\S)")
_ELIDED = re.compile(r" j (?=[^aeiouyh;])")
_MEANT = ((" je m (?=[^aeiouyh;])", " je me "), (" je v ", " je vais "), (" je ve ", " je vais "))


@lru_cache(4000)
def hear_word(word: str) -> str:
    """A folded word with each letter once, however often it is repeated; digits stay."""
    return word if word.isdigit() else runs(word)[0]


def hear(folded: str) -> Iterator[str]:
    """Readings of a folded text as words: as it is, then with digits taken for letters."""
    seen = set()
    for reading in (folded, *islice(unmask(calm(folded)), 1, None)):
        words = _words(_END.sub(" ; ", reading))
        if words not in seen:
            seen.add(words)
            yield words


def calm(text: str) -> str:
    """The same text without the numbers and cries that hide no letter and only cost time."""
    return _LOUD.sub(" ", text)


def letter_rows(folded: str) -> list[str]:
    """Rows of single letters, each joined and heard."""
    return [hear_word(_join(row)) for row in _ROW.findall(folded)]


def join_rows(folded: str) -> str:
    """The same text with its rows of single letters as words."""
    return _ROW.sub(lambda row: _join(row[0]), folded)


def _join(row: str) -> str:
    return re.sub(r"[\s._*-]", "", row)


def _words(text: str) -> str:
    joined = " " + " ".join(map(_meant, _WORD.findall(text))) + " "
    joined = _ELIDED.sub(" je ", joined)
    for short, meant in _MEANT:
        joined = re.sub(short, meant, joined)
    return joined


@lru_cache(4000)
def _meant(word: str) -> str:
    """What a typed word says; a short spelling is not looked for under repeated letters."""
    heard = hear_word(word)
    return spellings().get(word) or (spellings().get(heard, heard) if len(heard) > 3 else heard)


@cache
def spellings() -> dict[str, str]:
    """What is typed in a hurry, and what it says, heard."""
    known = {}
    for language in ("fr", "en"):
        for line in (WORDS / f"spellings.{language}.txt").read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                typed, *says = fold(line).split()
                known[typed] = " ".join(map(hear_word, says))
    return known
