"""Sets of questions: kept within limits, changed, exported, deleted with their account."""

import secrets
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from app.core.db import now
from app.core.errors import Refusal
from app.core.texts import printable
from app.core.writer import Transaction
from quizzes.forms import QuestionForm
from quizzes.gift import Item, Parsed, read_gift, write_gift
from quizzes.gift.parts import Problem
from quizzes.own.asking import ask
from quizzes.own.models import OwnQuestion, QuestionSet
from quizzes.own.writing import gift_of

LARGEST = 200_000
"""Bytes of a GIFT text; a hundred questions are thirty thousand."""
MOST_SETS = 100
MOST_QUESTIONS = 300
LONGEST_TITLE = 120
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def decode(data: bytes) -> str:
    """The text of a file: by its mark, else UTF-8, else CP1252. Raises Refusal."""
    if len(data) > LARGEST:
        raise Refusal("gift-too-long", _l("Ce texte est trop long : coupez-le en deux."), 422)
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            return printable(data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"))
        except ValueError:  # not in this encoding, or signs that no text has
            continue
    raise Refusal("gift-no-text", _l("Ce fichier n’est pas un texte GIFT."), 422)


def read_text(text: str) -> Parsed:
    """All that a GIFT text holds; its problems are told. Raises Refusal when it is too much."""
    parsed = read_gift(text)
    if not parsed.questions and not parsed.problems:
        raise Refusal("gift-empty", _l("Ce texte ne contient aucune question."), 422)
    if len(parsed.questions) > MOST_QUESTIONS:
        raise Refusal(
            "gift-too-many",
            _l("Une série contient au plus %(most)d questions : coupez ce texte.",
               most=MOST_QUESTIONS),
            422,
        )  # fmt: skip
    return parsed


def unkept(items: Sequence[Item]) -> list[Problem]:
    """What cannot be kept of them, or only for the export, by line."""
    return [note for item in items for note in ask(item).notes]


def keep_set(tx: Transaction, account_id: int, title: str, items: Sequence[Item]) -> str:
    """Keep a new set; its slug. Raises Refusal when the account has too many."""
    mine = select(func.count()).where(QuestionSet.account_id == account_id)
    if (tx.session.scalar(mine) or 0) >= MOST_SETS:
        raise Refusal(
            "too-many-sets",
            _l("Vous gardez déjà %(most)d séries : effacez-en une d’abord.", most=MOST_SETS),
            409,
        )
    moment = now()
    kept = QuestionSet(
        slug=secrets.token_hex(8), account_id=account_id, title=title,
        created_at=moment, updated_at=moment,
    )  # fmt: skip
    for position, item in enumerate(items):
        question = OwnQuestion(
            position=position, content=ask(item).content, gift=write_gift([item])
        )
        kept.questions.append(question)
    tx.session.add(kept)
    tx.session.flush()
    return kept.slug


def export_gift(kept: QuestionSet) -> str:
    """The whole set as GIFT."""
    return "".join(question.gift for question in kept.questions)


def change_question(tx: Transaction, question_id: int, form: QuestionForm) -> None:
    """Put another question in the place of one."""
    question = tx.session.get_one(OwnQuestion, question_id)
    question.content = form.model_dump(mode="json")
    question.gift = write_gift([gift_of(form)])
    question.set.updated_at = now()


def drop_question(tx: Transaction, question_id: int) -> None:
    """Delete one question."""
    question = tx.session.get_one(OwnQuestion, question_id)
    question.set.updated_at = now()
    tx.session.delete(question)


def drop_set(tx: Transaction, set_id: int) -> None:
    """Delete a set with its questions."""
    tx.execute(delete(OwnQuestion).where(OwnQuestion.set_id == set_id))
    tx.execute(delete(QuestionSet).where(QuestionSet.id == set_id))


def leave_no_questions(tx: Transaction, account_id: int) -> None:
    """Delete all that a teacher kept, before their account goes."""
    mine = select(QuestionSet.id).where(QuestionSet.account_id == account_id)
    for set_id in tx.session.scalars(mine).all():
        drop_set(tx, set_id)
