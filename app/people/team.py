"""The organiser's page of the staff: who there is, who waits, who is invited, which domains."""

from datetime import timedelta
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.core.db import db, now
from app.core.errors import Refusal
from app.core.jobs import Job
from app.core.locale import current_language
from app.core.writer import Transaction, write
from app.people.access import staff
from app.people.accounts import (
    add_account,
    delete_account,
    find_by_email,
    mail_to,
    vouch_for,
)
from app.people.blueprint import blueprint
from app.people.codes import drop_factor
from app.people.forms import InviteForm
from app.people.models import ROLES, Account, TrustedDomain
from app.people.schools import find_or_make_school
from app.people.trust import approve, distrust, is_fit_pattern, trust
from app.people.words import ROLE_NAMES

FAILED_DAYS = timedelta(days=7)
VETTED = "professional"
"""Who is invited in this role is verified later, by their vetting: app/live/professionals."""


@blueprint.get("/organisers/people")
@staff("organiser")
def team() -> str:
    """All accounts by role, and what waits for a decision."""
    return _page(InviteForm(formdata=None))


def _page(form: InviteForm) -> str:
    accounts = list(db.session.scalars(select(Account).order_by(Account.name, Account.id)))
    invited = [one for one in accounts if not one.password_hash]
    here = [one for one in accounts if one.password_hash]
    waiting = [one for one in here if one.role == "teacher" and not one.is_verified]
    return render_template(
        "people/team.html",
        form=form,
        waiting=sorted(waiting, key=lambda one: one.created_at),
        invited=invited,
        by_role={role: [one for one in here if one.role == role] for role in ROLES},
        role_names=ROLE_NAMES,
        age_of=lambda one: format_timedelta(now() - one.created_at, granularity="hour"),
        domains=list(db.session.scalars(select(TrustedDomain).order_by(TrustedDomain.pattern))),
        lost=_lost_mails(),
    )


def _lost_mails() -> list[tuple[str, str]]:
    """Whom a mail did not reach these days, and why."""
    mine = (Job.name.like("app.people.jobs.%")) & (Job.state == "failed")
    recent = select(Job).where(mine, Job.ended_at > now() - FAILED_DAYS).order_by(Job.id.desc())
    told = []
    for job in db.session.scalars(recent.limit(20)):
        account = db.session.get(Account, job.arguments["account_id"])
        if account is not None:
            told.append((account.email, job.message))
    return told


def _their_account(account_id: int) -> Account:
    """An account other than one's own, or 404."""
    account: Account | None = db.session.get(Account, account_id)
    if account is None or account.id == current_user.id:
        abort(404)
    return account


def _back(told: str) -> Response:
    flash(told, "done")
    return redirect(url_for("people.team"))


@blueprint.post("/organisers/people/invite")
@staff("organiser")
def invite() -> str | Response:
    """Invite somebody: the account waits for the password that a mailed link lets them choose."""
    form = InviteForm()
    if not form.validate_on_submit():
        return _page(form)
    if find_by_email(form.email.data or ""):
        form.email.errors = [_("Cette adresse a déjà un compte.")]
        return _page(form)
    write(partial(_invite, form=form, by=current_user.id, language=current_language()))
    return _back(_("L’invitation part à %(email)s.", email=form.email.data))


def _invite(tx: Transaction, form: InviteForm, by: int, language: str) -> None:
    name, email = (form.name.data or "").strip(), form.email.data or ""
    account = add_account(tx, email, name, form.role.data, language=language)
    school = (form.school.data or "").strip()
    account.school_id = find_or_make_school(tx, school, form.place.data) if school else None
    if account.role != VETTED:
        approve(tx, account.id, by)
    tx.session.flush()
    mail_to(tx, "invite", account.id)


@blueprint.post("/organisers/people/<int:account_id>/invite")
@staff("organiser")
def invite_again(account_id: int) -> Response:
    """Send an invitation once more."""
    account = _their_account(account_id)
    if account.password_hash:
        abort(404)
    email = account.email
    write(lambda tx: mail_to(tx, "invite", account_id))
    return _back(_("L’invitation part à %(email)s.", email=email))


@blueprint.post("/organisers/people/<int:account_id>/approve")
@staff("organiser")
def approve_account(account_id: int) -> Response:
    """Vouch for a teacher who waits; a professional is vetted first, on the page of approvals."""
    account, by = _their_account(account_id), current_user.id
    if account.role == VETTED:
        told = _("Un professionnel s’approuve page « À approuver », charte et employeur vus.")
        raise Refusal("not_vetted", told, 409)
    name = account.name
    write(lambda tx: vouch_for(tx, account_id, by))
    return _back(_("Le compte de %(name)s est vérifié.", name=name))


@blueprint.post("/organisers/people/<int:account_id>/withdraw")
@staff("organiser")
def withdraw(account_id: int) -> Response:
    """Delete somebody's account: one that waited is refused, one that worked is withdrawn."""
    name = _their_account(account_id).name
    if request.form.get("sure") != "yes":
        raise Refusal("not_sure", _("Cochez la case pour confirmer : rien n’est effacé."), 422)
    delete_account(account_id)
    return _back(_("Le compte de %(name)s est effacé.", name=name))


@blueprint.post("/organisers/people/<int:account_id>/second-factor")
@staff("organiser")
def free_from_phone(account_id: int) -> Response:
    """Help a colleague whose phone is lost: they tie another one at their next login."""
    name = _their_account(account_id).name
    write(lambda tx: drop_factor(tx, account_id))
    return _back(_("%(name)s liera un nouveau téléphone à sa prochaine connexion.", name=name))


@blueprint.post("/organisers/domains")
@staff("organiser")
def add_domain() -> Response:
    """Trust a mail domain."""
    pattern = request.form.get("pattern", "").strip().lower().lstrip("@")
    if not is_fit_pattern(pattern):
        told = _("Écrivez un domaine comme ac-rennes.fr ou ac-*.fr ; *.fr serait tout un pays.")
        raise Refusal("bad_domain", told, 422, "pattern")
    write(lambda tx: trust(tx, pattern))
    return _back(_("Les adresses confirmées en %(domain)s sont vérifiées.", domain=pattern))


@blueprint.post("/organisers/domains/remove")
@staff("organiser")
def remove_domain() -> Response:
    """Trust it no more."""
    pattern = request.form.get("pattern", "")
    write(lambda tx: distrust(tx, pattern))
    return _back(_("%(domain)s n’est plus sur la liste.", domain=pattern))
