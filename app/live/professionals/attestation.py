"""The attestation of hours: which sessions a professional held, and how long they took."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.config import Settings
from app.core.db import now
from app.core.jobs import Job, enqueue
from app.core.writer import Transaction
from app.live.papers.kinds import FOLDER
from app.live.professionals.photos import UNDER_WAY
from app.live.professionals.profile import factory_name, find_profile
from app.live.sessions.models import Session as Meeting
from app.live.sessions.models import SessionProfessional
from app.people.models import Account
from media.keys import is_asset_key

MAKE_ATTESTATION = "app.live.professionals.jobs.make_attestation"
DOWNLOAD = "attestation.pdf"


@dataclass(frozen=True)
class Held:
    """A session that took place."""

    subject: str
    starts_at: datetime
    minutes: int


def sessions_held(reading: Session, account_id: int) -> list[Held]:
    """The live sessions in which this account answered and that are over, the oldest first."""
    query = (
        select(Meeting)
        .join(SessionProfessional, SessionProfessional.session_id == Meeting.id)
        .where(
            SessionProfessional.account_id == account_id,
            Meeting.state == "offered",
            Meeting.kind != "written",
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [
        Held(one.subject, one.starts_at, one.minutes)
        for one in reading.scalars(query)
        if one.starts_at + timedelta(minutes=one.minutes) <= now()
    ]


def say_duration(minutes: int) -> str:
    """Hours and minutes as people write them: 2 h 40."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return str(_("%(minutes)d min", minutes=rest))
    if not rest:
        return str(_("%(hours)d h", hours=hours))
    return str(_("%(hours)d h %(minutes)s", hours=hours, minutes=f"{rest:02d}"))


def attestation_html(reading: Session, account: Account) -> str:
    """The paper, as a page to print."""
    held = sessions_held(reading, account.id)
    row = find_profile(reading, account.id)
    return render_template(
        "papers/attestation.html",
        name=account.name,
        job=row.job if row else "",
        factory=factory_name(reading, row.factory) if row else "",
        sessions=[(one, say_duration(one.minutes)) for one in held],
        total=say_duration(sum(one.minutes for one in held)),
        issued_at=now(),
    )


def begin_attestation(tx: Transaction, account_id: int, token: str, language: str) -> None:
    """Have the worker make the paper, unless it is at it already; earlier ones are forgotten."""
    job = last_attestation(tx.session, account_id)
    if job is not None and job.state in UNDER_WAY:
        return
    tx.execute(delete(Job).where(Job.name == MAKE_ATTESTATION, Job.account_id == account_id))
    wish = {"account_id": account_id, "token": token, "language": language}
    enqueue(tx, MAKE_ATTESTATION, wish, _("Attestation"), account_id)


def last_attestation(reading: Session, account_id: int) -> Job | None:
    """The work behind the paper that was asked for last."""
    mine = (Job.name == MAKE_ATTESTATION) & (Job.account_id == account_id)
    return reading.scalars(select(Job).where(mine).order_by(Job.id.desc()).limit(1)).first()


def paper_path(settings: Settings, token: str) -> Path:
    """Where the paper lies for an hour, with those of classes. Raises ValueError for no token."""
    if not is_asset_key(token):
        raise ValueError("not the token of a paper")
    return settings.data / FOLDER / f"{token}.pdf"
