"""What the site writes to adults: a subject, a few lines, one link at most."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.locale import WRITTEN, speaking
from app.core.mail import Mail
from app.people.words import ROLE_NAMES


@dataclass(frozen=True)
class Letter:
    """One message, before it is laid out."""

    subject: str
    lines: tuple[str, ...]
    url: str = ""
    button: str = ""
    after: str = ""
    """What is said under the link: how long it works, what to do when it was not asked for."""


@contextmanager
def written_in(language: str) -> Iterator[None]:
    """Write in an adult's language while the block runs."""
    known = language if language in WRITTEN else "fr"
    with speaking(known), force_locale(WRITTEN[known]):
        yield


def lay_out(letter: Letter, to: str, name: str) -> Mail:
    """The message as text and as a page."""
    text, page = (
        render_template(f"people/mail.{kind}", letter=letter, name=name) for kind in ("txt", "html")
    )
    return Mail(to=to, subject=letter.subject, text=text, html=page)


def invitation(url: str, role: str) -> Letter:
    """Come and work with us."""
    return Letter(
        _("Votre invitation sur Déambule"),
        (
            _("Vous êtes invité à rejoindre Déambule, où des classes visitent des usines à 360°."),
            _("Votre rôle : %(role)s.", role=str(ROLE_NAMES[role]).lower()),
        ),
        url,
        _("Choisir mon mot de passe"),
        _("Ce lien marche pendant quatorze jours, une seule fois."),
    )


def confirmation(url: str) -> Letter:
    """Prove that the address is yours."""
    return Letter(
        _("Confirmez votre adresse"),
        (_("Un compte de professeur vient d’être ouvert sur Déambule avec cette adresse."),),
        url,
        _("Confirmer mon adresse"),
        _(
            "Ce lien marche pendant sept jours. Vous n’avez rien demandé ? Ne faites rien : "
            "sans vous, ce compte ne sera jamais vérifié."
        ),
    )


def reset(url: str) -> Letter:
    """Choose another password."""
    return Letter(
        _("Votre nouveau mot de passe"),
        (_("Quelqu’un, sans doute vous, a demandé à choisir un nouveau mot de passe."),),
        url,
        _("Choisir un nouveau mot de passe"),
        _(
            "Ce lien marche pendant une heure, une seule fois. Vous n’avez rien demandé ? "
            "Ne faites rien : votre mot de passe n’a pas changé."
        ),
    )


def known_already(url: str) -> Letter:
    """You asked for an account and have one."""
    return Letter(
        _("Vous avez déjà un compte"),
        (
            _("Quelqu’un, sans doute vous, a voulu ouvrir un compte avec cette adresse."),
            _("Il en existe déjà un : connectez-vous, ou choisissez un nouveau mot de passe."),
        ),
        url,
        _("Choisir un nouveau mot de passe"),
        _("Ce lien marche pendant une heure, une seule fois."),
    )


def approval(url: str, role: str) -> Letter:
    """Somebody has vouched for you."""
    subject = _("Votre compte est vérifié")
    if role == "professional":
        told = _("Vous pouvez maintenant répondre aux classes qui visitent votre usine.")
        return Letter(subject, (told,), url, _("Ouvrir mon espace"))
    told = _("Vous pouvez maintenant réserver des rencontres en direct pour vos classes.")
    return Letter(subject, (told,), url, _("Aller à mes classes"))
