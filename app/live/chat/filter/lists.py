"""The lists of words/: phrases that people review, made into what reads fast.

How a phrase is written stands in words/README.txt.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app.classes.folding import fold
from app.live.chat.filter.hearing import hear_word

WORDS = Path(__file__).parent / "words"
LANGUAGES = ("fr", "en")

_ELEMENT = re.compile(r"\([^)]*\)|\S+")
_GROUP = re.compile(r"<(\w+)>")
_GAP = "(?:[^ ;]+ ){0,4}?"
_STOP = "(?:; )?"
"""A sentence may end between two words of a phrase, but not within a gap."""


def read_lines(name: str) -> list[str]:
    """The lines of a list, folded, without its comments."""
    lines = (WORDS / name).read_text("utf-8").splitlines()
    return [fold(line).strip() for line in lines if line.strip() and not line.startswith("#")]


def phrases(name: str) -> list[str]:
    """The phrases of a list in every language."""
    return [line for language in LANGUAGES for line in read_lines(f"{name}.{language}.txt")]


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """What finds the phrases of these lists in a heard text."""
    made = (compose(line) for name in names for line in phrases(name))
    return re.compile(f" (?:{'|'.join(dict.fromkeys(made))})")


@cache
def unspaced(*names: str) -> re.Pattern[str]:
    """What finds the same phrases in letters that were written one by one."""
    made = (re.sub(r"\(\?:; \)\?|(?<!\^) ", "", compose(line)) for line in _tight(names))
    return re.compile("|".join(dict.fromkeys(made)))


def compose(phrase: str) -> str:
    """The regular expression of one phrase."""
    elements = _ELEMENT.findall(_expand(phrase))
    start = "(?<=^ )" if elements[0] == "^" else ""
    return start + "".join(map(_element, elements[1:] if start else elements))


def _tight(names: tuple[str, ...]) -> Iterator[str]:
    """Phrases that mean something without spaces: no gap, no end, no exception."""
    for name in names:
        for line in phrases(name):
            if not re.search(r"[.^$*!-]", _expand(line)):
                yield line


def _expand(phrase: str) -> str:
    while _GROUP.search(phrase):
        phrase = _GROUP.sub(lambda found: groups()[found[1]], phrase)
    return phrase


@cache
def groups() -> dict[str, str]:
    """The groups that phrases name."""
    pairs = (line.partition("=") for line in read_lines("groups.txt"))
    return {name.strip(): stands_for.strip() for name, _, stands_for in pairs}


def _element(element: str) -> str:
    if element == "..":
        return _GAP
    if element.startswith("("):
        return f"(?:{_choice(element[1:-1])}{_STOP})?"
    if element.startswith("!"):
        return "".join(f"(?<! {_words(word)})" for word in element[1:].split("/"))
    if element.startswith("-"):
        return f"(?!{_choice(element[1:])})"
    return _choice(element) + ("" if element == "$" else _STOP)


def _choice(words: str) -> str:
    return f"(?:{'|'.join(dict.fromkeys(map(_words, words.split('/'))))})"


def _words(words: str) -> str:
    if words == "$":
        return "(?:; )?$"
    heard = (
        hear_word(word.rstrip("*")) + "[^ ]*" * word.endswith("*") for word in words.split("_")
    )
    return " ".join(heard) + " "
