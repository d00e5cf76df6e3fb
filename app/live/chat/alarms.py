"""Alarms: a message that tells of danger, or a button. Nobody in the room sees them; a person must.

They are kept apart from the room, with their reason and their end.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Reading

from app.classes.models import ClassroomTeacher
from app.core.db import now
from app.core.events import Event
from app.core.jobs import enqueue
from app.core.writer import Transaction
from app.live.chat.log import Act, note
from app.live.chat.models import Alarm, Message
from app.live.sessions.models import Booking
from app.people.models import Account

KEPT = timedelta(days=365)
"""How long an alarm is kept, so that adults can answer for what they did about it."""
SECOND_MAIL = timedelta(seconds=60)
"""An alarm that nobody has seen by then is mailed once more."""
MOST_MAILS = 2
REPORTED = "reported"
"""The first reason of a message that was reported: it is kept, and calls nobody."""


class AlarmRaised(Event):
    """An adult must look at once."""

    alarm_id: int
    room_id: int
    classroom_id: int | None


def raise_alarm(tx: Transaction, message: Message, reasons: Iterable[str]) -> Alarm:
    """Call the class's teachers and the organisers about a message."""
    return _raise(tx, message.room_id, message, list(reasons))


def press_alert(
    tx: Transaction, room_id: int, by: str, name: str, message: Message | None
) -> Alarm:
    """The professional's « Alerte »: the same effect."""
    note(tx, room_id, Act("alert", by, name))
    return _raise(tx, room_id, message, ["button"], name)


def _raise(
    tx: Transaction, room_id: int, message: Message | None, reasons: list[str], name: str = ""
) -> Alarm:
    moment = now()
    is_known = message is not None and _is_looked_for(tx.session, room_id, message.visitor_id)
    alarm = Alarm(
        room_id=room_id,
        message_id=message.id if message else None,
        classroom_id=message.classroom_id if message else None,
        visitor_id=message.visitor_id if message else None,
        reasons=reasons,
        name=message.name if message else name,
        text=message.text if message else "",
        raised_at=moment,
        mailed=MOST_MAILS if is_known else 1,
        kept_until=moment + KEPT,
    )
    tx.session.add(alarm)
    tx.session.flush()
    if not is_known:
        mail_alarm(tx, alarm)
    tx.publish(AlarmRaised(alarm_id=alarm.id, room_id=room_id, classroom_id=alarm.classroom_id))
    return alarm


def _is_looked_for(reading: Reading, room_id: int, visitor: int | None) -> bool:
    """Whether adults were called about this student already, and nobody has said that they look."""
    if visitor is None:
        return False
    open_ones = (Alarm.room_id == room_id) & (Alarm.visitor_id == visitor) & Alarm.seen_at.is_(None)
    return reading.scalar(select(Alarm.id).where(open_ones).limit(1)) is not None


def keep_apart(tx: Transaction, message: Message, reason: str) -> None:
    """Keep a reported message beside the room, with the reason and an end: nobody is called."""
    moment = now()
    tx.session.add(
        Alarm(
            room_id=message.room_id,
            message_id=message.id,
            classroom_id=message.classroom_id,
            visitor_id=message.visitor_id,
            reasons=[REPORTED, reason],
            name=message.name,
            text=message.text,
            raised_at=moment,
            seen_at=moment,
            mailed=MOST_MAILS,
            kept_until=moment + KEPT,
        )
    )
    tx.session.flush()


def mail_alarm(tx: Transaction, alarm: Alarm) -> None:
    """Have the worker write to those who must look; the mail holds nothing of what was said."""
    for account_id in sorted(called_for(tx.session, alarm)):
        enqueue(tx, "app.live.chat.jobs.mail_alarm", {"account_id": account_id}, "alarm")


def called_for(reading: Reading, alarm: Alarm) -> set[int]:
    """The accounts of the class's verified teachers and of the organisers."""
    organisers = select(Account.id).where(Account.role == "organiser", Account.password_hash != "")
    found = set(reading.scalars(organisers))
    return found | set(reading.scalars(_teachers(alarm)))


def _teachers(alarm: Alarm) -> Any:
    """Those of the class; of every class of the room when the alarm names none."""
    mine = select(ClassroomTeacher.account_id)
    if alarm.classroom_id is not None:
        return mine.where(ClassroomTeacher.classroom_id == alarm.classroom_id)
    return mine.join(Booking, Booking.classroom_id == ClassroomTeacher.classroom_id).where(
        Booking.session_id == alarm.room_id, Booking.state == "booked"
    )


def acknowledge_alarm(tx: Transaction, alarm_id: int, by: str, name: str) -> None:
    """Somebody says that they look after it."""
    alarm = tx.session.get_one(Alarm, alarm_id, with_for_update=True)
    if alarm.seen_at is None:
        alarm.seen_at, alarm.seen_by = now(), name[:80]
        if alarm.room_id is not None:
            note(tx, alarm.room_id, Act("seen", by, name))
    tx.publish(
        AlarmRaised(alarm_id=alarm.id, room_id=alarm.room_id or 0, classroom_id=alarm.classroom_id)
    )


def call_again(tx: Transaction, moment: datetime) -> int:
    """Mail the alarms that nobody has seen within a minute once more; how many."""
    query = select(Alarm).where(
        Alarm.seen_at.is_(None),
        Alarm.mailed < MOST_MAILS,
        Alarm.raised_at <= moment - SECOND_MAIL,
    )
    late = list(tx.session.scalars(query.with_for_update()))
    for alarm in late:
        alarm.mailed += 1
        mail_alarm(tx, alarm)
    return len(late)
