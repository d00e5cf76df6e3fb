"""What is said in a room: a student's question and what follows it, an adult's answer or word.

A message is written once under its author and its page's own number, and acknowledged after the
commit: sent again, it gives the same acknowledgement.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session as Reading

from app.core.db import now
from app.core.errors import Refusal
from app.core.queries import Query
from app.core.writer import Transaction
from app.live.chat.after.box import check_box
from app.live.chat.after.handing import IN_WRITING, hand_to_class
from app.live.chat.alarms import raise_alarm
from app.live.chat.attending import Attendant, Booked
from app.live.chat.filter import Verdict
from app.live.chat.log import Act, note
from app.live.chat.models import Message, Standing
from app.live.chat.rooms import Held, closed, hold, tell_author
from app.live.chat.sequence import QueueMoved, happen, keep
from app.live.chat.showing import ANSWERABLE, show

LONGEST = {"question": 300, "follow": 200, "answer": 1000, "notice": 500}
"""Characters of each kind of message."""
SLOWLY = timedelta(seconds=60)
"""Between two messages of a student where the room is slow."""
PENDING = ("held", "shown")
"""A question in this state waits for its answer: its author asks no other."""

_SENT = Query(
    select(Message.id, Message.status, Message.seq).where(
        Message.room_id == bindparam("room"),
        Message.author == bindparam("author"),
        Message.client_id == bindparam("client_id"),
    )
)
_PENDING = Query(
    select(Message.id)
    .where(
        Message.room_id == bindparam("room"),
        Message.visitor_id == bindparam("visitor"),
        Message.kind == "question",
        (Message.status == PENDING[0]) | (Message.status == PENDING[1]),
    )
    .limit(1)
)
_STANDING = Query(
    select(Standing.trust, Standing.muted_in, Standing.removed_from).where(
        Standing.visitor_id == bindparam("visitor")
    )
)
_ASKED = Query(
    select(
        Message.room_id,
        Message.kind,
        Message.status,
        Message.claimed_by,
        Message.claimed_name,
        Message.classroom_id,
    ).where(Message.id == bindparam("number"))
)


class Asked(NamedTuple):
    """What of a question must be known of whoever answers it."""

    room_id: int
    kind: str
    status: str
    claimed_by: str | None
    claimed_name: str | None
    classroom_id: int | None


class Stand(NamedTuple):
    """How far a student is trusted, and whether they may write."""

    trust: str = "normal"
    muted_in: int | None = None
    removed_from: int | None = None


@dataclass(frozen=True)
class Words:
    """What somebody sends."""

    client_id: str
    kind: str
    text: str
    verdict: Verdict
    """What the filter found in it."""
    about: int | None = None
    place: dict[str, Any] | None = None
    asks_for: Booked | None = None
    """The class for which a teacher asks: one that has no computers."""


def say(tx: Transaction, who: Attendant, words: Words) -> dict[str, Any]:
    """Keep a message; its acknowledgement `{id, status, seq}`. Raises Refusal."""
    room = hold(tx, who.room.id)
    known = _find_sent(tx, who, words.client_id)
    if known is not None:
        return known
    standing = _standing_of(tx, who)
    is_in_writing = words.kind == "answer" and room.phase in IN_WRITING
    asked = None
    if words.kind == "answer":
        asked = _check_answer(tx, who, words, room)
    elif not calls_for_help(who, words.verdict):
        _check(tx, who, words, standing, room)
    message = _compose(who, words, asked)
    if is_in_writing:
        tx.session.add(message)
        tx.session.flush()
        hand_to_class(tx, message)
    is_trusted = (who.is_adult and not is_in_writing) or standing.trust == "trusted"
    _settle(tx, message, words.verdict, room.phase, is_trusted=is_trusted)
    return acknowledge(message)


def calls_for_help(who: Attendant, verdict: Verdict) -> bool:
    """Whether a student tells of danger: then no rule of the room stands in the way."""
    return not who.is_adult and verdict.outcome == "alarm"


def _check(tx: Transaction, who: Attendant, words: Words, standing: Stand, room: Held) -> None:
    """Whether this may be said here and now. Raises Refusal."""
    _check_room(room, who)
    if not who.is_adult:
        _check_student(tx, who, words, standing, room)


def _standing_of(tx: Transaction, who: Attendant) -> Stand:
    rows = tx.rows(_STANDING, visitor=who.visitor) if who.visitor else ()
    return Stand(*rows[0]) if rows else Stand()


def acknowledge(message: Message) -> dict[str, Any]:
    """What the page is told once the message is kept."""
    return {"id": message.id, "status": message.status, "seq": message.seq}


def _find_sent(tx: Transaction, who: Attendant, client_id: str) -> dict[str, Any] | None:
    """The acknowledgement of a message that was sent before."""
    rows = tx.rows(_SENT, room=who.room.id, author=who.author, client_id=client_id)
    return dict(zip(("id", "status", "seq"), rows[0], strict=True)) if rows else None


def _check_room(room: Held, who: Attendant) -> None:
    """Whether anybody of this side may write now."""
    if room.phase == "closed":
        raise closed()
    if room.mode == "paused" and not who.watches:
        raise Refusal("paused", _l("La discussion est en pause : ce que tu écris est gardé."), 409)
    if room.mode == "read_only" and not who.is_adult:
        raise Refusal("read_only", _l("On peut lire, et plus écrire."), 409)


def _check_student(
    tx: Transaction, who: Attendant, words: Words, standing: Stand, room: Held
) -> None:
    _check_voice(standing, room)
    if room.mode == "slow" and (last := _last_said_at(tx.session, who)) and now() - last < SLOWLY:
        raise Refusal("slow", _l("Doucement : une question par minute."), 409)
    if words.kind == "question":
        _check_one_pending(tx, who)
        check_box(tx.session, who)
    else:
        _check_follow(tx.session, who, words, room)


def _check_voice(standing: Stand, room: Held) -> None:
    """Whether a student may write here at all."""
    if room.session_id in (standing.muted_in, standing.removed_from):
        raise Refusal("muted", _l("Un adulte t’a demandé de lire seulement, pour l’instant."), 409)


def _check_one_pending(tx: Transaction, who: Attendant) -> None:
    """One pending question for each student."""
    if tx.rows(_PENDING, room=who.room.id, visitor=who.visitor):
        raise Refusal(
            "pending",
            _l("Une question à la fois : tu peux la reformuler ou la reprendre en attendant."),
            409,
        )


def _check_follow(reading: Reading, who: Attendant, words: Words, room: Held) -> None:
    """A short word about the answer to one's own question, one at a time."""
    question = reading.get(Message, words.about) if words.about else None
    is_own = question is not None and question.visitor_id == who.visitor
    if question is None or not is_own or question.status != "answered":
        raise Refusal("not_yours", _l("Cela n’existe pas, ou plus."), 404)
    if room.mode == "questions":
        raise Refusal("questions_only", _l("Ici, on pose des questions seulement."), 409)
    waiting = select(Message.id).where(
        Message.about_id == question.id, Message.kind == "follow", Message.status == "held"
    )
    if reading.scalar(waiting.limit(1)) is not None:
        raise Refusal("pending", _l("Ta suite est encore en lecture."), 409)


