"""What stands between the braces of a question."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from quizzes.gift.parts import (
    Answer,
    Between,
    Essay,
    Exactly,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Pair,
    Rich,
    ShortAnswer,
    TrueFalse,
    Value,
    Within,
)
from quizzes.gift.texts import SPACES, cut, plain, rich, rich_or_none

_GENERAL = re.compile(r"\\[\\~=#{}:n]|####")
_ANSWERS = re.compile(r"\\[\\~=#{}:n]|[~=]")
_FEEDBACKS = re.compile(r"\\[\\~=#{}:n]|#")
_WEIGHT = re.compile(r"[ \t\n]*%(-?[0-9]{1,3}(?:[.,][0-9]{0,12})?)%")
_COMMENTS = re.compile(r"(?:[ \t\n]*//[^\n]*(?:\n|\Z))+")
_TRUE_FALSE = re.compile(
    r"(true|t|false|f)(?:[ \t\n]*//[^\n]*(?:\n|\Z))*[ \t\n]*(?=#|\Z)", re.IGNORECASE
)
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE
)
_CLOZE = re.compile(r"[0-9]*:[A-Z_]+:")
ARROW = "->"
AnyQuestion = TrueFalse | MultipleChoice | ShortAnswer | Numerical | Matching | Essay


class Unread(ValueError):
    """A question is not understood: why, and how far from the start of its answers."""

    def __init__(self, message: Any, offset: int = 0) -> None:
        super().__init__(str(message))
        self.message = message
        self.offset = offset


@dataclass(frozen=True)
class Piece:
    """One answer as it is written, and where it begins."""

    mark: str
    weight: float | None
    said: str
    feedback: str
    offset: int


def read_answers(body: str, shared: dict[str, Any]) -> AnyQuestion:
    """The question with these answers; `shared` is all that questions have. Raises Unread."""
    usual = shared["stem"].format
    if remark := _COMMENTS.match(body):
        body = " " * remark.end() + body[remark.end() :]
    (_m, _b, end), *more = list(cut(body, _GENERAL))[:2]
    general = rich_or_none(body[more[0][1] :], usual) if more else None
    shared = shared | {"general": general}
    answers = body[:end]
    bare = answers.strip(SPACES)
    if not bare:
        return Essay(**shared)
    if bare.startswith("#"):
        return _numerical(answers, shared)
    if found := _TRUE_FALSE.match(bare):
        return _true_false(found[1].lower()[0] == "t", bare[found.end() :], shared)
    if bare[0] not in "=~":
        raise Unread(_unknown(bare))
    return _chosen(list(_pieces(answers)), shared)


def _unknown(bare: str) -> Any:
    if _CLOZE.match(bare):
        return _l("Les questions à trous de Moodle (Cloze) ne se lisent pas ici.")
    return _l(
        "Une réponse commence par = ou ~ ; "
        "une accolade du texte s’écrit avec une barre devant : \\{."
    )


def _true_false(is_true: bool, feedback: str, shared: dict[str, Any]) -> TrueFalse:
    usual = shared["stem"].format
    places = list(cut(feedback, _FEEDBACKS))[1:]
    first = feedback[places[0][1] : places[0][2]] if places else ""
    second = feedback[places[1][1] :] if len(places) > 1 else ""
    return TrueFalse(
        is_true=is_true,
        wrong_feedback=rich_or_none(first, usual),
        right_feedback=rich_or_none(second, usual),
        **shared,
    )


def _pieces(body: str) -> Iterator[Piece]:
    """The answers of a body that begins with a mark. Raises Unread for an empty one."""
    for mark, begin, end in list(cut(body, _ANSWERS))[1:]:
        piece = _piece(mark, body[begin:end], begin)
        if not piece.said.strip(SPACES):
            raise Unread(_l("Une réponse est vide."), begin)
        yield piece


def _piece(mark: str, raw: str, offset: int) -> Piece:
    weighed = _WEIGHT.match(raw)
    weight = float(weighed[1].replace(",", ".")) if weighed else None
    rest = raw[weighed.end() :] if weighed else raw
    (_m, _b, end), *more = list(cut(rest, _FEEDBACKS))[:2]
    return Piece(mark, weight, rest[:end], rest[more[0][1] :] if more else "", offset)


def _chosen(pieces: list[Piece], shared: dict[str, Any]) -> AnyQuestion:
    are_right = all(piece.mark == "=" for piece in pieces)
    if are_right and all(p.weight is None and ARROW in p.said for p in pieces):
        return Matching(pairs=tuple(_pair(piece, shared["stem"]) for piece in pieces), **shared)
    usual = shared["stem"].format
    answers = tuple(
        Answer(p.mark == "=", rich(p.said, usual), p.weight, rich_or_none(p.feedback, usual))
        for p in pieces
    )
    if are_right:
        return ShortAnswer(answers=answers, **shared)
    return MultipleChoice(answers=answers, **shared)


def _pair(piece: Piece, stem: Rich) -> Pair:
    if piece.feedback.strip(SPACES):
        raise Unread(_l("Une paire à associer n’a pas de commentaire."), piece.offset)
    left, _arrow, right = piece.said.partition(ARROW)
    if not right.strip(SPACES):
        raise Unread(_l("Il manque ce qui va après la flèche ->."), piece.offset)
    return Pair(rich(left, stem.format), plain(right))


def _numerical(body: str, shared: dict[str, Any]) -> Numerical:
    start = body.index("#") + 1
    usual = shared["stem"].format
    numbers = body[start:]
    cuts = list(cut(numbers, _ANSWERS))
    if cuts[0][2] and numbers[: cuts[0][2]].strip(SPACES):
        if len(cuts) > 1:
            raise Unread(_l("Chaque nombre d’une liste commence par = ou ~."), start)
        cuts = [("=", 0, len(numbers))]
    else:
        cuts = cuts[1:]
    if not cuts:
        raise Unread(_l("Il manque le nombre attendu."), start)
    pieces = [_piece(mark, numbers[begin:end], start + begin) for mark, begin, end in cuts]
    answers = tuple(
        NumberAnswer(_value(p), p.mark == "=", p.weight, rich_or_none(p.feedback, usual))
        for p in pieces
    )
    return Numerical(answers=answers, **shared)


def _value(piece: Piece) -> Value | None:
    said = piece.said.strip(SPACES)
    if said in ("", "*"):
        return None
    if ".." in said:
        low, _dots, high = said.partition("..")
        ends = sorted((_number(low, piece), _number(high, piece)))
        return Between(*ends)
    number, colon, tolerance = said.partition(":")
    if not colon:
        return Exactly(_number(number, piece))
    return Within(_number(number, piece), abs(_number(tolerance, piece)))


def _number(written: str, piece: Piece) -> float:
    bare = written.strip(SPACES)
    number = float(bare) if _NUMBER.fullmatch(bare) else math.nan
    if not math.isfinite(number):
        raise Unread(
            _l(
                "« %(said)s » n’est pas un nombre que GIFT connaît : 3.14, 3:0.1 ou 1..5.",
                said=bare[:40],
            ),
            piece.offset,
        )
    return number
