"""A box of questions: a class prepares ten at most, then they go to the factory."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session as Reading

from app.core.config import Settings
from app.core.db import now
from app.core.errors import Refusal
from app.core.locale import current_language
from app.live.chat.after.dates import due_at
from app.live.chat.attending import Attendant
from app.live.chat.models import Message
from app.live.chat.wording import wording
from app.live.sessions.hours import say_day
from app.live.sessions.models import Professional, Session, SessionProfessional
from app.people.models import Account

MOST = 10
"""Questions of a class; those that were refused, grouped or taken back leave their place."""
COUNTED = ("held", "shown", "later", "answered")
GONE = _l("Les questions sont parties à l’usine : les réponses arrivent ici.")
FULL = _l("Ta classe a déjà ses dix questions : vote pour celles que tu attends le plus.")


def check_box(reading: Reading, who: Attendant) -> None:
    """Whether a student may still put a question in. Raises Refusal."""
    room = who.room
    if room.phase != "written":
        return
    is_prepared = room.kind == "written"
    if now() >= (room.starts_at if is_prepared else room.ends_at):
        raise Refusal("box_gone", GONE, 409)
    mine = who.own_class
    if is_prepared and mine and _count(reading, room.id, mine.classroom) >= MOST:
        raise Refusal("box_full", FULL, 409)


def _count(reading: Reading, room_id: int, classroom: int) -> int:
    query = select(func.count()).select_from(Message).where(
        Message.room_id == room_id,
        Message.classroom_id == classroom,
        Message.kind == "question",
        Message.status.in_(COUNTED),
    )  # fmt: skip
    return reading.scalar(query) or 0


def box_notice(reading: Reading, who: Attendant, settings: Settings) -> str:
    """What the page of a room says once it is a box of questions."""
    session = reading.get_one(Session, who.room.id)
    if session.kind != "written":
        return wording().nobody_came(current_language(), _awaited(reading, session))
    opens = say_day(session.starts_at, settings.timezone)
    due = say_day(due_at(session, None), settings.timezone)
    if now() >= session.starts_at:
        return str(_("Les questions sont à l’usine. Réponses au plus tard le %(due)s.", due=due))
    told = _(
        "La classe prépare jusqu’à dix questions et vote jusqu’au %(opens)s. "
        "L’usine répond au plus tard le %(due)s.",
        opens=opens,
        due=due,
    )
    return str(told)


def _awaited(reading: Reading, session: Session) -> str:
    """Who was expected: a first name, or the factory where there are several or none."""
    query = (
        select(Professional.first_name)
        .join(SessionProfessional, SessionProfessional.account_id == Professional.account_id)
        .join(Account, Account.id == Professional.account_id)
        .where(SessionProfessional.session_id == session.id, Account.verified_at.is_not(None))
    )
    names = [name for name in reading.scalars(query) if name]
    return names[0] if len(names) == 1 else _("L’usine")
