"""A small drawing for each pseudonym: what sort of thing it is, on a plate of a colour."""

from dataclasses import dataclass
from functools import cache
from zlib import crc32

from app.classes.insults import read_words
from app.classes.pseudonyms import SHELVES

COLOURS = ("yellow", "teal", "vermilion", "sky", "rose", "lime")


@dataclass(frozen=True)
class Emblem:
    """What is drawn."""

    sign: str
    """One of SHELVES: animals, plants, tools, machines or sky."""
    colour: str


@cache
def _shelves() -> dict[str, str]:
    """The shelf of each first word."""
    return {line.split()[1]: shelf for shelf in SHELVES for line in read_words(f"{shelf}.txt")}


def emblem_of(pseudonym: str) -> Emblem:
    """The emblem of a pseudonym: always the same for the same one."""
    noun = pseudonym.partition(" ")[0]
    colour = COLOURS[crc32(pseudonym.encode()) % len(COLOURS)]
    return Emblem(_shelves().get(noun, "tools"), colour)
