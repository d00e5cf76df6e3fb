"""Lists as schools export them: whatever the encoding and the separator, lines of cells come out.

Excel writes CP1252 or UTF-16, Pronote UTF-8 with a mark or CP1252, platforms UTF-8.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from app.core.errors import Refusal

LARGEST = 500_000
"""Bytes; a class with thirty columns is thirty thousand."""
SEPARATORS = (";", "\t", ",")

_DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
"""xlsx and ods, xls, PDF, RTF: how they begin."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffd")
"""Signs that turn the direction of writing, and the one that says that an accent was lost."""


class Line(NamedTuple):
    """A line with something on it, by its number in the file."""

    number: int
    cells: list[str]


def refuse(code: str, message: Any) -> Refusal:
    """A list that cannot be read, told to whoever gave it."""
    return Refusal(f"names-{code}", message, 422, field="names")


def read_lines(data: bytes | str) -> list[Line]:
    """The lines of a list that was pasted or sent as a file, blank ones left out.

    Raises Refusal when it is empty, no text, too long, or breaks the rules of CSV.
    """
    if len(data) > LARGEST:
        raise refuse("too-long", _l("Cette liste est trop longue. Gardez une seule classe."))
    text = _clean(data if isinstance(data, str) else decode(data))
    lines = [line for line in _split(text) if any(line.cells)]
    if not lines:
        raise refuse("empty", _l("Cette liste est vide. Il faut un nom par ligne."))
    return lines


def decode(data: bytes) -> str:
    """The text of a file: by its mark, else UTF-8, else CP1252. Raises Refusal."""
    if data.startswith(_DOCUMENTS):
        raise refuse(
            "document",
            _l(
                "Ce fichier est un classeur ou un document. Enregistrez en CSV"
                " depuis le tableur, ou copiez et collez la colonne des noms."
            ),
        )
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse("binary", _l("Ce fichier n’est pas un texte. Enregistrez en CSV."))


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    if b"\0" not in data:
        return ("utf-8", "cp1252")
    if data[1::2].count(0) > len(data) / 4:
        return ("utf-16-le",)
    return ("utf-16-be",) if data[::2].count(0) > len(data) / 4 else ()


def _clean(text: str) -> str:
    """`text` in composed letters, with plain line ends and nothing that hides."""
    text = _UNSEEN.sub("", _LINE_END.sub("\n", _mend(text)))
    for number, line in enumerate(text.split("\n"), 1):
        if not is_plain(line.replace("\t", " ")):
            raise refuse(
                "sign",
                _l("Ligne %(line)s : un signe ne se lit pas. Retapez ce nom.", line=number),
            )
    return unicodedata.normalize("NFC", text)


def _mend(text: str) -> str:
    """`text` that was UTF-8, read as CP1252 and saved again: « LÃ©a » was « Léa »."""
    try:
        return text.encode("cp1252").decode("utf-8") if "Ã" in text else text
    except UnicodeError:
        return text


def is_plain(text: str) -> bool:
    """Whether `text` holds nothing that breaks a line, hides or turns what is beside it."""
    return not any(
        sign in _TURNS or unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} for sign in text
    )


def _split(text: str) -> list[Line]:
    said = re.match(r"sep=(.)\n", text, re.IGNORECASE)
    if said:  # Excel's own first line
        return _read_csv(text[said.end() :], said[1], skipped=1)
    best, lines = 0.5, _read_whole(text)
    broken: Refusal | None = None
    for separator in SEPARATORS:
        try:
            found = _read_csv(text, separator)
        except Refusal as refusal:
            broken = refusal if separator in text else broken
            continue
        fits = _fit(found)
        if fits > best:
            best, lines = fits, found
    if broken and best <= 0.5:
        raise broken
    return lines


def _fit(lines: list[Line]) -> float:
    """How well a separator cuts: the share of lines of one width, then that width."""
    widths = Counter(len(line.cells) for line in lines if any(line.cells))
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return count / widths.total() + width / 1000 if width > 1 else 0.0


def _read_csv(text: str, separator: str, skipped: int = 0) -> list[Line]:
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    lines, number = [], 1 + skipped
    try:
        for cells in reader:
            lines.append(Line(number, [" ".join(cell.split()) for cell in cells]))
            number = reader.line_num + 1 + skipped
    except csv.Error:
        message = _l(
            "Ligne %(line)s : un guillemet s’ouvre et ne se ferme pas. Corrigez-la.", line=number
        )
        raise refuse("quotes", message) from None
    return lines


def _read_whole(text: str) -> list[Line]:
    lines = enumerate(text.split("\n"), 1)
    return [Line(number, [" ".join(line.strip(' \t;,"').split())]) for number, line in lines]
