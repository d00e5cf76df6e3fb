"""The forms of sessions. Days and hours are typed on a stated clock; faults are told in words."""

from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    Form,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    Length,
    NumberRange,
    StopValidation,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.classes.insults import is_insult
from app.live.sessions.models import MOST_CLASSES
from app.live.sessions.sessions import ANSWER_DAYS, LENGTHS

NEEDED = DataRequired(_l("Il manque quelque chose ici."))
SPOKEN = ("fr", "en", "de", "es", "it", "pt")
KIND_NAMES = {
    "offer": _l("Rencontre en direct"),
    "guest": _l("Rencontre avec un invité"),
    "written": _l("Échange écrit"),
}


def language_name(code: str) -> str:
    """A language in the reader's, as in « français »."""
    names: Any = Locale.parse(str(get_locale() or "fr")).languages
    return str(names.get(code, code))


def _is_clean(_form: Form, field: Field) -> None:
    """Students read it: nothing ugly."""
    if is_insult(field.data or ""):
        raise ValidationError(_("Des élèves liront ces mots : choisissez-en d’autres."))


def _needed_when_live(form: Any, field: Field) -> None:
    """A written exchange has a day and no hour."""
    if "kind" in form and form.kind.data == "written":
        field.errors = []
        raise StopValidation
    if not field.raw_data or not field.raw_data[0]:
        raise StopValidation(_("Il manque quelque chose ici."))


class Ticks(SelectMultipleField):
    """Several choices, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WhenForm(FlaskForm):
    """A subject, a day and an hour, a length."""

    subject = StringField(_l("Sujet"), [NEEDED, Length(max=120), _is_clean])
    day = DateField(_l("Jour"), [NEEDED])
    hour = TimeField(_l("Heure"), [_needed_when_live])
    minutes = IntegerField(
        _l("Durée, en minutes"), [NEEDED, NumberRange(LENGTHS[0], LENGTHS[-1])], default=40
    )


class OfferForm(WhenForm):
    """What a factory or an organiser offers."""

    kind = SelectField(_l("Forme"))
    about = TextAreaField(_l("En quelques phrases, pour les professeurs"), [Length(max=2000)])
    factory = SelectField(_l("Usine"))
    tour = SelectField(_l("Visite qui va avec"))
    languages = Ticks(_l("Langues"), [NEEDED], default=["fr"])
    capacity = IntegerField(_l("Classes, 1 à 4"), [NEEDED, NumberRange(1, MOST_CLASSES)], default=2)
    answer_days = IntegerField(
        _l("Réponses en combien de jours"),
        [NEEDED, NumberRange(ANSWER_DAYS[0], ANSWER_DAYS[-1])],
        default=10,
    )
    professionals = Ticks(_l("Qui répond"), coerce=int)
    moderator = SelectField(_l("Qui modère"), coerce=int, default=0)


class InviteForm(WhenForm):
    """A teacher's own session, with one guest or two."""

    classroom = SelectField(_l("Classe"), [NEEDED])
    name = StringField(_l("Son prénom"), [NEEDED, Length(max=40), _is_clean])
    job = StringField(_l("Son métier"), [NEEDED, Length(max=80), _is_clean])
    second_name = StringField(_l("Prénom du second invité"), [Length(max=40), _is_clean])
    second_job = StringField(_l("Son métier"), [Length(max=80), _is_clean])

    @property
    def guests(self) -> tuple[tuple[str, str], ...]:
        """First name and job of each."""
        both = ((self.name.data, self.job.data), (self.second_name.data, self.second_job.data))
        return tuple((str(name), str(job or "")) for name, job in both if (name or "").strip())


def written_choices() -> list[SelectChoice]:
    """The forms that an offer may have."""
    return [SelectChoice(kind, KIND_NAMES[kind]) for kind in ("offer", "written")]


def language_choices() -> list[SelectChoice]:
    """The languages that a session may be held in."""
    return [SelectChoice(code, language_name(code)) for code in SPOKEN]
