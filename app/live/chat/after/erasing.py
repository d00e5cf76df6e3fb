"""What was said in a chat has had its time: texts, names and places go, the seals stay."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.core.db import now
from app.core.writer import Transaction, write
from app.live.chat.after.rounds import close_boxes, close_left
from app.live.chat.models import Alarm, ChatRoom, LogText, Message, Report, RoomEvent, Vote, nobody
from app.live.sessions.models import Session


def purge_chats(days: int) -> int:
    """Erase the rooms whose day has come; how many. Those that nobody closed get a day first."""
    write(lambda tx: close_left(tx, days))
    write(lambda tx: close_boxes(tx, days))
    write(lambda tx: date_rooms(tx, days))
    moment = now()
    due = select(ChatRoom.session_id).where(
        ChatRoom.erase_at <= moment, ChatRoom.erased_at.is_(None)
    )

    def unit(tx: Transaction) -> int:
        rooms = list(tx.session.scalars(due.order_by(ChatRoom.session_id)))
        for room in rooms:
            erase_room(tx, room, moment)
        return len(rooms)

    return write(unit)


def date_rooms(tx: Transaction, days: int) -> int:
    """Give a day to rooms that nobody will close: those of what was cancelled."""
    query = (
        select(ChatRoom)
        .join(Session, Session.id == ChatRoom.session_id)
        .where(ChatRoom.erase_at.is_(None), Session.state != "offered")
    )
    rooms = list(tx.session.scalars(query))
    for room in rooms:
        room.erase_at = now() + timedelta(days=days)
    return len(rooms)


def erase_room(tx: Transaction, room_id: int, moment: datetime) -> None:
    """Blank what was said and who said it; how many acts there were still can be counted."""
    here = Message.room_id == room_id
    messages = select(Message.id).where(here)
    tx.execute(delete(Vote).where(Vote.message_id.in_(messages)))
    tx.execute(delete(Report).where(Report.message_id.in_(messages)))
    tx.execute(
        update(Message)
        .where(here)
        .values(author=nobody(Message), visitor_id=None, classroom_id=None, name="", text="",
                place=None, claimed_by=None, claimed_name=None, passed=[], approved_by=None,
                reasons=[], status="erased")
    )  # fmt: skip
    tx.execute(update(RoomEvent).where(RoomEvent.room_id == room_id).values(body={}))
    tx.execute(delete(LogText).where(LogText.room_id == room_id))
    room = update(ChatRoom).where(ChatRoom.session_id == room_id)
    tx.execute(room.values(sentence="", given=[], erased_at=moment))


def purge_alarms() -> int:
    """Delete alarms for which nobody has to answer any more."""
    return write(lambda tx: tx.execute(delete(Alarm).where(Alarm.kept_until <= now())).rowcount)
