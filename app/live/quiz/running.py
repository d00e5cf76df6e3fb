"""How a live quiz runs: begun, answered, shown, gone on with, closed. The server keeps the time."""

import hashlib
import json
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.classes.models import Classroom, Student
from app.classes.places import Place
from app.core.db import now
from app.core.errors import Refusal
from app.core.events import Event
from app.core.queries import Query, Rows
from app.core.writer import Transaction
from app.live.quiz.bars import add_hands, count_bars, is_right_by_hands
from app.live.quiz.models import LiveAnswer, LiveQuiz
from app.points.ledger import award
from quizzes.forms import QuestionForm, Unreadable
from quizzes.marking import QUESTION_POINTS
from quizzes.questions import FORMS

Content = dict[str, Any]
"""A question as it is kept: its form's keys; a tour's also `key` (`tidal-plant/rotor`),
`in_words`, and `flat`, the picture of its scene."""
GRACE = timedelta(seconds=2)
"""What an answer may be late by: it was on its way."""
EXTRA = 3
"""Students with extra time get a third more: the « tiers temps » of French schools."""
MORE = 30
"""Seconds that a teacher adds at once."""
LONGEST = 600
MOST_QUESTIONS = 50
_VALUES: dict[str, Any] = {
    name: bindparam(name, type_=LiveAnswer.__table__.c[name].type)
    for name in ("quiz_id", "position", "visitor_id", "answer", "worth", "at")
}
_KEEP = Query(
    sqlite.insert(LiveAnswer).values(_VALUES).on_conflict_do_nothing().returning(LiveAnswer.id),
    postgresql.insert(LiveAnswer).values(_VALUES).on_conflict_do_nothing().returning(LiveAnswer.id),
)
_NOW = (
    select(
        LiveQuiz.id,
        LiveQuiz.slug,
        LiveQuiz.position,
        LiveQuiz.phase,
        LiveQuiz.number,
        LiveQuiz.asked_at,
        LiveQuiz.ends_at,
    )
    .where(LiveQuiz.classroom_id == bindparam("classroom"), LiveQuiz.ended_at.is_(None))
    .order_by(LiveQuiz.id.desc())
    .limit(1)
)
_RUNNING = Query(_NOW)
_ASKING = Query(_NOW, postgresql=_NOW.with_for_update(read=True))
"""The same for whoever answers: the question is not closed before their answer is kept."""
_QUESTIONS = Query(select(LiveQuiz.questions).where(LiveQuiz.id == bindparam("quiz")))
_HAS_EXTRA = Query(select(Student.extra_time).where(Student.visitor_id == bindparam("visitor")))
_ANSWERED = Query(
    select(func.count()).where(
        LiveAnswer.quiz_id == bindparam("quiz"), LiveAnswer.position == bindparam("position")
    )
)
LATE = _l("Trop tard : la réponse est déjà montrée. Elle n’enlève rien.")
UNCLEAR = _l("Cette question n’est plus posée : regarde le tableau.")


class QuizMoved(Event):
    """A live quiz began, went on, was stretched or closed."""

    classroom_id: int


class QuizAnswered(Event):
    """Somebody of a class answered the question that is asked."""

    classroom_id: int


@dataclass(frozen=True)
class Running:
    """The quiz of a class, as far as it is."""

    id: int
    slug: str
    position: int
    phase: str
    number: int
    asked_at: datetime
    ends_at: datetime | None

    def ends_for(self, *, has_extra: bool) -> datetime | None:
        """Until when somebody may answer."""
        if self.ends_at is None or not has_extra:
            return self.ends_at
        return self.ends_at + (self.ends_at - self.asked_at) / EXTRA


def running_in(rows: Rows, classroom: int) -> Running | None:
    """The quiz that runs in a class."""
    return _first(rows(_RUNNING, classroom=classroom))


def _first(found: Sequence[Any]) -> Running | None:
    return Running(*found[0]) if found else None


_FORMS: OrderedDict[tuple[str, int], tuple[QuestionForm, ...]] = OrderedDict()
_MOST_FORMS = 500


def forms_of(rows: Rows, quiz: Running) -> tuple[QuestionForm, ...]:
    """The questions of a quiz, ready to mark; they never change once it has begun."""
    key = quiz.slug, quiz.id
    if key not in _FORMS:
        _FORMS[key] = tuple(map(read_form, contents_of(rows, quiz.id)))
        while len(_FORMS) > _MOST_FORMS:
            _FORMS.popitem(last=False)
    return _FORMS[key]


