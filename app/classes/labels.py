"""Labels: what a teacher may keep beside a pseudonym, at most 20 characters, a first name or
initials. Lists are read to suggest them; what is not kept as a label is forgotten with the page.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from app.classes.folding import fold
from app.classes.name_columns import Columns, Role, find_columns
from app.classes.name_files import is_plain, read_lines, refuse
from app.classes.people_names import Found, Person, everyday_names, find_people, proper
from app.core.errors import Refusal
from app.core.texts import printable

LONGEST = 20
"""Characters of a label."""
MOST_PEOPLE = 100
"""A class is full then."""
_TOLD = 5
"""Lines told by number in one warning."""


class NameRow(NamedTuple):
    """Somebody on the list, and labels for them: the first name, with an initial, initials."""

    line: int
    first_name: str
    surname: str
    suggestions: tuple[str, ...]


class Column(NamedTuple):
    """A column of the list: its title, "" when it had none, and what was taken from it."""

    title: str
    role: Role


class Reading(NamedTuple):
    """What was read of a list: nothing but names, and what the teacher should look at."""

    rows: list[NameRow]
    columns: list[Column]
    warnings: list[Any]


def read_names(data: bytes | str) -> Reading:
    """Read a list of names as schools export them, pasted or sent as a file.

    Raises Refusal, with the line and what to change.
    """
    lines = read_lines(data)
    columns = find_columns(lines)
    found = find_people(lines, columns)
    if len(found.people) <= len(found.skipped):
        raise refuse("no-names", _l("Cette liste ne contient pas de noms. Vérifiez la colonne."))
    if len(found.people) > MOST_PEOPLE:
        raise _too_many(found.people)
    rows = [
        NameRow(person.line, person.first_name, person.surname, labels)
        for person, labels in zip(found.people, suggest(found.people), strict=True)
    ]
    titles = [Column(*column) for column in zip(columns.titles, columns.roles, strict=True)]
    return Reading(rows, titles, _warn(columns, found))


def clean_label(text: str) -> str:
    """A label typed by hand, trimmed; nothing means no label. Raises Refusal."""
    label = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(label) > LONGEST:
        raise Refusal(
            "label-too-long",
            _l("Ce repère est trop long : %(most)s caractères au plus.", most=LONGEST),
            422,
            field="label",
        )
    try:
        readable = is_plain(printable(label))
    except ValueError:
        readable = False
    if not readable:
        raise Refusal(
            "label-sign", _l("Ce repère contient un signe qui ne se lit pas."), 422, field="label"
        )
    return label


def suggest(people: Sequence[Person]) -> list[tuple[str, ...]]:
    """Labels for each: in every place of the answer, no two people have the same one."""
    names = everyday_names(people)
    letters = [_initials(name) for name in names]
    kinds = (
        _tell_apart(names, people, 0),
        _tell_apart(names, people, 1),
        _tell_apart(letters, people, 1),
    )
    return [tuple(dict.fromkeys(labels)) for labels in zip(*kinds, strict=True)]


def _tell_apart(stems: Sequence[str], people: Sequence[Person], least: int) -> list[str]:
    """`stems`, with as many letters of the surname as tell people apart, `least` at least."""
    surnames = [proper(person.surname) if person.first_name else "" for person in people]
    labels = []
    for at, stem in enumerate(stems):
        rivals = [
            surnames[other]
            for other in range(len(stems))
            if other != at and fold(stems[other]) == fold(stem)
        ]
        labels.append(_join(stem, surnames[at], _letters_needed(surnames[at], rivals, least)))
    return _number(labels)


def _letters_needed(surname: str, rivals: Sequence[str], least: int) -> int:
    count = least
    while count < len(surname) and any(_begins_alike(surname, rival, count) for rival in rivals):
        count += 1
    return count


def _begins_alike(one: str, other: str, count: int) -> bool:
    return fold(one[:count]) == fold(other[:count])


def _join(stem: str, surname: str, count: int) -> str:
    """« Léa Ma. », within LONGEST."""
    begun = surname[:count].rstrip(" -'’")
    tail = f" {begun}." if begun and count < len(surname) else f" {begun}".rstrip()
    tail = tail[: LONGEST - 6]
    return _shorten(stem, LONGEST - len(tail)) + tail


def _shorten(name: str, most: int) -> str:
    """A long name in `most` characters: Marie-Antoinette is Marie-A."""
    if len(name) <= most:
        return name
    first, *others = re.split(r"(?=[ -])", name)
    short = first + "".join(f"{part[:2]}." for part in others)
    return short if others and len(short) <= most else f"{name[: most - 1].rstrip(' -')}."


def _initials(name: str) -> str:
    """Jean-Baptiste is J.-B."""
    return re.sub(r"([^\W\d_])[^\s-]*", lambda part: f"{part[1].upper()}.", name)


def _number(labels: Sequence[str]) -> list[str]:
    """`labels`, numbered where two are still the same."""
    taken: set[str] = set()
    told = []
    for label in labels:
        own, number = label, 1
        while fold(own) in taken:
            number += 1
            own = f"{label[: LONGEST - 1 - len(str(number))].rstrip()} {number}"
        taken.add(fold(own))
        told.append(own)
    return told


def _too_many(people: Sequence[Person]) -> Refusal:
    message = _l(
        "Cette liste compte %(count)s noms. Une classe en tient %(most)s : coupez-la"
        " avant la ligne %(line)s.",
        count=len(people),
        most=MOST_PEOPLE,
        line=people[MOST_PEOPLE].line,
    )
    return refuse("too-many", message)


def _warn(columns: Columns, found: Found) -> list[Any]:
    """What the teacher should look at before keeping anything."""
    alike = _same_names(found.people)
    told = (
        (columns.is_guess, _l("Les colonnes n’ont pas de titre : vérifiez nom et prénom.")),
        (found.skipped, _l("Sans nom, laissé de côté : ligne %(lines)s.",
                           lines=_tell_lines(found.skipped))),
        (found.repeated, _l("Déjà plus haut, laissé de côté : ligne %(lines)s.",
                            lines=_tell_lines(found.repeated))),
        (alike, _l("Même prénom et même nom, numérotés : ligne %(lines)s.",
                   lines=_tell_lines(alike))),
    )  # fmt: skip
    return [sentence for is_so, sentence in told if is_so]


def _same_names(people: Sequence[Person]) -> list[int]:
    lines: dict[tuple[str, str], list[int]] = {}
    for person in people:
        key = fold(person.first_name), fold(person.surname)
        lines.setdefault(key, []).append(person.line)
    return [line for same in lines.values() if len(same) > 1 for line in same]


def _tell_lines(lines: Sequence[int]) -> str:
    more = "…" if len(lines) > _TOLD else ""
    return ", ".join(map(str, lines[:_TOLD])) + more
