"""All that waits for an organiser, of every room, in one list: the oldest first.

A room adds its kind of item by a function in the registry, `app.extensions["approvals"]`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.live.professionals.changes import changed_professionals
from app.live.professionals.profile import factory_name, find_profile
from app.live.professionals.vetting import (
    faults_of_employer,
    faults_of_vetting,
    own_faults,
)
from app.live.sessions.models import Guest, Professional
from app.live.sessions.models import Session as Meeting
from app.people.models import Account


@dataclass(frozen=True)
class Act:
    """A button: where its form goes, what it says, and what it is about for who cannot see."""

    url: str
    label: str
    about: str = ""
    style: str = ""
    """How the plate looks, as in `plate--yellow`."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for an organiser."""

    kind: str
    """What sort of thing, in a word for people."""
    what: str
    since: datetime
    url: str = ""
    """Where it is told in full."""
    acts: tuple[Act, ...] = ()
    facts: tuple[str, ...] = ()
    """What an organiser must know to decide."""
    look: str = ""
    """What the way to `url` says, where it must be seen before it is decided."""


Source = Callable[[Session], Iterable[Waiting]]


def approvals() -> list[Source]:
    """The registry: what each room has waiting."""
    found: list[Source] = current_app.extensions.setdefault("approvals", [])
    return found


def register(app: Flask) -> None:
    """Open the registry with the kinds of this room; others append theirs to it."""
    sources = [waiting_teachers, waiting_professionals, waiting_changes, waiting_sessions]
    app.extensions.setdefault("approvals", []).extend(sources)


def all_waiting(reading: Session) -> list[Waiting]:
    """Everything, the oldest first."""
    items = [item for source in approvals() for item in source(reading)]
    return sorted(items, key=lambda item: item.since)


def waiting_teachers(reading: Session) -> Iterable[Waiting]:
    """Teachers whom no trusted domain has verified."""
    for account in _unverified(reading, "teacher"):
        act = Act(f"/organisers/approvals/teachers/{account.id}", _("Vérifier"), account.name)
        yield Waiting(
            _("Professeur"),
            account.name,
            account.created_at,
            "/organisers/people",
            (act,) if account.confirmed_at else (),
            tuple(_facts(account, account.school.name if account.school else "")),
        )


def _unverified(reading: Session, role: str) -> Sequence[Account]:
    """Those of a role who have a password and are not verified."""
    mine = (Account.role == role) & (Account.password_hash != "")
    query = select(Account).where(mine, Account.verified_at.is_(None)).order_by(Account.id)
    return reading.scalars(query).all()


def _facts(account: Account, place: str) -> Iterable[str]:
    yield account.email
    if account.confirmed_at is None:
        yield _("adresse non confirmée")
    if place:
        yield place


def waiting_professionals(reading: Session) -> Iterable[Waiting]:
    """Professionals for whom an organiser can do something now."""
    for account in _unverified(reading, "professional"):
        row = find_profile(reading, account.id)
        act = next_act(account, row)
        if row is not None and act is not None:
            is_read_first = row.employer_at is not None  # their profile, before it is approved
            yield Waiting(
                _("Professionnel"),
                account.name,
                _since(account, row),
                page_of(account.id),
                () if is_read_first else (act,),
                tuple(_facts(account, factory_name(reading, row.factory))),
                act.label if is_read_first else "",
            )


def waiting_changes(reading: Session) -> Iterable[Waiting]:
    """What approved professionals changed and classes do not read yet."""
    for account, row in changed_professionals(reading):
        photos = len(row.new_photos)
        told = ngettext("%(num)d photo", "%(num)d photos", photos) if photos else ""
        facts = [text or _("un texte enlevé") for text in row.draft.values()]
        since = row.changed_at or row.created_at
        yield Waiting(
            _("Profil changé"),
            account.name,
            since,
            page_of(account.id),
            facts=tuple(filter(None, (*facts, told))),
            look=_("Regarder"),
        )


def page_of(account_id: int) -> str:
    """Where an organiser reads what a professional said."""
    return f"/organisers/approvals/professionals/{account_id}"


def next_act(account: Account, row: Professional | None) -> Act | None:
    """What an organiser can do for a professional now: the employer first, then the approval."""
    page = page_of(account.id)
    if account.is_verified or faults_of_employer(account, row) or row is None:
        return None
    if row.employer_at is None:
        return Act(f"{page}/employer", _("Adresse de l’employeur vérifiée"), account.name)
    if faults_of_vetting(account, row):
        return None
    return Act(f"{page}/approve", _("Approuver"), account.name, "plate--yellow")


def _since(account: Account, row: Professional) -> datetime:
    """Since when an organiser could have acted."""
    return max(
        filter(None, (account.confirmed_at, row.created_at, row.employer_at, row.charter_at))
    )


@dataclass(frozen=True)
class Preparing:
    """A professional who has still to do something themselves."""

    account: Account
    faults: list[str]


def preparing_professionals(reading: Session) -> list[Preparing]:
    """Those who have something to do themselves before they can be approved."""
    found = []
    for account in _unverified(reading, "professional"):
        faults = own_faults(account, find_profile(reading, account.id))
        if faults:
            found.append(Preparing(account, faults))
    return found


def waiting_sessions(reading: Session) -> Iterable[Waiting]:
    """Sessions that a teacher opened with guests, and that nobody has approved."""
    query = select(Meeting).where(Meeting.kind == "guest", Meeting.state == "awaiting")
    for meeting in reading.scalars(query):
        guests = reading.scalars(select(Guest).where(Guest.session_id == meeting.id))
        path = f"/organisers/approvals/sessions/{meeting.slug}"
        acts = (
            Act(f"{path}/approve", _("Approuver"), meeting.subject, "plate--yellow"),
            Act(f"{path}/refuse", _("Refuser"), meeting.subject),
        )
        facts = (format_datetime(meeting.starts_at, "short"),
                 *(f"{guest.name}, {guest.job}" for guest in guests))  # fmt: skip
        since, url = meeting.created_at, f"/sessions/{meeting.slug}"
        yield Waiting(_("Invité d’un professeur"), meeting.subject, since, url, acts, facts)
