"""Days that count after a chat: until when one answers, and when what was said is erased."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session as Reading

from app.core.config import Settings
from app.live.chat.models import ChatRoom, Message
from app.live.sessions.hours import say_day
from app.live.sessions.models import Session
from app.live.sessions.sessions import ends_at

UNANSWERED = ("shown", "later")
"""Of a question: everybody reads it, and nobody has answered."""
SHOWN_FOR = timedelta(days=60)
"""For so long a box of questions that is overdue stays on the organiser's day."""


def due_at(session: Session, room: ChatRoom | None) -> datetime:
    """Until when the factory answers: so many days after the box opened, or after the end."""
    is_box = session.kind == "written" or room is None or room.phase == "written"
    begins = session.starts_at if is_box or room is None else room.closed_at or session.starts_at
    return begins + timedelta(days=session.answer_days)


def say_erasing(room: ChatRoom | None, session: Session, settings: Settings) -> str:
    """When what was said in a room is erased, in words."""
    if room is not None and room.erased_at is not None:
        day = say_day(room.erased_at, settings.timezone)
        return str(_("Ce qui a été dit a été effacé le %(day)s.", day=day))
    planned = ends_at(session) + timedelta(days=settings.chat_days)
    day = say_day(room.erase_at if room and room.erase_at else planned, settings.timezone)
    return str(_("Ce qui a été dit est effacé le %(day)s.", day=day))


@dataclass(frozen=True)
class Overdue:
    """A box of questions whose day has passed, and what has no answer there."""

    session: Session
    due: datetime
    count: int


def overdue_boxes(reading: Reading, moment: datetime) -> list[Overdue]:
    """The boxes whose answers should have been there, the oldest first."""
    found = [
        Overdue(session, due, count)
        for session, room, count in boxes_with_questions(reading)
        if moment - SHOWN_FOR < (due := due_at(session, room)) <= moment
    ]
    return sorted(found, key=lambda one: one.due)


def boxes_with_questions(reading: Reading) -> Iterable[tuple[Session, ChatRoom, int]]:
    """Every box of questions in which some have no answer, with how many."""
    waits = (Message.kind == "question") & Message.status.in_(UNANSWERED)
    query = (
        select(Session, ChatRoom, func.count(Message.id))
        .join(ChatRoom, ChatRoom.session_id == Session.id)
        .join(Message, Message.room_id == ChatRoom.session_id)
        .where(Session.state == "offered", waits)
        .where((ChatRoom.phase == "written") | (Session.kind == "written"))
        .group_by(Session.id, ChatRoom.session_id)
    )
    return [(session, room, count) for session, room, count in reading.execute(query)]
