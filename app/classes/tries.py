"""Wrong codes: few from one device, generously many from one network; right ones never count.

A whole school sits behind one address, so that no address is ever refused a right code: a network
that guesses has its right codes knock instead, and a teacher looks at who comes in. A door whose
code is nearly guessed gets another one, and the board shows it.
"""

from flask import session
from flask_babel import lazy_gettext as _l
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, RateLimitItemPerMinute
from sqlalchemy import case, func, select

from app.classes.codes import DOOR_LENGTH
from app.classes.doors import draw_code_anew
from app.classes.models import Classroom
from app.core.db import db
from app.core.errors import Refusal
from app.core.limits import limiter
from app.core.tokens import KEY
from app.core.writer import write

DEVICE = RateLimitItemPerMinute(10)
NETWORK = RateLimitItemPerMinute(100)
NEAR = 4
"""Letters in their place with which a wrong code of six is nearly right."""
NEAR_MINUTES = 10
TYPOS = 2
"""Slips that each student expected may make in that time before the code is drawn anew."""
MORE_TYPOS = 20
TOO_MANY = 429


def check_tries() -> None:
    """Raise Refusal when this device was wrong too often, whatever it tries now."""
    mark = device()
    if mark and not limiter.limiter.test(DEVICE, "codes", mark):
        raise too_many()


def is_network_guessing() -> bool:
    """Whether so many codes from this network were wrong that right ones had better knock."""
    return not limiter.limiter.test(NETWORK, "codes", network())


def note_wrong(code: str) -> None:
    """Count a wrong code. Raises Refusal when the network is over its share."""
    mark = device()
    if mark:
        limiter.limiter.hit(DEVICE, "codes", mark)
    is_within = limiter.limiter.hit(NETWORK, "codes", network())
    if len(code) == DOOR_LENGTH:
        change_codes_near(code)
    if not is_within:
        raise too_many()


def too_many() -> Refusal:
    """What one reads then."""
    return Refusal(
        "too_many_tries",
        _l("Trop d’essais à la suite. Attends une minute, puis recopie le code lettre par lettre."),
        TOO_MANY,
        "code",
    )


def device() -> str:
    """A browser, by what signs its forms; nothing for one that keeps no cookie."""
    return str(session.get(KEY, ""))


def network() -> str:
    """Where a request comes from: it is counted for a minute and written nowhere."""
    return get_remote_address()


def change_codes_near(code: str) -> None:
    """Draw anew the codes of those doors at which so many tries were nearly right."""
    for classroom_id, expected in doors_near(code):
        allowed = allowance(expected)
        if not limiter.limiter.hit(allowed, "near", str(classroom_id)):
            limiter.limiter.clear(allowed, "near", str(classroom_id))
            write(lambda tx, number=classroom_id: draw_code_anew(tx, number))  # type: ignore[misc]  # the loop's value, kept


def allowance(expected: int) -> RateLimitItem:
    """How many slips a class of this size may make while it comes in."""
    return RateLimitItemPerMinute(TYPOS * expected + MORE_TYPOS, NEAR_MINUTES)


def doors_near(code: str) -> list[tuple[int, int]]:
    """Classes with a door that is not shut, and a code of which two letters differ at most."""
    same = [
        case((func.substr(Classroom.code, place, 1) == letter, 1), else_=0)
        for place, letter in enumerate(code, 1)
    ]
    query = select(Classroom.id, Classroom.expected).where(Classroom.door != "shut")
    found = db.session.execute(query.where(sum(same[1:], same[0]) >= NEAR))
    return [(number, expected) for number, expected in found]
