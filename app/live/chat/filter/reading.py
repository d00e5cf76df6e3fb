"""Reading one message: nothing to say, something to hold, or an alarm.

Pure: no database, no request. A verdict is a reason for a person to look, never proof of what
somebody meant, and nothing is dropped here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.classes.folding import fold
from app.classes.insults import is_insult
from app.live.chat.filter.contacts import has_address, has_email, has_handle, has_link, reveal
from app.live.chat.filter.hearing import calm, hear, join_rows, letter_rows
from app.live.chat.filter.lists import Heard, phrases_of, unspaced
from app.live.chat.filter.numbers import has_telephone, in_digits
from app.live.chat.filter.persons import has_identity

Outcome = Literal["clear", "held", "alarm"]
Reason = Literal[
    "telephone", "email", "address", "handle", "link", "elsewhere", "insult", "personal",
    "distress", "abuse", "violence",
]  # fmt: skip

_IDIOM = " ;; "
"""Stands where an idiom was."""

ALARMS: tuple[Reason, ...] = ("distress", "abuse", "violence")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with a message, and why."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()


def read_message(text: str, *, adult: bool = False) -> Verdict:
    """Read a message of a student or, where `adult`, of a professional, teacher or guest.

    An alarm outranks all else; its reasons are then followed by those to hold the message.
    """
    folded = fold(text)
    heard = [_without_idioms(reading) for reading in hear(join_rows(folded))]
    rows = letter_rows(folded)
    alarms = tuple(code for code in ALARMS if _says(heard, rows, code))
    reasons = alarms + tuple(_reasons_to_hold(text, folded, heard, rows, adult=adult))
    if alarms:
        return Verdict("alarm", reasons)
    return Verdict("held" if reasons else "clear", reasons)


def prepare() -> None:
    """Compile every list (0.1 s, once), so that no first message waits for it."""
    for name in (*ALARMS, "idioms", "handle", "elsewhere", "asking", "personal"):
        phrases_of(name)
    read_message("r o n d")


def _without_idioms(heard: str) -> Heard:
    return Heard(phrases_of("idioms").pattern.sub(_IDIOM, heard))


def _says(heard: list[Heard], rows: list[str], *lists: str) -> bool:
    found = phrases_of(*lists)
    if any(map(found.are_in, heard)):
        return True
    return any(unspaced(*lists).search(row) for row in rows)


def _reasons_to_hold(
    text: str, folded: str, heard: list[Heard], rows: list[str], *, adult: bool
) -> Iterator[Reason]:
    undotted, digits = reveal(folded), in_digits(folded)
    if has_telephone(folded, digits):
        yield "telephone"
    if has_email(undotted):
        yield "email"
    if has_address(text, digits):
        yield "address"
    if has_handle(reveal(join_rows(folded))) or _says(heard, rows, "handle"):
        yield "handle"
    if has_link(undotted):
        yield "link"
    if _says(heard, rows, "elsewhere"):
        yield "elsewhere"
    if _insults(text, heard[0].text):
        yield "insult"
    if _is_personal(text, folded, heard, adult=adult):
        yield "personal"


def _insults(text: str, without_idioms: str) -> bool:
    return is_insult(calm(text)) and (_IDIOM not in without_idioms or is_insult(without_idioms))


def _is_personal(text: str, folded: str, heard: list[Heard], *, adult: bool) -> bool:
    """Adults ask, students tell."""
    if adult:
        return _says(heard, [], "asking")
    return _says(heard, [], "personal") or has_identity(text, folded)
