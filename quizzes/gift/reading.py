"""Reading a GIFT text."""

import re
from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l

from quizzes.gift.answers import Unread, read_answers
from quizzes.gift.blocks import BRACES, Block, blocks_of
from quizzes.gift.parts import Category, Description, Item, Parsed, Problem
from quizzes.gift.texts import SPACES, plain, rich, shaped

CATEGORY = "$CATEGORY:"
_REMARK = re.compile(r"[ \t]*//[^\n]*\n")
_TITLE_END = re.compile(r"\\[\\~=#{}:n]|::")


def read_gift(text: str) -> Parsed:
    """All that `text` holds; what cannot be read is told, and never raises.

    In time that grows as the text does.
    """
    questions: list[Item] = []
    problems: list[Problem] = []
    for block in blocks_of(text):
        for part in _parts_of(block):
            try:
                questions.append(_read(part))
            except Unread as error:
                problems.append(Problem(part.line_at(error.offset), error.message))
    return Parsed(tuple(questions), tuple(problems))


def _parts_of(block: Block) -> Iterator[Block]:
    """Each category of a block by itself, then its question."""
    while block.lines and block.lines[0].lstrip().startswith(CATEGORY):
        yield Block(block.lines[:1], block.numbers[:1])
        block = block.without_first_line()
    if block.text.strip(SPACES):
        yield block


def _read(block: Block) -> Item:
    """One item. Raises Unread, whose offset counts from the start of the block."""
    text = block.text
    if text.lstrip().startswith(CATEGORY):
        path = text.strip()[len(CATEGORY) :].strip()
        return Category(path=path, line=block.numbers[0])
    title, start = _read_title(text)
    braces = [m for m in BRACES.finditer(text, start) if len(m[0]) == 1]
    stem = rich(text[start : braces[0].start()] if braces else text[start:], "moodle")
    shared: dict[str, Any] = {
        "stem": stem,
        "title": title,
        "id": block.id,
        "tags": tuple(block.tags),
        "line": block.line_at(len(text) - len(text.lstrip(SPACES))),
    }
    if not braces:
        return Description(**shared)
    opened, closed = _check_braces(braces)
    shared["after"] = shaped(text[closed + 1 :], stem.format)
    try:
        return read_answers(text[opened + 1 : closed], shared)
    except Unread as error:
        raise Unread(error.message, opened + 1 + error.offset) from None


def _read_title(text: str) -> tuple[str | None, int]:
    """The title of a question, if it has one, and where what follows begins."""
    start = len(text) - len(text.lstrip(SPACES))
    if not text.startswith("::", start):
        return None, start
    for found in _TITLE_END.finditer(text, start + 2):
        if found[0] == "::":
            remark = _REMARK.match(text, found.end())
            return plain(text[start + 2 : found.start()]), (remark or found).end()
    raise Unread(_l("Ce titre n’est pas fermé : il faut encore deux deux-points après lui."), start)


def _check_braces(braces: list[re.Match[str]]) -> tuple[int, int]:
    """Where the one pair of braces opens and closes. Raises Unread."""
    first = braces[0]
    if first[0] == "}":
        raise Unread(
            _l("Une accolade se ferme sans être ouverte ; dans un texte, écrivez \\}."),
            first.start(),
        )
    if len(braces) == 1:
        raise Unread(_l("L’accolade ouverte ici n’est jamais fermée."), first.start())
    if braces[1][0] == "{":
        raise Unread(
            _l("Une accolade s’ouvre dans une autre ; dans un texte, écrivez \\{."),
            braces[1].start(),
        )
    if len(braces) > 2:
        raise Unread(
            _l(
                "Une question n’a qu’une paire d’accolades : "
                "laissez une ligne vide entre deux questions."
            ),
            braces[2].start(),
        )
    return first.start(), braces[1].start()
