"""An adult's own page: how they are called, password, phone, browsers, and leaving."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.core.writer import Transaction, write
from app.people.access import staff
from app.people.accounts import delete_account, mail_to, set_password
from app.people.blueprint import blueprint
from app.people.codes import draw_secret, drop_factor, picture_of, set_up
from app.people.forms import ChangePasswordForm, CodeForm, ConfirmForm, ProfileForm, SureForm
from app.people.homes import home_of
from app.people.logins import STAYS, close_logins, enter, forget_login
from app.people.models import ROLES, Account
from app.people.passwords import hash_password, is_right
from app.people.schools import MAINLAND, find_or_make_school, place_of
from app.people.tries import count_wrong, few_mails_to_me, few_wrong_of_mine

Answer = str | Response
NEW_SECRET = "totp_new"  # noqa: S105  where the session keeps it until a first code is right


@blueprint.get("/account")
@staff(*ROLES, before_factor=True)
def account() -> Answer:
    """All that an adult can change about their account."""
    return _page()


def _page(**forms: Any) -> str:
    """The page; a form that was filled in wrongly is shown as it was."""
    school = current_user.school
    blank: dict[str, Callable[[], FlaskForm]] = {
        "profile": lambda: ProfileForm(
            formdata=None,
            name=current_user.name,
            language=current_user.language,
            school=school.name if school else "",
            place=place_of(school) if school else MAINLAND,
        ),
        "change": lambda: ChangePasswordForm(formdata=None),
        "leaving": lambda: SureForm(formdata=None),
    }
    shown = {name: forms.get(name) or make() for name, make in blank.items()}
    return render_template("people/account.html", account=current_user, **shown)


def _is_mine(password: str | None) -> bool:
    """Whether this is the password of whoever is logged in; wrong ones count."""
    if is_right(current_user.password_hash, password or ""):
        return True
    count_wrong()
    flash(_("Ce mot de passe n’est pas le vôtre."), "error")
    return False


@blueprint.post("/account")
@staff(*ROLES, before_factor=True)
def change_profile() -> Answer:
    """Change name, language or school."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return _page(profile=form)
    write(partial(_keep_profile, account_id=current_user.id, form=form))
    session["language"] = form.language.data
    flash(_("C’est gardé."), "done")
    return redirect(url_for("people.account"))


def _keep_profile(tx: Transaction, account_id: int, form: ProfileForm) -> None:
    account = tx.session.get_one(Account, account_id)
    account.name, account.language = (form.name.data or "").strip(), form.language.data
    school = (form.school.data or "").strip()
    account.school_id = find_or_make_school(tx, school, form.place.data) if school else None


@blueprint.post("/account/password")
@few_wrong_of_mine
@staff(*ROLES, before_factor=True)
def change_password() -> Answer:
    """Change the password: every other browser must log in anew."""
    form = ChangePasswordForm()
    if not form.validate_on_submit() or not _is_mine(form.current.data):
        return _page(change=form)
    account_id, hashed = current_user.id, hash_password(form.password.data or "")
    write(lambda tx: set_password(tx, tx.session.get_one(Account, account_id), hashed))
    enter(account_id, stays=bool(session.get(STAYS)))
    flash(_("Votre mot de passe est changé, et les autres appareils sont déconnectés."), "done")
    return redirect(url_for("people.account"))


@blueprint.post("/account/logins/close")
@staff(*ROLES, before_factor=True)
def close_everywhere() -> Response:
    """Log out of every browser, this one too."""
    account_id = current_user.id
    write(lambda tx: close_logins(tx, account_id))
    forget_login()
    flash(_("Vous êtes déconnecté partout."), "done")
    return redirect(url_for("people.login"))


@blueprint.post("/account/confirm")
@few_mails_to_me
@staff(*ROLES, before_factor=True)
def confirm_again() -> Response:
    """Send the mail that asks whether the address is theirs once more."""
    account_id = current_user.id
    if current_user.confirmed_at is None:
        write(lambda tx: mail_to(tx, "confirm", account_id))
    flash(_("Un mail vient de partir à %(email)s.", email=current_user.email), "done")
    return redirect(url_for("people.account"))


@blueprint.post("/account/delete")
@few_wrong_of_mine
@staff(*ROLES, before_factor=True)
def delete_own() -> Answer:
    """Delete the account, for good."""
    form = SureForm()
    if not form.validate_on_submit() or not _is_mine(form.current.data):
        return _page(leaving=form)
    delete_account(current_user.id)
    forget_login()
    flash(_("Votre compte est effacé."), "done")
    return redirect(url_for("pages.lobby"))


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@few_wrong_of_mine
@staff("organiser", before_factor=True)
def second_factor() -> Answer:
    """Tie a phone to the account; its first right code does it."""
    form = CodeForm()
    if current_user.totp_secret:
        return render_template("people/second_factor.html", form=ConfirmForm(), secret=None)
    secret = session.setdefault(NEW_SECRET, draw_secret())
    if form.validate_on_submit():
        account_id, code = current_user.id, form.code.data or ""
        if write(lambda tx: set_up(tx, account_id, secret, code)):
            session.pop(NEW_SECRET, None)
            flash(_("Votre téléphone est lié à votre compte."), "done")
            return redirect(home_of(current_user.role))
        count_wrong()
        flash(_("Ce code n’est pas le bon. Attendez le suivant, puis recopiez-le."), "error")
    picture = picture_of(secret, current_user.email)
    return render_template("people/second_factor.html", form=form, secret=secret, picture=picture)


@blueprint.post("/account/second-factor/drop")
@few_wrong_of_mine
@staff("organiser", before_factor=True)
def change_phone() -> Answer:
    """Forget the phone, to tie another one."""
    form = ConfirmForm()
    if form.validate_on_submit() and _is_mine(form.password.data):
        account_id = current_user.id
        write(lambda tx: drop_factor(tx, account_id))
        flash(_("L’ancien téléphone n’est plus lié. Liez le nouveau."), "done")
    return redirect(url_for("people.second_factor"))
