"""Answers in writing among all that waits for an organiser."""

from collections.abc import Iterable

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session as Reading
from sqlalchemy.orm import aliased

from app.live.chat.models import Message
from app.live.professionals.approvals import Act, Waiting
from app.live.sessions.models import Session


def register(app: Flask) -> None:
    """Add this kind to the list of approvals."""
    app.extensions.setdefault("approvals", []).append(waiting_answers)


def waiting_answers(reading: Reading) -> Iterable[Waiting]:
    """Answers that no adult has read yet; the class's teacher may decide about them too."""
    question = aliased(Message)
    query = (
        select(Message, question.text, Session)
        .join(Session, Session.id == Message.room_id)
        .join(question, question.id == Message.about_id)
        .where(Message.kind == "answer", Message.status == "held", Session.state == "offered")
    )
    for answer, asked, session in reading.execute(query):
        path = f"/rooms/{session.slug}/answers/{answer.id}"
        acts = (
            Act(f"{path}/approve", _("Publier"), asked, "plate--yellow"),
            Act(f"{path}/refuse", _("À redire"), asked),
        )
        facts = (asked, f"{answer.name} : {answer.text}")
        since, url = answer.created_at, f"/rooms/{session.slug}/transcript"
        yield Waiting(_("Réponse écrite"), session.subject, since, url, acts, facts)
