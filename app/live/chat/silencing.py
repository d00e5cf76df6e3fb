"""What adults decide about a student in the chat: trust, reading only, leaving; all reversible."""

from flask_babel import lazy_gettext as _l

from app.core.errors import Refusal
from app.core.events import Event
from app.core.writer import Transaction
from app.live.chat.attending import Attendant
from app.live.chat.models import Message, Standing
from app.live.chat.moderating import decidable, decided

TRUST = ("held", "normal", "trusted")
REASONS = ("", "personal", "hurts", "strange", "other")
"""Why somebody is asked to read only, or to leave."""


class Excluded(Event):
    """A student must leave a room at once."""

    room_id: int
    visitor_id: int


def set_trust(tx: Transaction, who: Attendant, message_id: int, trust: str) -> None:
    """How far a student is trusted from now on, in this chat and the next."""
    if trust not in TRUST:
        raise Refusal("unknown_trust", _l("Choisissez un niveau de confiance."), 422, "trust")
    message = decidable(tx, who, message_id)
    standing_of(tx, message).trust = trust
    decided(tx, who, message, f"trust_{trust}")


def mute(tx: Transaction, who: Attendant, message_id: int, reason: str) -> None:
    """Let a student only read in this room."""
    message = _about_student(tx, who, message_id, reason)
    standing_of(tx, message).muted_in = message.room_id
    decided(tx, who, message, _act("mute", reason))


def unmute(tx: Transaction, who: Attendant, message_id: int) -> None:
    """Let a student write again."""
    message = decidable(tx, who, message_id)
    standing_of(tx, message).muted_in = None
    decided(tx, who, message, "unmute")


def exclude(tx: Transaction, who: Attendant, message_id: int, reason: str) -> None:
    """Take a student out of this room, at once and on all their pages."""
    message = _about_student(tx, who, message_id, reason)
    standing = standing_of(tx, message)
    standing.removed_from = message.room_id
    decided(tx, who, message, _act("exclude", reason))
    tx.publish(Excluded(room_id=message.room_id, visitor_id=standing.visitor_id))


def readmit(tx: Transaction, who: Attendant, message_id: int) -> None:
    """Let a student come back."""
    message = decidable(tx, who, message_id)
    standing_of(tx, message).removed_from = None
    decided(tx, who, message, "readmit")


def standing_of(tx: Transaction, message: Message) -> Standing:
    """The standing of a message's student. Raises Refusal for adults."""
    if message.visitor_id is None:
        raise Refusal("not_a_student", _l("Ce n’est pas un message d’élève."), 409)
    standing = tx.session.get(Standing, message.visitor_id)
    if standing is None:
        standing = Standing(visitor_id=message.visitor_id, trust="normal")
        tx.session.add(standing)
    return standing


def _about_student(tx: Transaction, who: Attendant, message_id: int, reason: str) -> Message:
    if reason not in REASONS:
        raise Refusal("unknown_reason", _l("Choisissez une raison."), 422, "reason")
    return decidable(tx, who, message_id)


def _act(act: str, reason: str) -> str:
    return f"{act}_{reason}" if reason else act
