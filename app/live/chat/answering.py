"""What professionals do with questions, and what students add: claims, voices, shows, reports."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session as Reading

from app.core.db import now
from app.core.errors import Refusal
from app.core.writer import Transaction
from app.live.chat.alarms import keep_apart
from app.live.chat.attending import Attendant
from app.live.chat.log import Act, note
from app.live.chat.models import Message, Report, Vote
from app.live.chat.rooms import closed, hold_room, keep_for_later, reopen, tell_author
from app.live.chat.saying import claimed_by_other, question_of
from app.live.chat.sequence import QueueMoved, happen

MOST_REPORTS = 2
"""Open reports of one student."""
HIDDEN_AFTER = 2
"""Reports of different students that hide what an adult wrote; one of an adult is enough."""


def claim(tx: Transaction, who: Attendant, question_id: int) -> None:
    """« J’y réponds. » Raises Refusal when somebody else said so before."""
    hold_room(tx, who.room.id)
    question = question_of(tx.session, who.room.id, question_id)
    if question.status == "answered" or question.claimed_by == who.author:
        return
    if question.claimed_by is not None:
        raise claimed_by_other(question.claimed_name)
    question.claimed_by, question.claimed_name = who.author, who.name
    tx.session.flush()
    note(tx, question.room_id, Act("claim", who.author, question.name))
    happen(tx, question.room_id, "question", question)
    tell_author(tx, question)


def release(tx: Transaction, who: Attendant, question_id: int) -> None:
    """Give a question back to the others."""
    hold_room(tx, who.room.id)
    question = question_of(tx.session, who.room.id, question_id)
    is_mine = question.claimed_by == who.author or who.decides_for(question.classroom_id)
    if not is_mine or question.status == "answered" or question.claimed_by is None:
        return
    question.claimed_by = question.claimed_name = None
    tx.session.flush()
    happen(tx, question.room_id, "question", question)
    tell_author(tx, question)


def put_off(tx: Transaction, who: Attendant, question_id: int) -> None:
    """« Je réponds plus tard » : it goes to ask-later."""
    hold_room(tx, who.room.id)
    question = question_of(tx.session, who.room.id, question_id)
    if question.status == "shown":
        keep_for_later(tx, question)
        note(tx, question.room_id, Act("later", who.author, question.name, question.text,
             question.visitor_id))  # fmt: skip


def vote(tx: Transaction, who: Attendant, question_id: int) -> dict[str, Any]:
    """« +1 », or take it back; nobody votes for their own question."""
    hold_room(tx, who.room.id)
    question = question_of(tx.session, who.room.id, question_id)
    if question.visitor_id == who.visitor:
        raise Refusal("own_message", _l("C’est ta question : ta voix y est déjà."), 409)
    known = tx.session.get(Vote, (question.id, who.visitor))
    if known is None:
        tx.session.add(Vote(message_id=question.id, visitor_id=who.visitor))
    else:
        tx.session.delete(known)
    question.votes += 1 if known is None else -1
    tx.session.flush()
    happen(tx, question.room_id, "question", question)
    return {"votes": question.votes, "voted": known is None}


def show_place(tx: Transaction, who: Attendant, place: dict[str, Any]) -> None:
    """« Karim montre le rotor » : a card for everybody; nothing turns by itself."""
    if hold_room(tx, who.room.id).phase == "closed":
        raise closed()
    happen(tx, who.room.id, "show", body={"show": {"name": who.name, "place": place}})
    note(tx, who.room.id, Act("show", who.author, who.name, str(place.get("scene", ""))))


def report(tx: Transaction, who: Attendant, message_id: int, reason: str) -> None:
    """Say that a message is wrong. Raises Refusal after two open reports of one student."""
    hold_room(tx, who.room.id)
    message = tx.session.get(Message, message_id)
    is_seen = message is not None and message.status in ("shown", "answered", "later")
    if message is None or message.room_id != who.room.id or not is_seen:
        raise Refusal("not_yours", _l("Cela n’existe pas, ou plus."), 404)
    if _has_reported(tx.session, who, message):
        return
    if not who.is_adult and _open_reports(tx.session, who) >= MOST_REPORTS:
        raise Refusal("reports", _l("Un adulte lit déjà tes deux signalements."), 409)
    tx.session.add(
        Report(message_id=message.id, reporter=who.author, visitor_id=who.visitor,
               reason=reason, created_at=now())
    )  # fmt: skip
    tx.session.flush()
    by = who.author if who.is_adult else "student"
    told = f"{message.id}: {reason}"
    note(tx, message.room_id, Act("report", by, who.name, told, who.visitor))
    keep_apart(tx, message, reason)
    if message.visitor_id is not None or who.is_adult or _students(tx, message) >= HIDDEN_AFTER:
        hide(tx, message)
    tx.publish(QueueMoved(room_id=message.room_id))


def _has_reported(reading: Reading, who: Attendant, message: Message) -> bool:
    mine = (Report.message_id == message.id) & (Report.reporter == who.author)
    return reading.scalar(select(Report.id).where(mine)) is not None


def _open_reports(reading: Reading, who: Attendant) -> int:
    query = (
        select(func.count())
        .select_from(Report)
        .join(Message, Message.id == Report.message_id)
        .where(
            Message.room_id == who.room.id,
            Report.reporter == who.author,
            Report.closed_at.is_(None),
        )
    )
    return reading.scalar(query) or 0


def _students(tx: Transaction, message: Message) -> int:
    query = select(func.count()).select_from(Report).where(Report.message_id == message.id)
    is_open = Report.visitor_id.is_not(None) & Report.closed_at.is_(None)
    return tx.session.scalar(query.where(is_open)) or 0


def hide(tx: Transaction, message: Message) -> None:
    """Take a message out of sight until an adult has read it again."""
    if message.status == "hidden":
        return
    message.status = "hidden"
    tx.session.flush()
    happen(tx, message.room_id, message.kind, message)
    reopen(tx, message)
    tx.publish(QueueMoved(room_id=message.room_id))
    tell_author(tx, message)


def give_back_all(tx: Transaction, room_id: int, author: str) -> None:
    """Give back to the others all that somebody took and has not answered."""
    hold_room(tx, room_id)
    taken = (Message.room_id == room_id) & (Message.claimed_by == author)
    for question in tx.session.scalars(select(Message).where(taken, Message.status == "shown")):
        question.claimed_by = question.claimed_name = None
        tx.session.flush()
        happen(tx, room_id, "question", question)
        note(tx, room_id, Act("release", "system", question.name))
        tell_author(tx, question)