def _last_said_at(reading: Reading, who: Attendant) -> datetime | None:
    return reading.scalar(
        select(func.max(Message.created_at)).where(
            Message.room_id == who.room.id, Message.visitor_id == who.visitor
        )
    )


def _check_answer(tx: Transaction, who: Attendant, words: Words, room: Held) -> Asked:
    """The question. Two professionals never answer the same unawares. Raises Refusal."""
    if room.phase not in IN_WRITING:
        _check_room(room, who)
    question = _find_asked(tx, who, words)
    if question.claimed_by not in (None, who.author):
        raise claimed_by_other(question.claimed_name)
    return question


def _find_asked(tx: Transaction, who: Attendant, words: Words) -> Asked:
    """The question that an answer answers; another room's, or one that is hidden, is a 404."""
    rows = tx.rows(_ASKED, number=words.about or 0)
    question = Asked(*rows[0]) if rows else None
    if question is None or question.room_id != who.room.id or not _is_read(question):
        raise Refusal("not_yours", _l("Cela n’existe pas, ou plus."), 404)
    return question


def _is_read(question: Message | Asked) -> bool:
    """Whether everybody in the room may read it."""
    return question.kind == "question" and question.status in ANSWERABLE


def claimed_by_other(name: str | None) -> Refusal:
    """Somebody else is at it."""
    return Refusal("claimed", _l("%(name)s y répond déjà.", name=name or "?"), 409)


