"""Login and logout of the staff.

Both change what signs the forms, and leave the rest of the session: the language, and the place of
the student whose machine was borrowed.
"""

from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.db import db, now
from app.core.writer import write
from app.people.access import anybody
from app.people.accounts import let_in
from app.people.blueprint import blueprint
from app.people.codes import lacks_factor, use_code
from app.people.devices import know_device
from app.people.forms import CodeForm, LoginForm
from app.people.homes import home_of
from app.people.logins import enter, leave
from app.people.models import Account
from app.people.tries import HALF, count_wrong, few_wrong_codes, few_wrong_passwords

__all__ = ["blueprint"]
HALF_SECONDS = 300
"""How long a code may be owed once the password was right."""


@blueprint.route("/login", methods=["GET", "POST"])
@few_wrong_passwords
@anybody
def login() -> str | Response:
    """The door of the staff."""
    form = LoginForm()
    if form.validate_on_submit():
        account = let_in(form.email.data or "", form.password.data or "")
        if account is not None:
            return go_on(account, stays=bool(form.stay.data), path=request.args.get("next"))
        count_wrong()
        flash(_("Cette adresse et ce mot de passe ne vont pas ensemble."), "error")
    return render_template("people/login.html", form=form)


def go_on(account: Account, *, stays: bool = False, path: str | None = None) -> Response:
    """The password was right: ask for the code of those who have one, let the others in."""
    if account.totp_secret is None:
        return admit(account, stays=stays, path=path)
    session[HALF] = {"account": account.id, "at": now().timestamp(), "stays": stays, "next": path}
    return redirect(url_for("people.login_code"))


def admit(account: Account, *, stays: bool, path: str | None) -> Response:
    """Log in, and lead to what was asked for, or to where this role begins."""
    session.pop(HALF, None)
    email, role = account.email, account.role
    enter(account.id, stays=stays)
    path = url_for("people.second_factor") if lacks_factor(account) else _own_path(path)
    return know_device(redirect(path or home_of(role)), email)


def _own_path(path: str | None) -> str | None:
    """`path` if it stays on this site.

    Browsers drop tabs and ends of lines from an address and take a backslash for a slash: what
    holds any of these is no path of ours.
    """
    if not path or not path.isprintable() or "\\" in path:
        return None
    if not path.startswith("/") or path.startswith("//"):
        return None
    own = urlsplit(path).path
    return None if own.startswith("//") else own


def _half_in() -> Account | None:
    """Who gave a right password a moment ago, and owes a code."""
    half = session.get(HALF, {})
    if now().timestamp() - half.get("at", 0) > HALF_SECONDS:
        session.pop(HALF, None)
        return None
    return db.session.get(Account, half["account"])


@blueprint.route("/login/code", methods=["GET", "POST"])
@few_wrong_codes
@anybody
def login_code() -> str | Response:
    """The second step of those who have a second factor."""
    account = _half_in()
    if account is None or account.totp_secret is None:
        flash(_("Cinq minutes ont passé : recommencez par le mot de passe."), "error")
        return redirect(url_for("people.login"))
    form = CodeForm()
    if form.validate_on_submit():
        account_id, secret, code = account.id, account.totp_secret, form.code.data or ""
        if write(lambda tx: use_code(tx, account_id, secret, code)):
            half = session[HALF]
            return admit(account, stays=half["stays"], path=half["next"])
        count_wrong()
        flash(_("Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant."), "error")
    return render_template("people/login_code.html", form=form)


@blueprint.post("/logout")
@anybody
def logout() -> Response:
    """Leave."""
    leave()
    return redirect(url_for("pages.lobby"))
