"""The organiser's page of approvals: what waits, the oldest first, each with its buttons."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.db import db, now
from app.core.errors import Refusal
from app.core.locale import choose_language
from app.core.writer import Transaction, write
from app.live.professionals.approvals import (
    all_waiting,
    next_act,
    preparing_professionals,
)
from app.live.professionals.blueprint import blueprint
from app.live.professionals.changes import accept_change, refuse_change, stamp
from app.live.professionals.profile import (
    describe_change,
    describe_professional,
    find_profile,
)
from app.live.professionals.vetting import approve_professional, confirm_employer, own_faults
from app.live.sessions.guests import approve_guests, refuse_guests
from app.live.sessions.models import Professional
from app.live.sessions.sessions import session_of
from app.people.access import staff
from app.people.accounts import vouch_for
from app.people.models import Account

PAGE = "/organisers/approvals"


@blueprint.get("/organisers/approvals")
@staff("organiser")
def approvals() -> str:
    """Teachers, professionals, guests and answers that wait for somebody to say yes."""
    reading = db.session()
    return render_template(
        "professionals/approvals.html",
        items=all_waiting(reading),
        preparing=preparing_professionals(reading),
        age_of=lambda since: format_timedelta(now() - since, granularity="minute"),
    )


def _account(account_id: int, role: str) -> Account:
    """An account of this role, or 404."""
    found = db.session.get(Account, account_id)
    if found is None or found.role != role:
        abort(404)
    return found


@blueprint.post("/organisers/approvals/teachers/<int:account_id>")
@staff("organiser")
def approve_teacher(account_id: int) -> Response:
    """Vouch for a teacher who waits."""
    account, by = _account(account_id, "teacher"), current_user.id
    if account.confirmed_at is None:
        told = _("Cette adresse n’est pas encore confirmée : attendez que %(name)s ouvre son mail.",
                 name=account.name)  # fmt: skip
        raise Refusal("not_confirmed", told, 409)
    told = _("Le compte de %(name)s est vérifié.", name=account.name)
    return _do(lambda tx: vouch_for(tx, account_id, by), told)


@blueprint.get("/organisers/approvals/professionals/<int:account_id>")
@staff("organiser")
def professional(account_id: int) -> str:
    """What a professional said, what classes would read, and what is missing."""
    account = _account(account_id, "professional")
    reading = db.session()
    row = find_profile(reading, account_id)
    return render_template(
        "professionals/professional.html",
        account=account,
        row=row,
        shown=describe_professional(reading, account_id, choose_language()),
        faults=[] if account.is_verified else own_faults(account, row),
        act=next_act(account, row),
        change=_change_of(account, row),
        seen=stamp(row) if row else "",
    )


def _change_of(account: Account, row: Professional | None) -> dict[str, Any] | None:
    """What classes would read instead."""
    if row is None or row.changed_at is None or not account.is_verified:
        return None
    return describe_change(db.session(), row, choose_language())


@blueprint.post("/organisers/approvals/professionals/<int:account_id>/change")
@staff("organiser")
def decide_their_change(account_id: int) -> Response:
    """Let classes read what a professional changed, or go on reading what was approved."""
    name = _account(account_id, "professional").name
    looked_at, answer = _looked_at(), request.form.get("answer")
    if answer not in ("accept", "refuse"):
        abort(400)
    if answer == "accept":
        told = _("Les classes lisent maintenant le nouveau profil de %(name)s.", name=name)
        return _do(lambda tx: accept_change(tx, account_id, looked_at), told)
    told = _("Les classes continuent de lire l’ancien profil de %(name)s.", name=name)
    return _do(lambda tx: refuse_change(tx, account_id, looked_at), told)


@blueprint.post("/organisers/approvals/professionals/<int:account_id>/employer")
@staff("organiser")
def confirm_their_employer(account_id: int) -> Response:
    """Say that the address is one of the factory's."""
    name = _account(account_id, "professional").name
    told = _("L’employeur de %(name)s est vérifié.", name=name)
    return _do(lambda tx: confirm_employer(tx, account_id), told)


@blueprint.post("/organisers/approvals/professionals/<int:account_id>/approve")
@staff("organiser")
def approve_their_account(account_id: int) -> Response:
    """Let a professional meet classes."""
    name, by, looked_at = _account(account_id, "professional").name, current_user.id, _looked_at()
    told = _("%(name)s peut maintenant répondre aux classes.", name=name)
    return _do(lambda tx: approve_professional(tx, account_id, by, looked_at), told)


def _looked_at() -> str:
    """Which words and photos somebody decides about."""
    return request.form.get("seen", "")


@blueprint.post("/organisers/approvals/sessions/<session>/approve")
@staff("organiser")
def approve_their_guests(session: str) -> Response:
    """Let a teacher's guests come."""
    number = session_of(session).id
    told = _("C’est approuvé : le professeur reçoit un mail.")
    return _do(lambda tx: approve_guests(tx, number), told)


@blueprint.post("/organisers/approvals/sessions/<session>/refuse")
@staff("organiser")
def refuse_their_guests(session: str) -> Response:
    """Do not."""
    number = session_of(session).id
    told = _("C’est refusé : le professeur reçoit un mail.")
    return _do(lambda tx: refuse_guests(tx, number), told)


def _do(unit: Callable[[Transaction], object], told: str) -> Response:
    write(unit)
    flash(told, "done")
    return redirect(PAGE, 303)
