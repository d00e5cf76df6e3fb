"""Which columns of a list hold names: told by their titles, else by what stands in them."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from flask_babel import lazy_gettext as _l

from app.classes.folding import fold
from app.classes.insults import read_words
from app.classes.name_files import Line, refuse

Role = Literal["first_name", "surname", "full_name", "birth_date", "other"]

_FIRST = {"prenom", "prenoms", "first", "given", "forename", "firstname"}
_LAST = {"nom", "noms", "surname", "last", "family", "lastname"}
_WHOLE = {"eleve", "eleves", "etudiant", "etudiants", "apprenant", "student", "students", "name",
          "identite", "pupil"}  # fmt: skip
_BIRTH = {"naissance", "ne", "nee", "birth", "birthdate", "dob"}
_OTHERS = {"responsable", "pere", "mere", "parent", "parents", "tuteur", "legal", "representant",
           "professeur", "prof", "enseignant", "contact", "etablissement", "ecole", "college",
           "lycee", "utilisateur", "user", "username", "classe", "groupe", "autre", "autres", "2",
           "3", "4", "deuxieme", "second", "troisieme", "lieu", "ville", "login", "nombre",
           "identifiant", "numero", "regime"}  # fmt: skip
_SAID = {"sexe", "civilite", "ine", "division", "mef", "mail", "email", "courriel", "adresse",
         "telephone", "tel", "option", "options", "lv1", "lv2", "niveau", "age", "date", "n",
         "gender", "class"}  # fmt: skip
_USUAL = {"usage", "usuel", "usuels", "preferred"}
_GLUE = {"de", "d", "du", "des", "l", "la", "le", "les", "et", "e", "s", "a", "of", "the", "and",
         "complet", "full", "famille", "patronymique", "1", "1er", "premier", "usage"}  # fmt: skip
_TITLES = _FIRST | _LAST | _WHOLE | _BIRTH | _OTHERS | _SAID | _USUAL | _GLUE

_VALUES = {
    *("f", "m", "g", "h", "fille", "garcon", "masculin", "feminin", "male", "female", "mme", "mr"),
    *("externe", "interne", "demi pensionnaire", "dp", "ext", "int", "oui", "non", "yes", "no"),
    *("anglais", "espagnol", "allemand", "italien", "latin", "francaise", "francais", "france"),
    *("seconde", "premiere", "terminale", "sixieme", "cinquieme", "quatrieme", "troisieme", "x"),
}
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[\s'’`.,()-])*")
"""A letter, then letters and what stands between words, one by one: each can be read in one way
only, so that no cell takes longer than its length."""
_LONGEST = 80
_HEADER_WITHIN = 10
"""Lines in which titles are looked for: exports begin with the school and the date."""


class Columns(NamedTuple):
    """The roles of the columns, their titles, where the names begin, and how sure that is."""

    roles: tuple[Role, ...]
    titles: tuple[str, ...]
    start: int
    surname_first: bool | None
    is_guess: bool

    def of(self, role: Role) -> list[int]:
        """The columns with this role, the one in daily use first."""
        places = [place for place, own in enumerate(self.roles) if own == role]
        return sorted(places, key=lambda place: not _USUAL & set(_words(self.titles[place])))


@cache
def first_names() -> frozenset[str]:
    """First names that are common, folded."""
    lines = read_words("first_names.txt")
    return frozenset(fold(name) for line in lines for name in line.split())


def find_columns(lines: Sequence[Line]) -> Columns:
    """Find where the names are. Raises Refusal when no column looks like names."""
    width = max(len(line.cells) for line in lines)
    columns = _by_titles(lines, width) or _by_content(lines, width)
    if not {"first_name", "surname", "full_name"} & set(columns.roles):
        raise refuse(
            "no-names",
            _l(
                "Aucune colonne ne ressemble à des noms. Il faut un titre « Nom » ou « Prénom »,"
                " ou un nom par ligne."
            ),
        )
    return columns


def looks_like_name(cell: str) -> bool:
    """Whether `cell` may be the name of somebody."""
    return len(cell) <= _LONGEST and bool(_NAME.fullmatch(cell))


def is_capital(word: str) -> bool:
    """Whether `word` is in capitals, as schools write surnames: DUPONT, d’ALMEIDA, McDONALD."""
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) >= 0.6 * len(letters)


def role_of(title: str) -> Role | None:
    """What a title says of its column, None when it is no title that we know."""
    words = set(_words(title))
    if not words or not words <= _TITLES:
        return None
    is_both = bool(words & _FIRST and words & _LAST)
    told: tuple[tuple[object, Role], ...] = (
        (words & _OTHERS, "other"),
        (is_both, "full_name"),
        (words & _FIRST, "first_name"),
        (words & _LAST, "surname"),
        (words & _BIRTH, "birth_date"),
        (words & _WHOLE, "full_name"),
        (words & _SAID, "other"),
    )
    return next((role for is_told, role in told if is_told), None)


def _words(title: str) -> list[str]:
    return re.findall(r"[a-z]+\d?|\d+(?:er)?", fold(title))


def _by_titles(lines: Sequence[Line], width: int) -> Columns | None:
    """The columns by the line of titles, which is the one that knows most."""
    known = [
        [role for cell in line.cells if (role := role_of(cell))] for line in lines[:_HEADER_WITHIN]
    ]
    start = max(range(len(known)), key=lambda number: len(known[number]))
    titles = [*lines[start].cells, *[""] * (width - len(lines[start].cells))]
    filled = sum(map(bool, titles))
    if not {"first_name", "surname", "full_name"} & set(known[start]) or 2 * filled < width:
        return None
    roles: list[Role] = [role_of(title) or "other" for title in titles]
    if "first_name" not in roles and "full_name" not in roles:  # « Nom » alone is the whole name
        roles = ["full_name" if role == "surname" else role for role in roles]
    return Columns(tuple(roles), tuple(titles), start + 1, _order_said(titles), is_guess=False)


def _order_said(titles: Sequence[str]) -> bool | None:
    """Whether the title of a column with both says « Nom Prénom », in this order."""
    for words in map(_words, titles):
        both = [word for word in words if word in _FIRST | _LAST]
        if len(both) > 1:
            return both[0] in _LAST
    return None


def _by_content(lines: Sequence[Line], width: int) -> Columns:
    cells = [[line.cells[at] for line in lines if at < len(line.cells)] for at in range(width)]
    named = [at for at in range(width) if _holds_names([cell for cell in cells[at] if cell])]
    roles: list[Role] = ["other"] * width
    is_guess = False
    if len(named) == 1:
        roles[named[0]] = "full_name"
    elif named:
        first, last, is_guess = _tell_apart(cells, named)
        roles[first], roles[last] = "first_name", "surname"
    return Columns(tuple(roles), ("",) * width, 0, None, is_guess)


def _holds_names(cells: Sequence[str]) -> bool:
    """Whether a column without a title holds names: letters, and not the same few words."""
    named = [cell for cell in cells if looks_like_name(cell) and fold(cell) not in _VALUES]
    if not named or len(named) < 0.6 * len(cells):
        return False
    return len(cells) < 6 or len({fold(cell) for cell in cells}) > len(cells) / 4


def _tell_apart(cells: Sequence[Sequence[str]], named: list[int]) -> tuple[int, int, bool]:
    """The columns of first names and of surnames, and whether that is only the usual order."""
    known = {at: _share(cells[at], is_known) for at in named}
    capitals = {at: _share(cells[at], is_capital) for at in named}
    last = max(named, key=lambda at: (capitals[at] > 0.6, -known[at]))
    rest = [at for at in named if at != last]
    first = max(rest, key=lambda at: (round(known[at], 1), -abs(at - last)))
    if round(capitals[first], 1) == round(capitals[last], 1) and known[first] <= known[last]:
        return named[1], named[0], True
    return first, last, False


def is_known(name: str) -> bool:
    """Whether `name` begins with a common first name."""
    words = re.findall(r"[a-z]+", fold(name))
    return bool(words) and words[0] in first_names()


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    filled = [cell for cell in cells if cell]
    return sum(map(test, filled)) / max(len(filled), 1)
