"""The worker's round after chats: rooms that nobody closed, boxes that wait, thanks."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.core.config import Settings
from app.core.db import now
from app.core.jobs import enqueue
from app.core.writer import Transaction, write
from app.live.chat.after.dates import UNANSWERED, boxes_with_questions, due_at
from app.live.chat.models import ChatRoom, Message
from app.live.chat.rooms import close_room, hold_room
from app.live.sessions.models import Session, SessionProfessional

LEFT = timedelta(hours=12)
"""So long after its end, a room that the serving process did not close is closed here."""
REMINDED = timedelta(days=2)
"""Before the day on which the answers of a box are due."""
PATIENCE = timedelta(days=30)
"""So long after that day a box closes, even with questions left."""
MORNING = 8
"""Thanks are sent from this hour of the next day on, on the site's clock."""
FORGOTTEN = timedelta(days=7)
"""Whoever was not thanked by then is not any more."""


def go_round(settings: Settings) -> None:
    """Close what was left, remind of boxes, thank those who answered."""
    write(lambda tx: close_left(tx, settings.chat_days))
    write(lambda tx: close_boxes(tx, settings.chat_days))
    write(remind_of_boxes)
    write(lambda tx: thank(tx, settings.timezone))


def close_left(tx: Transaction, days: int) -> int:
    """Close live rooms whose end the serving process missed; how many."""
    moment = now()
    query = (
        select(Session)
        .join(ChatRoom, ChatRoom.session_id == Session.id)
        .where(
            Session.state == "offered",
            ChatRoom.phase.in_(("waiting", "open")),
            Session.starts_at <= moment - LEFT,
        )
    )
    late = [
        one
        for one in tx.session.scalars(query)
        if one.starts_at + timedelta(minutes=one.minutes) <= moment - LEFT
    ]
    for session in late:
        close_room(tx, session.id, days=days)
    return len(late)


def close_boxes(tx: Transaction, days: int) -> int:
    """Close the boxes that are answered, and those for which nobody will answer; how many."""
    moment = now()
    query = (
        select(Session, ChatRoom)
        .join(ChatRoom, ChatRoom.session_id == Session.id)
        .where(Session.state == "offered", ChatRoom.phase == "written")
    )
    over = [session.id for session, room in tx.session.execute(query) if _is_over(tx, session, room,
            moment)]  # fmt: skip
    for number in over:
        close_room(tx, number, days=days)
    return len(over)


def _is_over(tx: Transaction, session: Session, room: ChatRoom, moment: datetime) -> bool:
    due = due_at(session, room)
    if moment < due:
        return False
    waits = Message.status.in_((*UNANSWERED, "held"))
    query = select(Message.id).where(
        Message.room_id == room.session_id, Message.kind.in_(("question", "answer")), waits
    )
    unread = query.where((Message.kind == "question") | (Message.status == "held"))
    return moment >= due + PATIENCE or tx.session.scalar(unread.limit(1)) is None


def remind_of_boxes(tx: Transaction) -> int:
    """Write once to those who answer, two days before the answers are due; how many boxes."""
    moment, count = now(), 0
    for session, room, _count in boxes_with_questions(tx.session):
        due = due_at(session, room)
        if room.reminded_at is None and due - REMINDED <= moment < due:
            hold_room(tx, session.id).reminded_at = moment
            _write_to_professionals(tx, session, "mail_box_waits")
            count += 1
    return count


def thank(tx: Transaction, timezone: str) -> int:
    """Thank those who answered, the day after; how many rooms."""
    moment = now()
    query = (
        select(Session, ChatRoom)
        .join(ChatRoom, ChatRoom.session_id == Session.id)
        .where(
            Session.state == "offered",
            ChatRoom.thanked_at.is_(None),
            ChatRoom.closed_at > moment - FORGOTTEN,
        )
    )
    due = [
        session
        for session, room in tx.session.execute(query)
        if room.closed_at and _is_next_morning(room.closed_at, moment, timezone)
    ]
    for session in due:
        hold_room(tx, session.id).thanked_at = moment
        if _was_answered(tx, session):
            _write_to_professionals(tx, session, "mail_thanks")
    return len(due)


def _is_next_morning(closed_at: datetime, moment: datetime, timezone: str) -> bool:
    zone = ZoneInfo(timezone)
    there = moment.astimezone(zone)
    return closed_at.astimezone(zone).date() < there.date() and there.hour >= MORNING


def _was_answered(tx: Transaction, session: Session) -> bool:
    query = select(Message.id).where(
        Message.room_id == session.id, Message.kind == "question", Message.status == "answered"
    )
    return tx.session.scalar(query.limit(1)) is not None


def _write_to_professionals(tx: Transaction, session: Session, letter: str) -> None:
    for account in professionals_of(tx, session):
        arguments = {"session_id": session.id, "account_id": account}
        enqueue(tx, f"app.live.chat.after.jobs.{letter}", arguments, letter)


def professionals_of(tx: Transaction, session: Session) -> Iterable[int]:
    """The accounts of those who answer in a session."""
    query = select(SessionProfessional.account_id)
    here = query.where(SessionProfessional.session_id == session.id)
    return tx.session.scalars(here.order_by(SessionProfessional.account_id)).all()
