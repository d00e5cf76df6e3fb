"""The forms of the staff's pages. Each fault is told in words, beside its field."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, Form, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from app.core.locale import current_language
from app.people.models import ROLES
from app.people.passwords import LONGEST, fault_of
from app.people.schools import MAINLAND, french_places, other_places
from app.people.words import ROLE_NAMES

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
"""As browsers check an address (HTML, "valid e-mail address"), with a domain of two parts."""
NEEDED = DataRequired(_l("Il manque quelque chose ici."))


def _is_email(_form: Form, field: Field) -> None:
    if not EMAIL.fullmatch((field.data or "").strip()):
        raise ValidationError(_("Cette adresse n’est pas complète : prenom.nom@exemple.fr"))


def _is_fit(form: Any, field: Field) -> None:
    email = form.email.data if "email" in form else ""
    fault = fault_of(field.data or "", (email or "").strip().lower())
    if fault:
        raise ValidationError(fault)


def _email() -> StringField:
    return StringField(_l("Adresse e-mail"), [NEEDED, Length(max=254), _is_email])


def _name() -> StringField:
    return StringField(_l("Comment on vous appelle"), [NEEDED, Length(max=80)])


def _password() -> PasswordField:
    return PasswordField(_l("Mot de passe"), [NEEDED, Length(max=LONGEST)])


def _own_password() -> PasswordField:
    return PasswordField(_l("Mot de passe actuel"), [NEEDED, Length(max=LONGEST)])


def _new_password() -> PasswordField:
    return PasswordField(_l("Nouveau mot de passe"), [NEEDED, _is_fit])


def _school() -> StringField:
    return StringField(_l("Établissement"), [Length(max=120)])


def _place() -> SelectField:
    return SelectField(_l("Où est-il ?"), choices=places, default=MAINLAND)


def places() -> list[SelectChoice]:
    """Where a school may be, in two groups."""
    language = current_language()
    groups = {_("France"): french_places(language), _("Ailleurs"): other_places(language)}
    return [
        SelectChoice(value, name, optgroup=group)
        for group, found in groups.items()
        for value, name in found
    ]


class LoginForm(FlaskForm):
    """E-mail and password."""

    email = StringField(_l("Adresse e-mail"), [NEEDED, Length(max=254)])
    password = _password()
    stay = BooleanField(_l("Rester connecté pendant trente jours sur cet appareil"))


class CodeForm(FlaskForm):
    """Six digits of a phone."""

    code = StringField(_l("Code à six chiffres"), [NEEDED, Length(max=12)])


class EmailForm(FlaskForm):
    """An address."""

    email = _email()


class NewPasswordForm(FlaskForm):
    """A password to choose."""

    password = _new_password()


class ConfirmForm(FlaskForm):
    """The password of the account whose address is confirmed."""

    password = _password()


class JoinForm(FlaskForm):
    """A teacher who joins."""

    name = _name()
    email = _email()
    password = PasswordField(_l("Mot de passe"), [NEEDED, _is_fit])
    school = StringField(_l("Établissement"), [NEEDED, Length(max=120)])
    place = _place()


class InviteForm(FlaskForm):
    """Somebody to invite."""

    name = StringField(_l("Nom affiché"), [NEEDED, Length(max=80)])
    email = _email()
    role = SelectField(_l("Rôle"), choices=[SelectChoice(role, ROLE_NAMES[role]) for role in ROLES])
    school = _school()
    place = _place()


class ProfileForm(FlaskForm):
    """What an adult says of themselves."""

    name = _name()
    language = SelectField(
        _l("Langue de vos mails"),
        choices=[SelectChoice("fr", "Français"), SelectChoice("en", "English")],
    )
    school = _school()
    place = _place()


class ChangePasswordForm(FlaskForm):
    """The password of today, and that of tomorrow."""

    current = _own_password()
    password = _new_password()


class SureForm(FlaskForm):
    """Something that cannot be undone."""

    current = _own_password()
    sure = BooleanField(_l("Oui, j’en suis sûr"), [NEEDED])