def contents_of(rows: Rows, quiz: int) -> list[dict[str, Any]]:
    """The questions of a quiz as they were kept when it began."""
    contents: list[dict[str, Any]] = rows(_QUESTIONS, quiz=quiz)[0][0]
    return contents


def read_form(content: Mapping[str, Any]) -> QuestionForm:
    """A question from what was kept of it; keys that only tours have are left out."""
    form = FORMS[content["type"]]
    return form.model_validate({key: content[key] for key in form.model_fields if key in content})


def source_of(kept: Mapping[str, Any], form: QuestionForm) -> str:
    """The name of a question in the ledger: the same question pays a student once, ever."""
    if "key" in kept:
        return f"quiz:{kept['key']}"
    content = json.dumps(form.model_dump(mode="json"), sort_keys=True)
    return f"quiz:{hashlib.sha256(content.encode()).hexdigest()[:16]}"


def has_extra_time(rows: Rows, visitors: Sequence[int]) -> bool:
    """Whether one of those at a screen is given more time."""
    return any(flag for one in visitors for (flag,) in rows(_HAS_EXTRA, visitor=one))


def count_answers(rows: Rows, quiz: Running) -> int:
    """How many have answered the question that is asked."""
    return int(rows(_ANSWERED, quiz=quiz.id, position=quiz.position)[0][0])


# --- students


@dataclass(frozen=True)
class Reply:
    """An answer that arrived."""

    quiz: Running
    position: int
    answer: list[str]
    worth: float
    at: datetime


def read_reply(rows: Rows, classroom: int, asked: tuple[str, int], answer: Sequence[str]) -> Reply:
    """Mark an answer to a question (the quiz's slug, its position). Raises Refusal."""
    quiz = running_in(rows, classroom)
    if quiz is None or quiz.slug != asked[0]:
        raise Refusal("quiz_over", _l("Ce quiz est fini. Ce que tu as répondu est gardé."), 409)
    forms = forms_of(rows, quiz)
    if asked[1] >= len(forms):
        raise Refusal("bad_answer", UNCLEAR, 422, "position")
    try:
        given = [one for one in answer if one]
        worth = forms[asked[1]].worth(given)
    except Unreadable as error:
        raise Refusal("bad_answer", str(error), 422, "answer") from None
    return Reply(quiz, asked[1], given, worth, now())


def keep_reply(tx: Transaction, place: Place, classroom: int, reply: Reply) -> bool:
    """Keep an answer for each of those at a screen; False when it was there. Raises Refusal."""
    quiz = _first(tx.rows(_ASKING, classroom=classroom))
    is_asked = quiz is not None and quiz.phase == "ask" and quiz.position == reply.position
    if quiz is None or quiz.id != reply.quiz.id or not is_asked:
        raise Refusal("quiz_late", LATE, 409)
    if quiz.ends_at is not None and reply.at > quiz.ends_at + GRACE:
        ends = quiz.ends_for(has_extra=has_extra_time(tx.rows, place.visitors))
        if ends is None or reply.at > ends + GRACE:
            raise Refusal("quiz_late", _l("Le temps est écoulé : regarde le tableau."), 409)
    is_new = False
    for visitor in place.visitors:
        is_new |= bool(
            tx.rows(
                _KEEP, quiz_id=quiz.id, position=quiz.position, visitor_id=visitor,
                answer=reply.answer, worth=reply.worth, at=reply.at,
            )
        )  # fmt: skip
    if is_new:
        tx.publish(QuizAnswered(classroom_id=classroom))
    return is_new


# --- teachers


def begin(
    tx: Transaction, classroom: int, title: str, contents: Sequence[Content], seconds: int
) -> None:
    """Begin a quiz with its first question; one that still runs is closed."""
    tx.session.get_one(Classroom, classroom, with_for_update=True)  # one begins after the other
    before = _held(tx, classroom)
    if before is not None:
        close(tx, before)
    moment = now()
    tx.session.add(
        LiveQuiz(
            slug=secrets.token_hex(8),
            classroom_id=classroom,
            title=title[:120],
            questions=list(contents[:MOST_QUESTIONS]),
            seconds=seconds,
            asked_at=moment,
            ends_at=moment + timedelta(seconds=seconds) if seconds else None,
            created_at=moment,
            ended_at=None,
        )
    )
    tx.publish(QuizMoved(classroom_id=classroom))


