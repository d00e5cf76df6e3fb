"""The lists of words/: phrases that people review, made into what reads fast.

How a phrase is written stands in words/README.txt.
"""

import re
from collections.abc import Iterable, Iterator
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


class Heard:
    """One reading of a text, with spaces around each of its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[tuple[int, str]] = []
        """Where the space before each word is, and the word."""
        at = 0
        for word in text.split(" ")[1:-1]:
            self.words.append((at, word))
            at += len(word) + 1


class Phrases:
    """The phrases of some lists: one long pattern, tried only where a first word of one stands."""

    def __init__(self, lines: Iterable[str]) -> None:
        lines = list(dict.fromkeys(lines))
        self.pattern = re.compile(f" (?:{'|'.join(map(compose, lines))})")
        firsts = {word for line in lines for word in first_words(line)}
        self._whole = {word for word in firsts if not word.endswith("*")}
        self._begun = tuple(word[:-1] for word in firsts if word.endswith("*"))

    def are_in(self, heard: Heard) -> bool:
        """Whether a heard text says one of them."""
        return any(
            self.pattern.match(heard.text, at)
            for at, word in heard.words
            if word in self._whole or word.startswith(self._begun)
        )


@cache
def phrases_of(*names: str) -> Phrases:
    """The phrases of these lists, in every language."""
    return Phrases(line for name in names for line in phrases(name))


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


def first_words(phrase: str) -> Iterator[str]:
    """The words with which what a phrase finds may begin, heard; `*` for any end of one."""
    for element in _ELEMENT.findall(_expand(phrase)):
        if element == "^" or element[0] in "!-":
            continue
        is_optional = element.startswith("(")
        for words in (element[1:-1] if is_optional else element).split("/"):
            first = "*" if words == ".." else words.partition("_")[0]
            yield hear_word(first.rstrip("*")) + "*" * first.endswith("*")
        if not is_optional and element != "..":
            return


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
