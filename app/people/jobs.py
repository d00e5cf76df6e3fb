"""Mails to adults, written and sent by the worker.

A job knows an account's number only: the address is read, and the link's key drawn, when the mail
is written. Neither stays in the row of a job, and of the key no more than its hash in the database.
"""

from collections.abc import Callable

from flask import current_app

from app.core.config import Settings
from app.core.db import db
from app.core.jobs import Running
from app.core.mail import send
from app.core.writer import write
from app.people import letters
from app.people.homes import home_of
from app.people.keys import draw_key
from app.people.models import Account


def invite(job: Running) -> None:
    """Invite somebody to choose a password."""
    _write_to(job, lambda one: letters.invitation(_link(one, "invite", "invitations"), one.role))


def confirm(job: Running) -> None:
    """Ask whether an address is somebody's."""
    _write_to(job, lambda one: letters.confirmation(_link(one, "confirm", "confirm")))


def reset(job: Running) -> None:
    """Let somebody choose a new password."""
    _write_to(job, lambda one: letters.reset(_link(one, "reset", "password")))


def know_already(job: Running) -> None:
    """Tell somebody who joins a second time that they have an account."""
    _write_to(job, lambda one: letters.known_already(_link(one, "reset", "password")))


def approve(job: Running) -> None:
    """Tell somebody that they are verified."""
    _write_to(job, lambda one: letters.approval(_address(home_of(one.role)), one.role))


def _write_to(job: Running, compose: Callable[[Account], letters.Letter]) -> None:
    account = db.session.get(Account, job.arguments["account_id"])
    if account is None:
        return
    email, name, language = account.email, account.name, account.language
    with letters.written_in(language):
        mail = letters.lay_out(compose(account), email, name)
        send(mail, current_app.extensions["settings"])


def _link(account: Account, purpose: str, path: str) -> str:
    account_id = account.id
    token = write(lambda tx: draw_key(tx, account_id, purpose))
    return _address(f"/{path}/{token}")


def _address(path: str) -> str:
    settings: Settings = current_app.extensions["settings"]
    return f"{settings.address}{path}"
