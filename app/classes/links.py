"""Links to the teacher's side: a substitute's day, a colleague's invitation, a phone's pairing.

A link is 256 bits that only its holder has; the table keeps their hash.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app.classes.classrooms import add_teacher, hash_key
from app.classes.events import ChairsChanged
from app.classes.models import Classroom, TeacherLink
from app.classes.times import local_day, midnight_after, noon_of
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import Transaction

PAIRING = timedelta(minutes=10)
"""How long a phone may be paired by what the screen shows."""
INVITATION = timedelta(days=7)
AHEAD = 14
"""Days ahead for which a substitute may be given a link."""
MOST_LINKS = 20
"""Links of a class that live at a time."""


def lend(tx: Transaction, classroom_id: int, day: date) -> str:
    """A substitute's link for one day in the school's zone. Raises Refusal for a day too far."""
    zone = tx.session.get_one(Classroom, classroom_id).timezone
    today = local_day(now(), zone)
    if not today <= day <= today + timedelta(days=AHEAD):
        raise Refusal(
            "bad_day", _l("Choisissez un jour, d’aujourd’hui à dans deux semaines."), 422, "day"
        )
    noon = noon_of(day, zone)
    starts_at = now() if day == today else midnight_after(noon - timedelta(days=1), zone)
    return _make(tx, classroom_id, "substitute", starts_at, midnight_after(noon, zone))


def show_phone(tx: Transaction, classroom_id: int) -> str:
    """What a phone reads to be paired, once, within PAIRING; an earlier one works no more."""
    tx.execute(
        delete(TeacherLink).where(
            TeacherLink.classroom_id == classroom_id, TeacherLink.purpose == "pairing"
        )
    )
    return _make(tx, classroom_id, "pairing", now(), now() + PAIRING)


def invite(tx: Transaction, classroom_id: int) -> str:
    """A colleague's invitation, for one."""
    return _make(tx, classroom_id, "colleague", now(), now() + INVITATION)


def _make(
    tx: Transaction, classroom_id: int, purpose: str, starts_at: datetime, expires_at: datetime
) -> str:
    live = select(TeacherLink.token_hash).where(
        TeacherLink.classroom_id == classroom_id, TeacherLink.expires_at > now()
    )
    if len(tx.execute(live).all()) >= MOST_LINKS:
        raise Refusal("many_links", _l("Vingt liens sont ouverts : fermez-en un d’abord."), 409)
    token = secrets.token_urlsafe(32)
    tx.session.add(
        TeacherLink(
            token_hash=hash_key(token),
            classroom_id=classroom_id,
            purpose=purpose,
            starts_at=starts_at,
            expires_at=expires_at,
            created_at=now(),
        )
    )
    return token


def find_link(token: str) -> TeacherLink | None:
    """The link, until it expires; one whose day has not come yet is found too."""
    link = db.session.get(TeacherLink, hash_key(token))
    return link if link is not None and link.expires_at > now() else None


def live_links(classroom_id: int) -> Sequence[TeacherLink]:
    """The links of a class that open something, or will."""
    query = select(TeacherLink).where(
        TeacherLink.classroom_id == classroom_id, TeacherLink.expires_at > now()
    )
    return db.session.scalars(query.order_by(TeacherLink.created_at)).all()


def pair(tx: Transaction, token: str) -> str | None:
    """Use a pairing up; what the phone keeps until the day ends. None when somebody was faster."""
    classroom_id = _use(tx, token, "pairing")
    if classroom_id is None:
        return None
    zone = tx.session.get_one(Classroom, classroom_id).timezone
    tx.publish(ChairsChanged(classroom_id=classroom_id))
    return _make(tx, classroom_id, "phone", now(), midnight_after(now(), zone))


def join(tx: Transaction, token: str, account_id: int) -> bool:
    """Use an invitation up: the account teaches the class. False when somebody was faster."""
    classroom_id = _use(tx, token, "colleague")
    if classroom_id is None:
        return False
    add_teacher(tx, classroom_id, account_id)
    return True


def _use(tx: Transaction, token: str, purpose: str) -> int | None:
    used = delete(TeacherLink).where(
        TeacherLink.token_hash == hash_key(token),
        TeacherLink.purpose == purpose,
        TeacherLink.expires_at > now(),
    )
    found: int | None = tx.execute(used.returning(TeacherLink.classroom_id)).scalar()
    return found


def revoke(tx: Transaction, classroom_id: int, token_hash: str) -> bool:
    """Close a link of this class at once, with whoever sits by it; False for another's."""
    mine = (TeacherLink.classroom_id == classroom_id) & (TeacherLink.token_hash == token_hash)
    is_mine = bool(tx.execute(delete(TeacherLink).where(mine)).rowcount)
    tx.publish(ChairsChanged(classroom_id=classroom_id))
    return is_mine


def forget_links(tx: Transaction) -> int:
    """Delete the links that have expired; how many they were."""
    return tx.execute(delete(TeacherLink).where(TeacherLink.expires_at <= now())).rowcount
