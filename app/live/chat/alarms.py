"""Alarms: a message that tells of danger, or a button. Nobody in the room sees them; a person must.

They are kept apart from the room, with their reason and their end.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session as Reading

from app.classes.models import ClassroomTeacher
from app.core.db import now
from app.core.events import Event
from app.core.jobs import enqueue
from app.core.writer import Transaction
from app.live.chat.log import Act, note
from app.live.chat.models import Alarm, Message
from app.people.models import Account

KEPT = timedelta(days=365)
"""How long an alarm is kept, so that adults can answer for what they did about it."""
SECOND_MAIL = timedelta(seconds=60)
"""An alarm that nobody has seen by then is mailed once more."""
MOST_MAILS = 2


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
    alarm = Alarm(
        room_id=room_id,
        message_id=message.id if message else None,
        classroom_id=message.classroom_id if message else None,
        visitor_id=message.visitor_id if message else None,
        reasons=reasons,
        name=message.name if message else name,
        text=message.text if message else "",
        raised_at=moment,
        mailed=1,
        kept_until=moment + KEPT,
    )
    tx.session.add(alarm)
    tx.session.flush()
    mail_alarm(tx, alarm)
    tx.publish(AlarmRaised(alarm_id=alarm.id, room_id=room_id, classroom_id=alarm.classroom_id))
    return alarm


def mail_alarm(tx: Transaction, alarm: Alarm) -> None:
    """Have the worker write to those who must look; the mail holds nothing of what was said."""
    for account_id in sorted(called_for(tx.session, alarm)):
        enqueue(tx, "app.live.chat.jobs.mail_alarm", {"account_id": account_id}, "alarm")


def called_for(reading: Reading, alarm: Alarm) -> set[int]:
    """The accounts of the class's verified teachers and of the organisers."""
    organisers = select(Account.id).where(Account.role == "organiser", Account.password_hash != "")
    found = set(reading.scalars(organisers))
    if alarm.classroom_id is not None:
        teachers = select(ClassroomTeacher.account_id).where(
            ClassroomTeacher.classroom_id == alarm.classroom_id
        )
        found |= set(reading.scalars(teachers))
    return found


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
