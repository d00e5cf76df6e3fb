"""How it was, in three taps, for each of four audiences.

Nobody can tell whose answers are whose. An answer has no author, and of its moment only the day.
That somebody has answered is a mark on the room: an HMAC of the session and of the person, under
the site's secret, in a list that is kept sorted, so that its order says nothing; it goes with what
was said. The numbers stay.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session as Reading

from app.core.db import now
from app.core.errors import Refusal
from app.core.writer import Transaction
from app.live.chat.attending import Attendant
from app.live.chat.models import ChatRoom, Feedback
from app.live.chat.rooms import hold_room

AUDIENCES: Mapping[str, str] = {
    "student": "student",
    "teacher": "teacher",
    "professional": "professional",
    "guest": "professional",
    "moderator": "moderator",
    "organiser": "moderator",
}
"""Which audience each role belongs to."""
STEPS = range(3)
QUESTIONS = 3
ENOUGH = 5
"""Answers of an audience; of fewer nobody learns anything."""


def asked_of(audience: str) -> list[str]:
    """The three questions of an audience."""
    return {
        "student": [
            _("Tu as appris quelque chose ?"),
            _("C’était facile de poser ta question ?"),
            _("Tu recommencerais ?"),
        ],
        "teacher": [
            _("Cette rencontre a-t-elle servi à votre cours ?"),
            _("Vos élèves ont-ils pu poser leurs questions ?"),
            _("Recommenceriez-vous ?"),
        ],
        "professional": [
            _("Avez-vous pu dire votre métier comme il est ?"),
            _("Les questions vous ont-elles intéressé ?"),
            _("Reviendriez-vous ?"),
        ],
        "moderator": [
            _("Aviez-vous le temps de tout lire ?"),
            _("Les classes étaient-elles bien accompagnées ?"),
            _("Le ton était-il bon ?"),
        ],
    }[audience]


def step_names() -> list[str]:
    """The three steps, in words: a face alone says too little."""
    return [_("Pas vraiment"), _("Un peu"), _("Oui, vraiment")]


def audience_names() -> dict[str, str]:
    """The four audiences."""
    return {
        "student": _("Élèves"),
        "teacher": _("Professeurs"),
        "professional": _("Professionnels"),
        "moderator": _("Modération"),
    }


def mark_of(session_id: int, author: str) -> str:
    """That somebody has answered for a session, without saying who."""
    secret = str(current_app.secret_key).encode()
    told = f"feedback:{session_id}:{author}".encode()
    return hmac.new(secret, told, hashlib.sha256).hexdigest()[:24]


def has_given(room: ChatRoom | None, who: Attendant) -> bool:
    """Whether this person has answered already."""
    return room is not None and mark_of(who.room.id, who.author) in room.given


def give(tx: Transaction, who: Attendant, mark: str, answers: list[int]) -> None:
    """Keep three answers, once for each person. Raises Refusal."""
    room = hold_room(tx, who.room.id)
    if room.phase != "closed":
        raise Refusal("too_early", _l("On demande ton avis quand c’est fini."), 409)
    if len(answers) != QUESTIONS or any(one not in STEPS for one in answers):
        raise Refusal("bad_answers", _l("Trois réponses, ni plus ni moins."), 422)
    if mark in room.given:
        return
    room.given = sorted([*room.given, mark])
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    tx.session.add(
        Feedback(
            session_id=room.session_id,
            audience=AUDIENCES[who.role],
            answers=answers,
            given_at=today,
        )
    )


@dataclass(frozen=True)
class Result:
    """What one audience said, or how many said something."""

    audience: str
    count: int
    questions: list[tuple[str, list[int]]]
    """Each question with the number of answers at each step; nothing below ENOUGH."""


def results_of(reading: Reading, session_id: int) -> list[Result]:
    """What the four audiences said of a session."""
    given: dict[str, list[list[int]]] = {name: [] for name in audience_names()}
    query = select(Feedback.audience, Feedback.answers).where(Feedback.session_id == session_id)
    for audience, answers in reading.execute(query):
        given[audience].append(answers)
    return [Result(name, len(sets), _sums(name, sets)) for name, sets in given.items()]


def _sums(audience: str, sets: list[list[int]]) -> list[tuple[str, list[int]]]:
    if len(sets) < ENOUGH:
        return []
    return [
        (question, [sum(one[place] == step for one in sets) for step in STEPS])
        for place, question in enumerate(asked_of(audience))
    ]
