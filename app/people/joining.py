"""Teachers who sign up by themselves. The reply is the same whether an address is known or not."""

from functools import partial

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from app.core.locale import current_language
from app.core.writer import Transaction, write
from app.people.access import anybody
from app.people.accounts import add_account, clean_email, mail_to
from app.people.blueprint import blueprint
from app.people.forms import JoinForm
from app.people.models import Account
from app.people.passwords import hash_password
from app.people.schools import find_or_make_school
from app.people.tries import few_mails


@blueprint.route("/teachers/join", methods=["GET", "POST"])
@few_mails
@anybody
def join() -> str | Response:
    """Open a teacher's account; a mail asks whether the address is theirs."""
    form = JoinForm()
    if not form.validate_on_submit():
        return render_template("people/join.html", form=form)
    email, hashed = clean_email(form.email.data or ""), hash_password(form.password.data or "")
    unit = partial(_join, form=form, password_hash=hashed, language=current_language())
    try:
        write(unit)
    except IntegrityError:  # somebody else has just joined by this address, and is there now
        write(unit)
    told = _("Ouvrez le mail que nous venons d’envoyer à %(email)s.", email=email)
    return render_template("people/mailed.html", told=told, joined=True)


def _join(tx: Transaction, form: JoinForm, password_hash: str, language: str) -> None:
    name, email = (form.name.data or "").strip(), clean_email(form.email.data or "")
    known = tx.execute(select(Account.id).where(Account.email == email)).scalar()
    if known is not None:
        mail_to(tx, "know_already", known)
        return
    account = add_account(tx, email, name, "teacher", language=language)
    account.password_hash = password_hash
    account.school_id = find_or_make_school(tx, form.school.data or "", form.place.data)
    tx.session.flush()
    mail_to(tx, "confirm", account.id)
