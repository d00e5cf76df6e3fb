"""Mails after a chat, written by the worker. They hold nothing of what was said."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from app.core.config import Settings
from app.core.db import db
from app.core.jobs import Running
from app.core.mail import send
from app.live.chat.after.dates import UNANSWERED, due_at
from app.live.chat.after.feedback import Result, results_of, step_names
from app.live.chat.models import ChatRoom, Message
from app.live.sessions.hours import say_day
from app.live.sessions.models import Session
from app.people.letters import Letter, lay_out, written_in
from app.people.models import Account


@dataclass(frozen=True)
class About:
    """What a mail is about."""

    session: Session
    room: ChatRoom
    settings: Settings

    @property
    def address(self) -> str:
        """The site's address."""
        return self.settings.address

    def count(self, *statuses: str) -> int:
        """How many questions are in one of these states."""
        query = select(func.count()).select_from(Message).where(
            Message.room_id == self.session.id,
            Message.kind == "question",
            Message.status.in_(statuses),
        )  # fmt: skip
        return db.session.scalar(query) or 0


def mail_to_read(job: Running) -> None:
    """An answer waits for the class's teacher."""
    _write(job, _to_read)


def mail_box_waits(job: Running) -> None:
    """The answers of a box are due in two days."""
    _write(job, _box_waits)


def mail_thanks(job: Running) -> None:
    """Thanks, the day after."""
    _write(job, _thanks)


def _write(job: Running, compose: Callable[[About], Letter]) -> None:
    session = db.session.get(Session, job.arguments["session_id"])
    room = db.session.get(ChatRoom, job.arguments["session_id"])
    account = db.session.get(Account, job.arguments["account_id"])
    if session is None or room is None or account is None:
        return
    settings: Settings = current_app.extensions["settings"]
    with written_in(account.language):
        letter = compose(About(session, room, settings))
        send(lay_out(letter, account.email, account.name), settings)


def _to_read(about: About) -> Letter:
    return Letter(
        _("Une réponse à relire : %(subject)s", subject=about.session.subject),
        (_("L’usine a répondu par écrit à votre classe. La classe voit la réponse quand vous, ou "
           "un modérateur, l’avez relue."),),
        f"{about.address}/rooms/{about.session.slug}/transcript",
        _("Relire la réponse"),
        _("Un seul mail est envoyé, même si d’autres réponses suivent."),
    )  # fmt: skip


def _box_waits(about: About) -> Letter:
    count = about.count(*UNANSWERED)
    day = say_day(due_at(about.session, about.room), about.settings.timezone)
    return Letter(
        _("Une classe attend : %(subject)s", subject=about.session.subject),
        (
            ngettext("%(num)d question attend votre réponse.",
                     "%(num)d questions attendent votre réponse.", count),
            _("La classe compte dessus pour le %(day)s.", day=day),
            _("Deux ou trois phrases suffisent ; « je passe » laisse une question aux autres."),
        ),
        f"{about.address}/sessions/{about.session.slug}/questions",
        _("Répondre"),
    )  # fmt: skip


def _thanks(about: About) -> Letter:
    answered = about.count("answered")
    lines = [
        ngettext("Merci : %(num)d question a eu sa réponse.",
                 "Merci : %(num)d questions ont eu leur réponse.", answered),
        *_said(results_of(db.session(), about.session.id)),
    ]  # fmt: skip
    left = about.count(*UNANSWERED)
    if left:
        told = ngettext("%(num)d question attend encore : vous pouvez y répondre par écrit.",
                        "%(num)d questions attendent encore : vous pouvez y répondre par écrit.",
                        left)  # fmt: skip
        lines.append(told)
    page = "questions" if left else "feedback"
    return Letter(
        _("Merci pour la rencontre : %(subject)s", subject=about.session.subject),
        tuple(lines),
        f"{about.address}/sessions/{about.session.slug}/{page}",
        _("Voir les questions") if left else _("Voir ce qu’ils en disent"),
    )


def _said(results: list[Result]) -> list[str]:
    """What students said, from five answers on."""
    students = next(one for one in results if one.audience == "student")
    best = step_names()[-1]
    return [
        _("« %(question)s » %(best)s : %(count)d élèves sur %(total)d.",
          question=question, best=best, count=steps[-1], total=students.count)
        for question, steps in students.questions
    ]  # fmt: skip
