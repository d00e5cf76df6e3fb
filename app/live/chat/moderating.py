"""What adults decide about what was written; each decision is logged, and each can be undone."""

from collections.abc import Mapping
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.core.db import now
from app.core.errors import Refusal
from app.core.writer import Transaction
from app.live.chat.attending import ADULTS, Attendant
from app.live.chat.filter import read_message
from app.live.chat.log import Act, note
from app.live.chat.models import Alarm, Message, Report, Standing, Vote
from app.live.chat.rooms import hold, hold_room, keep_for_later, reopen, tell_author
from app.live.chat.sequence import QueueMoved, Row, happen
from app.live.chat.showing import KEPT, Kept, show_kept

REASONS = ("personal", "asked", "hurts", "unclear", "elsewhere")
"""Why a question is refused: sentences of app/live/chat/wording, always told to the author."""
M = TypeVar("M", Message, Kept)
DECIDABLE = ("held", "alarm", "hidden")


def approve(tx: Transaction, who: Attendant, message_id: int, version: int) -> None:
    """Let everybody read it, in the words that were read. Raises Refusal when there are others."""
    room = hold(tx, who.room.id)
    rows = tx.rows(KEPT, number=message_id)  # past the ORM: it is what is decided most
    kept = _check_decidable(who, Kept(*rows[0]) if rows else None)
    if kept.status not in DECIDABLE:
        return
    if kept.version != version:
        told = _l("Ce message vient d’être reformulé : relisez-le.")
        raise Refusal("changed", told, 409)
    by = who.author if kept.kind == "answer" else None
    decided(tx, who, show_kept(tx, kept, room.phase, approved_by=by), "approve")


def approve_all(tx: Transaction, who: Attendant, read: Mapping[int, int]) -> int:
    """Let everybody read what the filter lets through, of what was `read`: versions by number.

    Who is always held is read one by one; so is what was reported, or raised an alarm.
    """
    room = hold_room(tx, who.room.id)
    query = (
        select(Message)
        .outerjoin(Standing, Standing.visitor_id == Message.visitor_id)
        .where(
            Message.room_id == room.session_id,
            Message.status == "held",
            (Standing.trust.is_(None)) | (Standing.trust != "held"),
            Message.id.not_in(select(Report.message_id)),
            Message.id.not_in(select(Alarm.message_id).where(Alarm.message_id.is_not(None))),
        )
        .order_by(Message.id)
    )
    clear = [
        one
        for one in tx.session.scalars(query)
        if not one.reasons
        and read.get(one.id) == one.version
        and who.decides_for(one.classroom_id)
        and one.author != who.author
    ]
    for message in clear:
        kept = Kept(*(getattr(message, name) for name in Kept._fields))
        decided(tx, who, show_kept(tx, kept, room.phase), "approve")
    return len(clear)


def refuse(tx: Transaction, who: Attendant, message_id: int, reason: str) -> None:
    """Do not show it: its author is told why and gets the text back. Raises Refusal."""
    if reason not in REASONS:
        raise Refusal("unknown_reason", _l("Choisissez une raison."), 422, "reason")
    message = decidable(tx, who, message_id)
    was_shown = message.seq is not None
    message.status, message.reasons, message.decided_at = "refused", [reason], now()
    message.claimed_by = message.claimed_name = None
    tx.session.flush()
    if was_shown:
        happen(tx, message.room_id, message.kind, message)
        reopen(tx, message)
    decided(tx, who, message, "refuse")


def hold_for_later(tx: Transaction, who: Attendant, message_id: int) -> None:
    """A good question for another time: it goes to the factory. Who reads it first is the factory:
    the room sees it once it is answered. Raises Refusal for what the filter holds.
    """
    message = decidable(tx, who, message_id)
    if message.kind != "question" or message.reasons:
        raise Refusal("not_for_later", _l("Publiez-la d’abord, ou refusez-la."), 409)
    if message.status == "held":
        message.status, message.decided_at = "later", now()
    elif message.status == "shown":
        keep_for_later(tx, message)
    decided(tx, who, message, "later")


