"""The form of a professional's profile. Each fault is told in words, beside its field."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, Form, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from app.core.db import db
from app.core.texts import printable
from app.live.chat.filter import read_message
from app.live.professionals.profile import factory_choices

ROME = re.compile(r"[A-Z][0-9]{4}")
WAYS_OUT = {"telephone", "email", "address", "handle", "link", "elsewhere"}
"""Reasons of the filter: ways to go on talking where no teacher reads."""
LONGEST = {"first_name": 40, "job": 80, "path": 600, "ask_me": 400}
"""Characters."""


def tidy_line(text: str | None) -> str:
    """One line without spaces at its ends or twice between words."""
    return " ".join((text or "").split())


def tidy_text(text: str | None) -> str:
    """What was typed, its line ends as they are counted: browsers send two signs for each."""
    return (text or "").replace("\r\n", "\n").strip()


def tidy_code(text: str | None) -> str:
    """A code as it is kept."""
    return "".join((text or "").split()).upper()


def _is_rome(_form: Form, field: Field) -> None:
    if field.data and not ROME.fullmatch(field.data):
        raise ValidationError(_("Un code ROME est une lettre et quatre chiffres, comme H2902."))


def _is_first_name(_form: Form, field: Field) -> None:
    """Neither an address nor a number: students read it."""
    if re.search(r"[\d@/]", field.data or ""):
        raise ValidationError(_("Écrivez votre prénom seul, comme les élèves le liront."))


def _is_printable(_form: Form, field: Field) -> None:
    try:
        printable(field.data or "")
    except ValueError:
        told = _("Il y a ici un signe qu’aucun écran ne montre : écrivez ce texte à la main.")
        raise ValidationError(told) from None


def _is_for_classes(_form: Form, field: Field) -> None:
    """What the filter of chats would hold is not written in a profile either."""
    reasons = set(read_message(field.data or "", adult=True).reasons)
    if reasons & WAYS_OUT:
        told = _("Les classes liront ceci : enlevez le numéro, l’adresse, le compte ou le lien.")
        raise ValidationError(told)
    if "insult" in reasons:
        raise ValidationError(_("Ce mot blesse. Dites-le autrement."))


def _told(name: str) -> list[Any]:
    """The rules of a text that students read."""
    told = _l("C’est trop long : %(max)d caractères au plus.")
    return [Length(max=LONGEST[name], message=told), _is_printable, _is_for_classes]


def _is_offered(_form: Form, field: SelectField) -> None:
    if field.data not in dict(field.choices):
        raise ValidationError(_("Choisissez votre usine dans la liste."))


class SelfForm(FlaskForm):
    """What a professional says of themselves; all of it may be filled in later."""

    first_name = StringField(
        _l("Prénom"), [*_told("first_name"), _is_first_name], filters=[tidy_line]
    )
    job = StringField(_l("Métier"), _told("job"), filters=[tidy_line])
    factory = SelectField(_l("Usine"), [_is_offered], validate_choice=False)
    rome = StringField(_l("Code ROME"), [_is_rome], filters=[tidy_code])
    path = TextAreaField(_l("Votre parcours"), _told("path"), filters=[tidy_text])
    ask_me = TextAreaField(_l("Ce qu’on peut vous demander"), _told("ask_me"), filters=[tidy_text])

    def offer_factories(self, current: str) -> None:
        """Let them choose among the factories that are open, or keep the one they have."""
        known = factory_choices(db.session())
        if current and current not in dict(known):
            known.append((current, current))
        self.factory.choices = [("", _("Choisissez votre usine")), *known]
