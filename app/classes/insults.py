"""Insults: a reviewed corpus of French and English, and what finds its words under disguises.

What is found is a reason to hold a text or to draw again, never proof of what somebody meant.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from app.classes.folding import fold, runs, sounds, unmask

WORDS = Path(__file__).parent / "words"
LANGUAGES = ("fr", "en")

Runs = tuple[str, tuple[int, ...]]
_WORD = re.compile(r"[^\W_]+")
_BARRIER = " 0 "
"""Stands where clean words were: what is left and right of them does not touch."""
_CLOSEST = 4
"""Letters of the shortest word that is looked for across two words."""
_LONGEST = 40
"""What is longer than any word is not searched for one."""


class Corpus(NamedTuple):
    """The words by their letters, to be looked up rather than searched for."""

    words: dict[str, list[tuple[tuple[int, ...], str]]]
    stems: dict[str, list[tuple[tuple[int, ...], str]]]
    phrases: dict[str, list[tuple[list[Runs], str]]]


def read_words(name: str) -> list[str]:
    """The lines of a file of words, without its comments."""
    lines = (WORDS / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def corpus() -> Corpus:
    """The corpus of every language, made once."""
    made = Corpus(defaultdict(list), defaultdict(list), defaultdict(list))
    for entry in dict.fromkeys(line for name in LANGUAGES for line in read_words(_file(name))):
        parts = [runs(word) for word in _WORD.findall(fold(entry))]
        letters, counts = parts[0]
        if len(parts) > 1:
            made.phrases[letters].append((parts, entry))
            continue
        made.words[letters].append((counts, entry))
        if entry.endswith("*"):
            made.stems[letters].append((counts, entry))
    return made


def is_insult(text: str) -> bool:
    """Whether something of the corpus is found in `text`."""
    return bool(find_insults(text))


def find_insults(text: str) -> list[str]:
    """What is found of the corpus in `text`, as the corpus writes it, each once."""
    found: dict[str, None] = {}
    for reading in unmask(fold(_without_clean_words(text))):
        found.update(dict.fromkeys(_find_in(reading)))
    return list(found)


def spells_insult(letters: str) -> bool:
    """Whether an insult stands anywhere within `letters`: for codes, that have no words."""
    for reading in unmask(fold(letters)):
        if any(bare in reading for bare in _bare_words()):
            return True
    return any(short in fold(letters) for short in short_insults())


def meets_insult(first: str, second: str) -> bool:
    """Whether two clean words make an insult where they meet, as written or as heard."""
    initials = fold(first)[:1] + fold(second)[:1]
    if initials in short_insults():
        return True
    joins = _joins()
    return any((tail, head) in joins for tail in _tails(first) for head in _heads(second))


@cache
def short_insults() -> frozenset[str]:
    """Two signs that hurt or make people laugh."""
    return frozenset(read_words("insults.short.txt"))


def _file(language: str) -> str:
    return f"insults.{language}.txt"


@cache
def _clean_words() -> re.Pattern[str]:
    lines = {line for name in LANGUAGES for line in read_words(f"clean.{name}.txt")}
    words = (r"[\s,'’-]+".join(map(re.escape, line.casefold().split())) for line in lines)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)")


def _without_clean_words(text: str) -> str:
    return _clean_words().sub(_BARRIER, unicodedata.normalize("NFC", text.casefold()))


def _find_in(reading: str) -> Iterator[str]:
    words = _WORD.findall(reading)
    for word in words:
        yield from _match(word)
    yield from _find_phrases([runs(word) for word in words])
    yield from _find_split(words)
    for chunk in reading.split():
        if not chunk.isalnum():
            yield from _find_in_chunk(chunk)


@lru_cache(20_000)
def _match(word: str, with_stems: bool = True) -> tuple[str, ...]:
    """Entries that `word` is, in the plural or not, each letter at least as often.

    Most words of a chat are said again and again: each is looked up once.
    """
    return tuple(_entries_of(runs(word), with_stems))


def _entries_of(word: Runs, with_stems: bool) -> Iterator[str]:
    letters, counts = word
    shapes = [word] if counts[-1:] != (1,) or letters[-1:] != "s" else [word, _singular(word)]
    for form, own in shapes:
        yield from (entry for least, entry in corpus().words.get(form, ()) if _covers(own, least))
    if with_stems:
        for length in range(3, len(letters) + 1):
            for least, entry in corpus().stems.get(letters[:length], ()):
                if _covers(counts, least):
                    yield entry


def _singular(word: Runs) -> Runs:
    return word[0][:-1], word[1][:-1]


def _covers(counts: Sequence[int], least: Sequence[int]) -> bool:
    return all(count >= floor for count, floor in zip(counts, least, strict=False))


def _find_phrases(words: list[Runs]) -> Iterator[str]:
    known = corpus().phrases
    for start, (letters, _) in enumerate(words):
        for parts, entry in known.get(letters, ()):
            here = words[start : start + len(parts)]
            if len(here) == len(parts) and all(map(_is_same, here, parts)):
                yield entry


def _is_same(word: Runs, part: Runs) -> bool:
    shapes = (word, _singular(word)) if word[0].endswith("s") else (word,)
    return any(form == part[0] and _covers(own, part[1]) for form, own in shapes)


def _find_split(words: list[str]) -> Iterator[str]:
    """Words cut in two, and words spelt letter by letter."""
    known = corpus().words
    for one, two in pairwise(words):
        letters = _join_letters(runs(one)[0], runs(two)[0])
        may_be = letters in known or letters[:-1] in known  # hardly ever: new pairs are not kept
        if may_be and len(one + two) >= _CLOSEST:
            yield from _match(one + two, False)
    for row in _spelt_rows(words):
        for start in range(len(row)):
            for end in range(start + 3, len(row) + 1):
                yield from _match("".join(row[start:end]), False)


def _join_letters(one: str, two: str) -> str:
    """The letters of two words that touch, as `runs` gives them of the whole."""
    return one + (two[1:] if one[-1:] == two[:1] else two)


def _spelt_rows(words: list[str]) -> Iterator[list[str]]:
    """Rows of three single letters or more, with the words beside them."""
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and len(words[end]) == 1:
            end += 1
        if end - start >= 3:
            yield words[max(start - 1, 0) : min(end + 1, start + _LONGEST)]
        start = max(end, start + 1)


def _find_in_chunk(chunk: str) -> Iterator[str]:
    """Words with signs between or instead of their letters: p-u.t_e, p*te."""
    joined = "".join(_WORD.findall(chunk))
    if joined != chunk and len(joined) >= 3:
        yield from _match(joined, False)
    if not ("*" in chunk or "#" in chunk):
        return
    hidden = re.sub(r"^[^\w*#]+|[^\w*#]+$", "", chunk)
    if len(hidden) <= _LONGEST and re.fullmatch(r"[a-z]+[*#]+[a-z]+", hidden):
        pattern = re.compile(re.sub("[*#]", "[a-z]", hidden) + "s?")
        yield from (entry for bare, entry in _spelt_entries() if pattern.fullmatch(bare))


@cache
def _spelt_entries() -> list[tuple[str, str]]:
    entries = (entry for kept in corpus().words.values() for _, entry in kept)
    return [(fold(entry).rstrip("*"), entry) for entry in entries]


@cache
def _bare_words() -> tuple[str, ...]:
    return tuple({bare for bare, _ in _spelt_entries() if len(bare) >= 3})


@cache
def _joins() -> frozenset[tuple[str, str]]:
    """Every entry cut in two at every place, as written and as heard."""
    spelt = {bare for bare, entry in _spelt_entries() if len(bare) >= 3 and _is_heard(entry)}
    spelt |= {sounds(bare) for bare in spelt}
    cuts = ((bare, at) for bare in spelt if len(bare) >= 3 for at in range(1, len(bare)))
    return frozenset((bare[:at], bare[at:]) for bare, at in cuts)


def _is_heard(entry: str) -> bool:
    """English words of three letters are not heard in French ones."""
    return len(entry) > 3 or entry in set(read_words(_file("fr")))


def _heard(word: str) -> Iterable[str]:
    """How a French word is written and said: its last letters are mostly mute."""
    folded = fold(word)
    mute = re.sub(r"(?:e?s|e|[tdxp])$", "", folded)
    return {folded, mute, sounds(folded), sounds(mute)}


@cache
def _first_halves() -> frozenset[str]:
    return frozenset(tail for tail, _ in _joins())


@cache
def _second_halves() -> frozenset[str]:
    return frozenset(head for _, head in _joins())


@lru_cache(1000)
def _tails(word: str) -> frozenset[str]:
    """Ends of `word` with which something of the corpus begins."""
    ends = {spelt[at:] for spelt in _heard(word) for at in range(len(spelt))}
    return frozenset(ends & _first_halves())


@lru_cache(1000)
def _heads(word: str) -> frozenset[str]:
    """Beginnings of `word` with which something of the corpus ends."""
    begins = {spelt[:at] for spelt in _heard(word) for at in range(1, len(spelt) + 1)}
    return frozenset(begins & _second_halves())
