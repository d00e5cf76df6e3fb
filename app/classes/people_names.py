"""Names of people: which part is the first name, which the surname, and how to write them."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from app.classes.folding import fold
from app.classes.name_columns import Columns, is_capital, is_known, looks_like_name
from app.classes.name_files import Line

_PARTICLES = {"de", "du", "des", "la", "le", "les", "l", "d", "von", "van", "der", "den", "zu",
              "el", "al", "ben", "bin", "ibn", "abu", "da", "das", "do", "dos", "di", "della", "st",
              "saint", "ter", "mac", "y"}  # fmt: skip
_TITLES = re.compile(r"^(?:m\.|mr|mme|mlle|mme\.|mlle\.)\s+", re.IGNORECASE)


class Person(NamedTuple):
    """Somebody on a list, by the line of the file."""

    line: int
    first_name: str
    surname: str


class Found(NamedTuple):
    """The people of a list, the lines that hold nobody, and the lines of the same people again."""

    people: list[Person]
    skipped: list[int]
    repeated: list[int]


def find_people(lines: Sequence[Line], columns: Columns) -> Found:
    """The people on the lines below the titles.

    Birth dates are compared, to know who stands there twice, and dropped.
    """
    body = lines[columns.start :]
    whole = [_cell(line, columns.of("full_name")) for line in body]
    surname_first = columns.surname_first
    if surname_first is None:
        surname_first = _is_surname_first([_TITLES.sub("", name) for name in whole if name])
    found, seen = Found([], [], []), set()
    for line, name in zip(body, whole, strict=True):
        person = _read_person(line, columns, name, surname_first)
        born = _cell(line, columns.of("birth_date"))
        key = (fold(person.first_name), fold(person.surname), born) if person else ("", "", "")
        if person is None:
            found.skipped.append(line.number)
        elif born and key in seen:
            found.repeated.append(line.number)
        else:
            found.people.append(person)
        seen.add(key)
    return found


def _cell(line: Line, places: Sequence[int]) -> str:
    """The first of these cells that holds something."""
    filled = (line.cells[at] for at in places if at < len(line.cells) and line.cells[at])
    return next(filled, "")


def _read_person(line: Line, columns: Columns, whole: str, surname_first: bool) -> Person | None:
    first = _cell(line, columns.of("first_name"))
    last = _cell(line, columns.of("surname"))
    if not first and not last:
        first, last = split_name(_TITLES.sub("", whole), surname_first)
    elif not first:
        first, last = split_name(last, surname_first=True)
    if not all(looks_like_name(part) for part in (first, last) if part) or not (first or last):
        return None
    return Person(line.number, proper(first), last)


def split_name(name: str, surname_first: bool) -> tuple[str, str]:
    """First name and surname. Capitals and a comma tell; without them `surname_first` does."""
    if "," in name:
        last, _, first = name.partition(",")
        return first.strip(), last.strip()
    words = name.split()
    capital = [is_capital(word) for word in words]
    if any(capital) and not all(capital):
        return _split_by_capitals(words, capital)
    if len(words) < 2:
        return name, ""
    cut = _surname_length(words) if surname_first else _first_name_length(words)
    head, tail = " ".join(words[:cut]), " ".join(words[cut:])
    return (tail, head) if surname_first else (head, tail)


def _split_by_capitals(words: list[str], capital: list[bool]) -> tuple[str, str]:
    """DE LA TOUR Léa, Léa de LA TOUR: particles go with the capitals that follow."""
    for at in range(len(words) - 2, -1, -1):
        capital[at] = capital[at] or (capital[at + 1] and _is_particle(words[at]))
    first = [word for word, is_last in zip(words, capital, strict=True) if not is_last]
    last = [word for word, is_last in zip(words, capital, strict=True) if is_last]
    return " ".join(first), " ".join(last)


def _is_particle(word: str) -> bool:
    return fold(word).strip("'’.") in _PARTICLES


def _surname_length(words: list[str]) -> int:
    """Words of a surname that comes first: one, and the particles before it."""
    length = 1
    while length < len(words) - 1 and _is_particle(words[length - 1]):
        length += 1
    return length


def _first_name_length(words: list[str]) -> int:
    """Words of a first name that comes first: Marie Lou Martin has two."""
    return 2 if len(words) > 2 and is_known(words[0]) and is_known(words[1]) else 1


def _is_surname_first(names: Sequence[str]) -> bool:
    """The order of a list without titles: by common first names, else by its capitals."""
    pairs = [(words[0], words[-1]) for name in names if len(words := name.split()) > 1]
    ahead = sum(is_known(first) for first, _ in pairs)
    behind = sum(is_known(last) for _, last in pairs)
    if ahead != behind:
        return behind > ahead
    return bool(names) and all(name.isupper() for name in names)


def proper(name: str) -> str:
    """A name written all in capitals, or all in small letters, as names are: Jean-Baptiste."""
    if not (name.isupper() or name.islower()) or len(name) < 3:
        return name
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), name)


def everyday_names(people: Sequence[Person]) -> list[str]:
    """The first name by which each is called: of several with commas or in a civil list, one."""
    counts = Counter(len(person.first_name.split()) > 1 for person in people)
    is_civil = len(people) > 2 and counts[True] > counts[False]
    return [_everyday(person, 1 if is_civil else 2) for person in people]


def _everyday(person: Person, most: int) -> str:
    words = (person.first_name or proper(person.surname)).split(",")[0].split()
    return " ".join(words[: most if len(words) <= 2 else 1])
