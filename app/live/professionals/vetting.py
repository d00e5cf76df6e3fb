"""How far a professional is before their first session, and who may answer in a room."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import now
from app.core.errors import Refusal
from app.core.writer import Transaction
from app.live.professionals.changes import need_same
from app.live.professionals.profile import is_complete, own_profile
from app.live.sessions.models import Professional
from app.people.accounts import vouch_for
from app.people.models import Account


@dataclass(frozen=True)
class Step:
    """One thing to be done before the first session."""

    name: str
    title: str
    told: str
    """What it is for, or who does it."""
    is_done: bool
    url: str = ""
    """Where they do it; nothing when an organiser does."""


def is_ready(account_id: int, reading: Session) -> bool:
    """Whether this professional may answer in a room: verified, and the charter accepted."""
    query = (
        select(Professional.account_id)
        .join(Account, Account.id == Professional.account_id)
        .where(
            Professional.account_id == account_id,
            Professional.charter_at.is_not(None),
            Account.verified_at.is_not(None),
        )
    )
    return reading.scalar(query) is not None


def steps_of(account: Any, row: Professional | None) -> list[Step]:
    """The five steps, in the order in which they are best done."""
    own = (
        Step("profile", _("Votre profil"), _("Prénom, métier, usine, parcours."),
             is_complete(row), "#profile"),
        Step("charter", _("La charte"), _("Une page à lire et à accepter."),
             _is_set(row, "charter_at"), "/professionals/charter"),
        Step("practice", _("La salle d’essai"), _("Trois questions d’une classe inventée."),
             _is_set(row, "practised_at"), "/professionals/practice"),
    )  # fmt: skip
    theirs = (
        Step("employer", _("Votre employeur"),
             _("L’équipe vérifie que votre adresse est celle de l’usine."),
             account.is_verified or _is_set(row, "employer_at")),
        Step("approved", _("L’accord de l’équipe"), _("Une personne approuve votre compte."),
             account.is_verified),
    )  # fmt: skip
    return [*own, *theirs]


def _is_set(row: Professional | None, name: str) -> bool:
    return row is not None and getattr(row, name) is not None


def accept_charter(tx: Transaction, account_id: int) -> None:
    """They have read the charter and keep to it; the first time counts."""
    row = own_profile(tx, account_id)
    row.charter_at = row.charter_at or now()


def note_practice(tx: Transaction, account_id: int) -> None:
    """They have answered in the practice room; the first time counts."""
    row = own_profile(tx, account_id)
    row.practised_at = row.practised_at or now()


def faults_of_employer(account: Account, row: Professional | None) -> list[str]:
    """Why nobody can say yet that the address is the employer's."""
    faults = []
    if account.confirmed_at is None:
        faults.append(_("l’adresse n’est pas confirmée"))
    if row is None or not row.factory:
        faults.append(_("l’usine n’est pas choisie"))
    return faults


def own_faults(account: Account, row: Professional | None) -> list[str]:
    """What the professional has still to do before a person may approve them."""
    faults = faults_of_employer(account, row)
    if not is_complete(row):
        faults.append(_("le profil n’est pas complet"))
    if not _is_set(row, "charter_at"):
        faults.append(_("la charte n’est pas acceptée"))
    return faults


def faults_of_vetting(account: Account, row: Professional | None) -> list[str]:
    """All that is missing before a person may approve this professional."""
    faults = own_faults(account, row)
    if not _is_set(row, "employer_at"):
        faults.append(_("l’employeur n’est pas vérifié"))
    return faults


def confirm_employer(tx: Transaction, account_id: int) -> None:
    """An organiser has seen that the address is one of the factory's.

    Raises Refusal while there is nothing to compare.
    """
    account = tx.session.get_one(Account, account_id)
    _refuse(faults_of_employer(account, tx.session.get(Professional, account_id)))
    own_profile(tx, account_id).employer_at = now()


def approve_professional(tx: Transaction, account_id: int, by: int, looked_at: str) -> None:
    """An organiser, `by`, lets a professional meet classes; a mail tells them.

    `looked_at` is the `stamp` of the profile that they read. Raises Refusal with what is missing,
    or when it was changed meanwhile.
    """
    account = tx.session.get_one(Account, account_id)
    row = tx.session.get(Professional, account_id, with_for_update=True)
    _refuse(faults_of_vetting(account, row))
    need_same(row, looked_at)
    vouch_for(tx, account_id, by)


def _refuse(faults: list[str]) -> None:
    if faults:
        told = _("Pas encore : %(faults)s.", faults=", ".join(faults))
        raise Refusal("not_vetted", told, 409)
