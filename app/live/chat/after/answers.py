"""What adults do with questions and answers after a chat. Units for the writer."""

from flask_babel import lazy_gettext as _l

from app.core.errors import Refusal
from app.core.writer import Transaction
from app.live.chat import moderating
from app.live.chat.attending import Attendant
from app.live.chat.log import Act, note
from app.live.chat.models import Message
from app.live.chat.rooms import hold_room, tell_author
from app.live.chat.saying import question_of
from app.live.chat.sequence import happen

NOT_YOURS = _l("Cela n’existe pas, ou plus.")


def pass_over(tx: Transaction, who: Attendant, question_id: int) -> None:
    """« Je passe » : leave a question to others; whoever had taken it gives it back."""
    hold_room(tx, who.room.id)
    question = question_of(tx.session, who.room.id, question_id)
    if question.status == "answered" or who.author in question.passed:
        return
    question.passed = [*question.passed, who.author]
    note(tx, question.room_id, Act("pass", who.author, question.name, question.text,
         question.visitor_id))  # fmt: skip
    if question.claimed_by == who.author:
        question.claimed_by = question.claimed_name = None
        tx.session.flush()
        happen(tx, question.room_id, "question", question)
        tell_author(tx, question)


def take_again(tx: Transaction, who: Attendant, question_id: int) -> None:
    """Take back that one leaves it to others."""
    hold_room(tx, who.room.id)
    question = question_of(tx.session, who.room.id, question_id)
    question.passed = [one for one in question.passed if one != who.author]


def approve_answer(tx: Transaction, who: Attendant, answer_id: int) -> None:
    """Let the class read an answer; where its question has a place, the tour shows both."""
    answer = _answer_of(tx, who, answer_id)
    moderating.approve(tx, who, answer_id, answer.version)


def refuse_answer(tx: Transaction, who: Attendant, answer_id: int) -> None:
    """Give an answer back to who wrote it, to be said otherwise."""
    answer = _answer_of(tx, who, answer_id)
    if answer.status == "held":
        moderating.refuse(tx, who, answer_id, "unclear")


def place_answer(tx: Transaction, who: Attendant, answer_id: int, *, is_shown: bool) -> None:
    """Show an answer in the tour, at its question's place, or show it there no more."""
    answer = _answer_of(tx, who, answer_id)
    if answer.status != "shown":
        raise Refusal("not_yours", NOT_YOURS, 404)
    answer.approved_by = who.author if is_shown else None
    note(tx, answer.room_id, Act("place" if is_shown else "unplace", who.author, answer.name,
         answer.text))  # fmt: skip


def _answer_of(tx: Transaction, who: Attendant, answer_id: int) -> Message:
    """An answer about which this adult decides: that of their class's question, or any.

    An answer that was given live belongs to no class: its question's teacher decides.
    """
    hold_room(tx, who.room.id)
    answer = tx.session.get(Message, answer_id)
    is_here = answer is not None and answer.room_id == who.room.id and answer.kind == "answer"
    question = tx.session.get(Message, answer.about_id) if answer and is_here else None
    if answer is None or question is None or not who.decides_for(question.classroom_id):
        raise Refusal("not_yours", NOT_YOURS, 404)
    return answer
