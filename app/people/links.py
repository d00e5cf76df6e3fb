"""Pages that a mail leads to. Opening one uses nothing up: a button does."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.db import db
from app.core.writer import Transaction, write
from app.people.access import anybody
from app.people.accounts import choose_password, find_by_email, mail_to
from app.people.blueprint import blueprint
from app.people.forms import ConfirmForm, EmailForm, NewPasswordForm
from app.people.homes import home_of
from app.people.keys import drop_keys, find_owner, use_key
from app.people.models import Account
from app.people.passwords import fault_of, hash_password, is_right
from app.people.tries import count_wrong, few_mails, few_wrong_at_link
from app.people.trust import confirm
from app.people.views import go_on

Answer = str | Response | tuple[str, int]
GONE = 410


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
@few_mails
@anybody
def forgotten() -> Answer:
    """Ask for a link by mail; nobody learns here whether an address has an account."""
    form = EmailForm()
    if not form.validate_on_submit():
        return render_template("people/forgotten.html", form=form)
    account = find_by_email(form.email.data or "")
    account_id = account.id if account else 0
    write(lambda tx: mail_to(tx, "reset", account_id))
    told = _("Si cette adresse a un compte, un mail vient de partir avec un lien.")
    return render_template("people/mailed.html", told=told, joined=False)


@blueprint.route("/password/<token>", methods=["GET", "POST"])
@few_wrong_at_link
@anybody
def new_password(token: str) -> Answer:
    """Choose a new password."""
    return _choose(token, "reset")


@blueprint.route("/invitations/<token>", methods=["GET", "POST"])
@few_wrong_at_link
@anybody
def invitation(token: str) -> Answer:
    """Choose a first password."""
    return _choose(token, "invite")


def _choose(token: str, purpose: str) -> Answer:
    owner = find_owner(token, purpose)
    if owner is None:
        return _stale(purpose)
    form = NewPasswordForm()
    if form.validate_on_submit():
        password = form.password.data or ""
        fault = fault_of(password, owner.email)
        if fault is None:
            return _keep_choice(token, purpose, hash_password(password))
        form.password.errors = [fault]
    return render_template(
        "people/choose.html", form=form, owner=owner, is_first=purpose != "reset"
    )


def _keep_choice(token: str, purpose: str, password_hash: str) -> Answer:
    def unit(tx: Transaction) -> int | None:
        account_id = use_key(tx, token, purpose)
        if account_id is not None:
            for other in ("invite", "reset"):
                drop_keys(tx, account_id, other)
            choose_password(tx, account_id, password_hash)
        return account_id

    account_id = write(unit)
    if account_id is None:
        return _stale(purpose)
    flash(_("Votre mot de passe est gardé."), "done")
    return go_on(db.session.get_one(Account, account_id))


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
@few_wrong_at_link
@anybody
def confirm_address(token: str) -> Answer:
    """Confirm an address: whoever reads its mail and also knows the password of the account.

    Somebody may have opened an account with another's address: the owner of the address, who
    does not know that password, must not vouch for it.
    """
    owner = find_owner(token, "confirm")
    if owner is None:
        return _stale("confirm")
    form, is_mine = ConfirmForm(), _is_logged_in(owner)
    if is_mine:
        del form.password
    if form.validate_on_submit():
        if is_mine or is_right(owner.password_hash, form.password.data or ""):
            return _confirm(token, owner, is_mine=is_mine)
        count_wrong()
        flash(_("Ce mot de passe n’est pas celui de ce compte."), "error")
    return render_template("people/confirm.html", form=form, owner=owner, is_mine=is_mine)


def _is_logged_in(owner: Account) -> bool:
    return bool(current_user.is_authenticated and current_user.id == owner.id)


def _confirm(token: str, owner: Account, *, is_mine: bool) -> Answer:
    account_id = owner.id

    def unit(tx: Transaction) -> bool:
        if use_key(tx, token, "confirm") is None:
            return False
        confirm(tx, tx.session.get_one(Account, account_id))
        return True

    if not write(unit):
        return _stale("confirm")
    _tell_trust(owner)
    return redirect(home_of(owner.role)) if is_mine else go_on(owner)


def _tell_trust(account: Account) -> None:
    if account.is_verified:
        flash(_("Votre adresse est confirmée, et votre compte vérifié."), "done")
    else:
        flash(
            _(
                "Votre adresse est confirmée. L’équipe doit encore vérifier votre compte : "
                "vous pouvez déjà ouvrir des classes."
            ),
            "done",
        )


def _stale(purpose: str) -> Answer:
    again = url_for("people.forgotten") if purpose != "confirm" else url_for("people.login")
    return render_template("people/stale.html", purpose=purpose, again=again), GONE
