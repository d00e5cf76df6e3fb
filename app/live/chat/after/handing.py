"""An answer in writing goes to the question's class first: its teacher reads it, then the class."""

from sqlalchemy import func, select

from app.classes.models import ClassroomTeacher
from app.core.jobs import enqueue
from app.core.writer import Transaction
from app.live.chat.models import Message
from app.live.chat.rooms import tell_author
from app.live.chat.sequence import happen

IN_WRITING = ("written", "closed")
"""Phases of a room in which nobody answers live: an adult of the class reads each answer first."""


def hand_to_class(tx: Transaction, answer: Message) -> None:
    """Let the teacher of the question's class decide; the question shows who answers it."""
    question = tx.session.get_one(Message, answer.about_id)
    answer.classroom_id = question.classroom_id
    question.claimed_by, question.claimed_name = answer.author, answer.name
    tx.session.flush()
    happen(tx, question.room_id, "question", question)
    tell_author(tx, question)
    if answer.classroom_id is not None and _is_only_one(tx, answer):
        _call_teachers(tx, answer)


def _is_only_one(tx: Transaction, answer: Message) -> bool:
    """One mail for all that waits: the next one goes when everything was read."""
    waiting = select(func.count()).select_from(Message).where(
        Message.room_id == answer.room_id,
        Message.classroom_id == answer.classroom_id,
        Message.kind == "answer",
        Message.status == "held",
    )  # fmt: skip
    return tx.session.scalar(waiting) == 1


def _call_teachers(tx: Transaction, answer: Message) -> None:
    here = ClassroomTeacher.classroom_id == answer.classroom_id
    for account in tx.session.scalars(select(ClassroomTeacher.account_id).where(here)):
        arguments = {"session_id": answer.room_id, "account_id": account}
        enqueue(tx, "app.live.chat.after.jobs.mail_to_read", arguments, "to_read")