def move(
    tx: Transaction, classroom: int, what: str, shown: tuple[str, int], hands: Mapping[str, int]
) -> bool:
    """Do what a button says; False when the quiz (its slug, its number) is no more as shown."""
    quiz = _held(tx, classroom)
    if quiz is None or (quiz.slug, quiz.number) != shown:
        return False
    if quiz.phase not in _WHEN[what]:
        return False
    if what == "show":
        _show(tx, quiz, hands)
    else:
        _PLAIN[what](tx, quiz)
    quiz.number += 1
    tx.publish(QuizMoved(classroom_id=classroom))
    return True


def _held(tx: Transaction, classroom: int) -> LiveQuiz | None:
    """The quiz that runs, held until the commit."""
    query = (
        select(LiveQuiz)
        .where(LiveQuiz.classroom_id == classroom, LiveQuiz.ended_at.is_(None))
        .order_by(LiveQuiz.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return tx.session.scalar(query)


def _stretch(_tx: Transaction, quiz: LiveQuiz) -> None:
    """More time, from now on if it had run out."""
    if quiz.ends_at is not None:
        quiz.ends_at = max(quiz.ends_at, now()) + timedelta(seconds=MORE)


def _lift(_tx: Transaction, quiz: LiveQuiz) -> None:
    quiz.ends_at = None


def _show(tx: Transaction, quiz: LiveQuiz, hands: Mapping[str, int]) -> None:
    """Close the question: count its answers, add the hands, and give what is earned."""
    kept = quiz.questions[quiz.position]
    form = read_form(kept)
    columns = (LiveAnswer.visitor_id, LiveAnswer.answer, LiveAnswer.worth)
    here = (LiveAnswer.quiz_id == quiz.id) & (LiveAnswer.position == quiz.position)
    rows: list[Any] = list(tx.execute(select(*columns).where(here)))
    counted = count_bars(form, [(answer, worth) for _visitor, answer, worth in rows])
    source = source_of(kept, form)
    for visitor, _answer, worth in rows:
        if worth > 0:
            award(tx, [visitor], source, ceil(QUESTION_POINTS[0] * worth))
    if any(hands.values()):
        add_hands(form, counted, hands)
        own = {visitor for visitor, _answer, _worth in rows}
        if is_right_by_hands(form, hands):
            ticked = [one for one in _ticked(tx, quiz.classroom_id) if one not in own]
            award(tx, ticked, source, QUESTION_POINTS[0])
    quiz.counts = [*quiz.counts, counted]
    quiz.phase = "shown"


def _ticked(tx: Transaction, classroom: int) -> list[int]:
    """Those for whom one computer plays."""
    mine = (Student.classroom_id == classroom) & Student.is_present & Student.removed_at.is_(None)
    return list(tx.session.scalars(select(Student.visitor_id).where(mine)))


def _go_on(_tx: Transaction, quiz: LiveQuiz) -> None:
    """The next question, or the review after the last."""
    if quiz.position + 1 >= len(quiz.questions):
        quiz.phase = "review"
        return
    quiz.position += 1
    quiz.phase = "ask"
    quiz.asked_at = now()
    quiz.ends_at = quiz.asked_at + timedelta(seconds=quiz.seconds) if quiz.seconds else None


def _review(_tx: Transaction, quiz: LiveQuiz) -> None:
    quiz.phase = "review"


def close(_tx: Transaction, quiz: LiveQuiz) -> None:
    """It is over; its answers go with the night."""
    quiz.phase, quiz.ended_at = "over", now()


_PLAIN: dict[str, Callable[[Transaction, LiveQuiz], None]] = {
    "more": _stretch,
    "lift": _lift,
    "next": _go_on,
    "review": _review,
    "close": close,
}
_WHEN = {
    "more": ("ask",),
    "lift": ("ask",),
    "show": ("ask",),
    "next": ("shown",),
    "review": ("shown",),
    "close": ("ask", "shown", "review"),
}
ACTS = frozenset(_WHEN)
AFTERWARDS = frozenset({"show", "review", "close"})
"""What may still be done once the class is over: nothing more is asked."""
