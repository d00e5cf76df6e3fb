"""Mails of the chat, written and sent by the worker. They hold nothing of what was said."""

from flask import current_app
from flask_babel import gettext as _

from app.core.config import Settings
from app.core.db import db
from app.core.jobs import Running
from app.core.mail import send
from app.people.letters import Letter, lay_out, written_in
from app.people.models import Account


def mail_alarm(job: Running) -> None:
    """Call somebody to a room at once."""
    account = db.session.get(Account, job.arguments["account_id"])
    if account is None:
        return
    settings: Settings = current_app.extensions["settings"]
    email, name, language = account.email, account.name, account.language
    with written_in(language):
        send(lay_out(_alarm(f"{settings.address}/rooms"), email, name), settings)


def _alarm(url: str) -> Letter:
    return Letter(
        _("Alerte dans une discussion : quelqu’un doit regarder"),
        (
            _("Un message d’élève, ou un adulte de la discussion, appelle à l’aide."),
            _("Ouvrez la discussion, lisez l’alerte, et dites que vous vous en occupez."),
        ),
        url,
        _("Voir l’alerte"),
        _("Ce mail ne contient rien de ce qui a été écrit."),
    )