def undo(tx: Transaction, who: Attendant, message_id: int) -> None:
    """Take a decision back: the message waits to be read again."""
    message = decidable(tx, who, message_id)
    if message.status not in ("shown", "refused", "later", "hidden", "removed"):
        raise Refusal("too_late", _l("Elle a déjà sa réponse."), 409)
    was_seen = message.seq is not None
    found = read_message(message.text, adult=message.role in ADULTS)
    message.status, message.reasons, message.decided_at = "held", list(found.reasons), None
    message.claimed_by = message.claimed_name = None
    tx.session.flush()
    if was_seen:
        happen(tx, message.room_id, message.kind, message)
        reopen(tx, message)
    decided(tx, who, message, "undo")


def remove_message(tx: Transaction, who: Attendant, message_id: int) -> None:
    """Take a message out of the room; it stays in the log."""
    message = decidable(tx, who, message_id)
    message.status, message.decided_at = "removed", now()
    tx.session.flush()
    if message.seq is not None:
        happen(tx, message.room_id, message.kind, message)
        reopen(tx, message)
    decided(tx, who, message, "remove")


def merge(tx: Transaction, who: Attendant, message_id: int, into_id: int) -> None:
    """Group two that ask the same: one is answered for both, and the voices add up."""
    message = decidable(tx, who, message_id)
    into = tx.session.get(Message, into_id)
    fits = into is not None and into.room_id == message.room_id and into.id != message.id
    if into is None or not fits or into.kind != "question" or into.status not in _STANDING:
        raise Refusal("not_yours", _l("Cela n’existe pas, ou plus."), 404)
    if message.kind != "question" or message.status not in ("held", "shown", "later"):
        raise Refusal("too_late", _l("Elle a déjà sa réponse."), 409)
    into.votes = _add_voices(tx, message, into)
    message.status, message.into_id, message.decided_at = "merged", into.id, now()
    tx.session.flush()
    happen(tx, message.room_id, "question", message)
    happen(tx, message.room_id, "question", into)
    decided(tx, who, message, "merge")


def _add_voices(tx: Transaction, message: Message, into: Message) -> int:
    """Give a question the voices of another and its author's, each once; how many it has now."""
    voices = select(Vote.visitor_id).where(Vote.message_id == message.id)
    known = set(tx.execute(select(Vote.visitor_id).where(Vote.message_id == into.id)).scalars())
    more = {*tx.execute(voices).scalars(), message.visitor_id} - known - {None, into.visitor_id}
    for visitor in more:
        tx.session.add(Vote(message_id=into.id, visitor_id=visitor))
    return len(known | more)


_STANDING = ("shown", "answered", "later")


def decidable(tx: Transaction, who: Attendant, message_id: int) -> Message:
    """A message that this adult decides about; nobody decides about their own. Others are a 404."""
    hold(tx, who.room.id)
    message = tx.session.get(Message, message_id, populate_existing=True)
    return _check_decidable(who, message)


def _check_decidable(who: Attendant, message: M | None) -> M:
    is_here = message is not None and message.room_id == who.room.id
    if message is None or not is_here or not who.decides_for(message.classroom_id):
        raise Refusal("not_yours", _l("Cela n’existe pas, ou plus."), 404)
    if message.author == who.author:
        raise Refusal("own_message", _l("Un autre adulte doit relire votre message."), 409)
    return message


def decided(tx: Transaction, who: Attendant, message: Message | Row, act: str) -> None:
    """Note an act about somebody's words, and tell those whom it concerns."""
    tx.finish()
    note(
        tx,
        message.room_id,
        Act(act, who.author, message.name, message.text, message.visitor_id),
    )
    tx.publish(QueueMoved(room_id=message.room_id))
    tell_author(tx, message)


def close_reports(tx: Transaction, who: Attendant, message_id: int) -> None:
    """The reports of a message have been looked at."""
    message = decidable(tx, who, message_id)
    open_ones = (Report.message_id == message.id) & Report.closed_at.is_(None)
    tx.execute(update(Report).where(open_ones).values(closed_at=now()))
    decided(tx, who, message, "close")
