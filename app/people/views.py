"""Login and logout of the staff.

Both change what signs the forms, and leave the rest of the session: the language, and the place of
the student whose machine was borrowed.
"""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from app.core.limits import limiter
from app.people.access import anybody
from app.people.accounts import let_in

blueprint = Blueprint("people", __name__)


class LoginForm(FlaskForm):
    """E-mail and password."""

    email = StringField(_l("Adresse e-mail"), [DataRequired(), Length(max=254)])
    password = PasswordField(_l("Mot de passe"), [DataRequired(), Length(max=200)])


@blueprint.route("/login", methods=["GET", "POST"])
@limiter.limit("20 per minute", methods=["POST"])
@anybody
def login() -> str | Response:
    """The door of the staff."""
    form = LoginForm()
    if form.validate_on_submit():
        account = let_in(form.email.data or "", form.password.data or "")
        if account is not None:
            session.pop("csrf_token", None)
            login_user(account)
            return redirect(_own_path(request.args.get("next")))
        flash(_("Cette adresse et ce mot de passe ne vont pas ensemble."), "error")
    return render_template("login.html", form=form)


def _own_path(path: str | None) -> str:
    """`path` if it stays on this site, else the workshop."""
    if path and path.startswith("/") and not path.startswith(("//", "/\\")):
        return urlsplit(path).path
    return url_for("workshop.workshop")


@blueprint.post("/logout")
@anybody
def logout() -> Response:
    """Leave."""
    logout_user()
    session.pop("csrf_token", None)
    return redirect(url_for("pages.lobby"))
