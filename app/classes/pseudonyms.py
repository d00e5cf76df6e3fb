"""Pseudonyms: two French words, « Renard cuivré », drawn from lists that people reviewed.

Nouns are animals, plants, tools, machines and the sky; qualities agree with them. Nothing in
the lists mocks a body, an origin, a belief, a sex or an illness, and no first name is among them.
"""

import secrets
from collections.abc import Collection, Iterator
from functools import cache
from random import Random
from typing import NamedTuple

from app.classes.folding import fold
from app.classes.insults import is_insult, meets_insult, read_words

SHELVES = ("animals", "plants", "tools", "machines", "sky")


class Noun(NamedTuple):
    """A first word."""

    word: str
    is_feminine: bool


class Quality(NamedTuple):
    """A second word, in both genders."""

    masculine: str
    feminine: str


class NoneLeft(ValueError):
    """Every pseudonym is taken."""


@cache
def nouns() -> tuple[Noun, ...]:
    """The first words."""
    lines = (line.split() for shelf in SHELVES for line in read_words(f"{shelf}.txt"))
    return tuple(Noun(word, gender == "f") for gender, word in lines)


@cache
def qualities() -> tuple[Quality, ...]:
    """The second words."""
    return tuple(Quality(*line.split()) for line in read_words("qualities.txt"))


def draw_pseudonym(taken: Collection[str], rng: Random | None = None) -> str:
    """A pseudonym that is none of `taken`, whose first word none of them has, if there is one.

    Raises NoneLeft when all are taken.
    """
    rng = rng or secrets.SystemRandom()
    known = {fold(pseudonym) for pseudonym in taken}
    used = {pseudonym.partition(" ")[0] for pseudonym in known}
    shuffled = rng.sample(nouns(), len(nouns()))
    for noun in sorted(shuffled, key=lambda noun: fold(noun.word) in used):
        for quality in rng.sample(qualities(), len(qualities())):
            if suits(noun, quality) and fold(pseudonym := join(noun, quality)) not in known:
                return pseudonym
    raise NoneLeft


def all_pseudonyms() -> Iterator[str]:
    """Every pseudonym that can be drawn."""
    for noun in nouns():
        yield from (join(noun, quality) for quality in qualities() if suits(noun, quality))


def join(noun: Noun, quality: Quality) -> str:
    """The two words, agreed."""
    return f"{noun.word} {quality.feminine if noun.is_feminine else quality.masculine}"


def suits(noun: Noun, quality: Quality) -> bool:
    """Whether the two say nothing ugly together, nor where they meet, nor by their initials."""
    pseudonym = join(noun, quality)
    return not meets_insult(*pseudonym.split()) and not is_insult(pseudonym)