def question_of(reading: Reading, room_id: int, number: int | None) -> Message:
    """A question of this room that everybody may read; others are a 404."""
    question = reading.get(Message, number) if number else None
    if question is None or question.room_id != room_id or not _is_read(question):
        raise Refusal("not_yours", _l("Cela n’existe pas, ou plus."), 404)
    return question


def _compose(who: Attendant, words: Words, asked: Asked | None) -> Message:
    """A message that nothing holds yet: what becomes of it is written with it."""
    mine = words.asks_for or who.own_class
    return Message(
        room_id=who.room.id,
        author=who.author,
        client_id=words.client_id,
        visitor_id=who.visitor,
        classroom_id=asked.classroom_id if asked else mine.classroom if mine else None,
        class_number=mine.number if mine else 0,
        level=mine.level if mine else "",
        kind=words.kind,
        about_id=words.about,
        name="" if words.asks_for else who.name,
        role="student" if words.asks_for else who.role,
        text=words.text,
        place=words.place,
        status="held",
        reasons=[],
        version=0,
        votes=0,
        passed=[],
        created_at=now(),
    )


def _settle(
    tx: Transaction, message: Message, verdict: Verdict, phase: str, *, is_trusted: bool
) -> None:
    """Show it, hold it, or call an adult.

    A student's message is shown at once only when an adult trusts them and the filter finds
    nothing; what adults write is read by the filter too, and by an adult where it is in writing.
    """
    by = "student" if message.visitor_id else message.author
    note(tx, message.room_id, Act("say", by, message.name, message.text, message.visitor_id))
    message.reasons = list(verdict.reasons)
    if verdict.outcome == "alarm":
        message.status = "alarm"
        _keep_new(tx, message)
        raise_alarm(tx, message, verdict.reasons)
    elif verdict.outcome == "clear" and is_trusted:
        show(tx, message, phase)
    else:
        _keep_new(tx, message)
        tx.publish(QueueMoved(room_id=message.room_id))
    tx.finish()
    tell_author(tx, message)


def _keep_new(tx: Transaction, message: Message) -> None:
    if not message.id:
        keep(tx, message)


def reword(tx: Transaction, who: Attendant, message_id: int, text: str, verdict: Verdict) -> Any:
    """Say one's own question in other words; it is read again. Raises Refusal."""
    room = hold(tx, who.room.id)
    message = own_message(tx.session, who, message_id)
    standing = _standing_of(tx, who)
    if not calls_for_help(who, verdict):
        _check_rewording(tx, who, message, standing, room)
    was_shown = message.status == "shown"
    message.text, message.status, message.version = text, "held", message.version + 1
    message.claimed_by = message.claimed_name = None
    tx.session.flush()
    if was_shown:
        happen(tx, room.session_id, "question", message)
    _settle(tx, message, verdict, room.phase, is_trusted=standing.trust == "trusted")
    return acknowledge(message)


def _check_rewording(
    tx: Transaction, who: Attendant, message: Message, standing: Stand, room: Held
) -> None:
    _check_room(room, who)
    if message.status not in ("held", "shown", "refused"):
        raise Refusal("too_late", _l("On y répond déjà : tu pourras poser la suite."), 409)
    if message.status == "refused":
        _check_one_pending(tx, who)
        check_box(tx.session, who)
    _check_voice(standing, room)


def withdraw(tx: Transaction, who: Attendant, message_id: int) -> None:
    """Take one's own message back. Raises Refusal when it was answered."""
    hold(tx, who.room.id)
    message = own_message(tx.session, who, message_id)
    if message.status not in ("held", "shown", "refused", "later"):
        raise Refusal("too_late", _l("Elle a déjà sa réponse."), 409)
    was_shown = message.seq is not None
    message.status = "withdrawn"
    note(tx, message.room_id, Act("withdraw", "student", message.name, "", message.visitor_id))
    tx.session.flush()
    if was_shown:
        happen(tx, message.room_id, message.kind, message)
    tx.publish(QueueMoved(room_id=message.room_id))
    tell_author(tx, message)


def own_message(reading: Reading, who: Attendant, message_id: int) -> Message:
    """A student's own message in this room; another's is a 404."""
    message = reading.get(Message, message_id)
    is_own = message is not None and message.visitor_id == who.visitor and who.visitor is not None
    if message is None or not is_own or message.room_id != who.room.id:
        raise Refusal("not_yours", _l("Cela n’existe pas, ou plus."), 404)
    return message
