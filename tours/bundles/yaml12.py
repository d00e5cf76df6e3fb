"""Reading YAML 1.2 that others wrote: every value with its place, and no surprises.

Built on the parser's events rather than on a loader: anchors (bombs), tags, duplicate keys and
deep nesting are refused where they stand, and plain values follow the core schema of YAML 1.2
(https://yaml.org/spec/1.2.2/#103-core-schema): `yes` and `on` are words.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from tours.bundles.problems import Loc, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
Place = tuple[int, int]
"""Line and column, from 1."""

_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS = {"": None, "~": None} | {
    form: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for form in (word, word.capitalize(), word.upper())
}


class BadYaml(Exception):
    """A file that is not YAML as it is taken here."""

    def __init__(self, sentence: Any, line: int = 0, column: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line
        self.column = column

    def as_problem(self, file: str) -> Problem:
        """The same, in a file of a bundle."""
        return Problem(file, self.line, self.column, self.sentence)


@dataclass
class Source:
    """What a file says, and where it says it."""

    value: Any = None
    places: dict[Loc, Place] = field(default_factory=dict)

    def place(self, loc: Loc) -> Place:
        """Where the value at `loc` stands, or the nearest thing around it.

        Steps that are not in the file (the tags of a union) are passed over.
        """
        known: Loc = ()
        for step in loc:
            if (*known, step) in self.places:
                known = (*known, step)
        return self.places.get(known, (1, 1))


def read_yaml(path: Path) -> Source:
    """Read a file. Raises BadYaml."""
    try:
        data = path.read_bytes()
    except OSError:
        raise BadYaml(_l("Le fichier manque ou ne se lit pas.")) from None
    return parse_yaml(decode(data))


def decode(data: bytes) -> str:
    """The text of a file in UTF-8. Raises BadYaml."""
    if len(data) > MAX_BYTES:
        raise BadYaml(_l("Le fichier dépasse 2 Mo : ce n’est plus un texte de visite."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise BadYaml(_l("Le fichier est en UTF-16 : enregistrez-le en UTF-8."), 1, 1)
    if data.startswith(b"\xef\xbb\xbf"):
        raise BadYaml(
            _l("Le fichier commence par une marque invisible : enregistrez-le en UTF-8 sans BOM."),
            1,
            1,
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise BadYaml(
            _l("Un caractère n’est pas en UTF-8 : enregistrez le fichier en UTF-8."), line, column
        ) from None


def parse_yaml(text: str) -> Source:
    """Read one YAML document. Raises BadYaml."""
    source = Source()
    try:
        events = YAML(typ="safe", pure=True).parse(text)
        document = _one_document(events)
        source.value = _build(document, source)
        # A second document stands after the first one.
        deque(document, maxlen=0)
    except MarkedYAMLError as error:
        raise _explain(error, text) from None
    except YAMLError as error:
        raise BadYaml(
            _l("Le fichier contient un caractère interdit."), *_spot(error, text)
        ) from None
    return source


def _one_document(events: Iterator[Event]) -> Iterator[Event]:
    documents = 0
    for event in events:
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _at(event, _l("Le fichier contient plusieurs documents (« --- »)."))
        elif hasattr(event, "anchor"):
            _refuse_tricks(event)
            yield event
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            yield event


def _refuse_tricks(event: Any) -> None:
    if isinstance(event, AliasEvent) or event.anchor:
        raise _at(event, _l("Les ancres (« & » et « * ») ne sont pas acceptées."))
    tag = getattr(event, "ctag", None) or getattr(event, "tag", None)
    if tag is not None and str(tag) not in ("None", "!"):
        raise _at(event, _l("Les étiquettes (« ! ») ne sont pas acceptées."))


def _at(event: Event, sentence: Any) -> BadYaml:
    return BadYaml(sentence, *_place(event))


def _place(event: Event) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _build(events: Iterator[Event], source: Source) -> Any:
    first = next(events, None)
    if first is None:
        return None
    source.places[()] = _place(first)
    return _value(first, events, (), source)


def _value(event: Event, events: Iterator[Event], loc: Loc, source: Source) -> Any:
    if len(loc) > MAX_DEPTH:
        raise _at(event, _l("Les valeurs sont trop imbriquées."))
    if isinstance(event, MappingStartEvent):
        return _mapping(events, loc, source)
    if isinstance(event, SequenceStartEvent):
        return _sequence(events, loc, source)
    return _scalar(event)


def _mapping(events: Iterator[Event], loc: Loc, source: Source) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            break
        if not isinstance(event, ScalarEvent):
            raise _at(event, _l("Une clé doit être un mot."))
        key = event.value
        if key in found:
            raise _at(event, _l("La clé « %(key)s » est écrite deux fois.", key=key))
        source.places[*loc, key] = _place(event)
        found[key] = _value(next(events), events, (*loc, key), source)
    return found


def _sequence(events: Iterator[Event], loc: Loc, source: Source) -> list[Any]:
    found: list[Any] = []
    for event in events:
        if isinstance(event, SequenceEndEvent):
            break
        here = (*loc, len(found))
        source.places[here] = _place(event)
        found.append(_value(event, events, here, source))
    return found


def _scalar(event: Any) -> Any:
    if event.style is not None:
        return event.value
    return resolve(event.value)


def resolve(plain: str) -> Any:
    """What an unquoted word means in YAML 1.2's core schema, octal and hexadecimal left out."""
    if plain in _WORDS:
        return _WORDS[plain]
    if _INT.fullmatch(plain):
        return int(plain)
    if _FLOAT.fullmatch(plain):
        return float(plain)
    return plain


def _explain(error: MarkedYAMLError, text: str) -> BadYaml:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    said = str(error.problem)
    written = text.splitlines()[line - 1 : line] if line else []
    if "'\\t'" in said or (written and "\t" in written[0][: column + 1]):
        return BadYaml(_l("Une tabulation décale cette ligne : mettez des espaces."), line, column)
    for sign, sentence in _SENTENCES.items():
        if sign in said:
            return BadYaml(sentence, line, column)
    return BadYaml(_l("Cette ligne ne se lit pas (%(why)s).", why=said), line, column)


_SENTENCES = {
    "mapping values are not allowed": _l(
        "Deux-points inattendus : mettez le texte entre guillemets, ou vérifiez le décalage."
    ),
    "stream end": _l("Le fichier s’arrête avant la fin : une parenthèse ou un guillemet manque."),
    "end of stream": _l("Le fichier s’arrête avant la fin : un guillemet manque."),
    "<block end>": _l("Le décalage de cette ligne ne va pas avec celui des lignes du dessus."),
    "could not find expected ':'": _l("Il manque « : » après cette clé."),
    "cannot start any token": _l("Ce signe doit être entre guillemets."),
}


def _spot(error: YAMLError, text: str) -> Place:
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return 0, 0
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
