"""What pages show of a live quiz: the projector to all, a student's page to its student alone."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, exists, select

from app.classes.models import Student
from app.classes.places import Place, Seat
from app.core.db import db, now
from app.core.locale import choose_language
from app.core.queries import Query, read
from app.live.quiz.bars import keys_of, name_bars, right_keys, say_right
from app.live.quiz.models import LiveAnswer, LiveQuiz
from app.live.quiz.running import (
    Running,
    contents_of,
    count_answers,
    forms_of,
    has_extra_time,
    running_in,
    source_of,
)
from app.points.ledger import sources_of
from quizzes.forms import QuestionForm
from tours.texts import localise

_MINE = Query(
    select(LiveAnswer.position, LiveAnswer.answer, LiveAnswer.worth).where(
        LiveAnswer.quiz_id == bindparam("quiz"), LiveAnswer.visitor_id == bindparam("visitor")
    )
)
_HAVE_EXTRA = Query(
    select(Student.visitor_id)
    .where(Student.classroom_id == bindparam("classroom"), Student.extra_time)
    .where(
        ~exists().where(
            LiveAnswer.quiz_id == bindparam("quiz"),
            LiveAnswer.position == bindparam("at"),
            LiveAnswer.visitor_id == Student.visitor_id,
        )
    )
)


def show_question(kept: Mapping[str, Any]) -> dict[str, Any]:
    """A question as it is asked, in the reader's language; nothing that tells what is right."""
    content = localise(dict(kept), choose_language())
    told: dict[str, Any] = {name: content[name] for name in ("type", "question")}
    told["words"], told["flat"] = content.get("in_words", ""), content.get("flat", "")
    told["unit"] = content.get("unit", "")
    told["options"] = [one["text"] for one in content.get("options", ())]
    pairs = content.get("pairs", ())
    told["lefts"] = [pair["left"] for pair in pairs]
    partners = {pair["right"] for pair in pairs} | set(content.get("extras", ()))
    told["partners"] = sorted(partners, key=str.casefold)
    return told


def explain(form: QuestionForm) -> dict[str, Any]:
    """What is right, and why."""
    language = choose_language()
    return {"right": say_right(form, language), "why": form.explanation.say(language)}


def draw_bars(form: QuestionForm, counted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The bars, in the order in which they stand."""
    names, right = name_bars(form, choose_language()), right_keys(form)
    return [
        {
            "key": key,
            "name": names[key],
            "count": counted["bars"].get(key, 0),
            "is_right": key in right,
        }
        for key in keys_of(form)
    ]


def board_view(classroom: int, present: Collection[int]) -> dict[str, Any] | None:
    """What stands on the projector, with who is at a screen; None when no quiz runs."""
    quiz = running_in(read, classroom)
    if quiz is None:
        return None
    row = db.session.get_one(LiveQuiz, quiz.id, populate_existing=True)
    forms, contents = forms_of(read, quiz), row.questions
    form = forms[quiz.position]
    told: dict[str, Any] = {
        "quiz": quiz,
        "title": row.title,
        "position": quiz.position,
        "of": len(forms),
        "left": seconds_left(quiz, has_extra=False),
        "last": _last_answers(quiz, classroom, present),
        "asked": show_question(contents[quiz.position]),
        "names": name_bars(form, choose_language()),
        "answered": count_answers(read, quiz),
    }
    if quiz.phase == "shown":
        told |= explain(form) | {"counted": row.counts[-1]}
        told["bars"] = draw_bars(form, row.counts[-1])
    if quiz.phase == "review":
        told["missed"] = missed_most(forms, contents, row.counts)
    return told


def seconds_left(quiz: Running, *, has_extra: bool) -> int | None:
    """Seconds until the time is up; None without a limit."""
    ends = quiz.ends_for(has_extra=has_extra)
    return None if ends is None else max(0, round((ends - now()).total_seconds()))


def _last_answers(quiz: Running, classroom: int, present: Collection[int]) -> int | None:
    """Seconds until those with more time are due; None when none of them is awaited."""
    if quiz.ends_at is None:
        return None
    awaited = read(_HAVE_EXTRA, classroom=classroom, quiz=quiz.id, at=quiz.position)
    is_here = any(visitor in present for (visitor,) in awaited)
    return seconds_left(quiz, has_extra=True) if is_here else None


def missed_most(
    forms: Sequence[QuestionForm],
    contents: Sequence[Mapping[str, Any]],
    counts: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """The questions that were shown, those that were missed most first."""
    told = [
        {
            "question": show_question(content)["question"],
            "answered": one["answered"],
            "rights": one["right"],
            "share": one["right"] / one["answered"] if one["answered"] else 2,
            **explain(form),
        }
        for form, content, one in zip(forms, contents, counts, strict=False)
    ]
    return sorted(told, key=lambda one: one["share"])


def student_view(place: Place, seat: Seat) -> dict[str, Any] | None:
    """What a student's page shows, with what is theirs alone; None when no quiz runs."""
    quiz = running_in(read, seat.classroom)
    if quiz is None:
        return None
    forms, contents = forms_of(read, quiz), contents_of(read, quiz.id)
    rows = read(_MINE, quiz=quiz.id, visitor=place.visitor)
    mine = {at: (answer, worth) for at, answer, worth in rows}
    form = forms[quiz.position]
    told: dict[str, Any] = {
        "quiz": quiz,
        "position": quiz.position,
        "of": len(forms),
        "asked": show_question(contents[quiz.position]),
        "answer": mine.get(quiz.position, (None, 0))[0],
        "may_work": seat.may_work,
    }
    if quiz.phase == "ask":
        told["left"] = seconds_left(quiz, has_extra=_has_extra(quiz, place))
    if quiz.phase == "shown":
        earned = sources_of(read, place.visitor)
        points = earned.get(source_of(contents[quiz.position], form), 0)
        worth = mine.get(quiz.position, (None, 0.0))[1]
        told |= explain(form) | {"worth": worth, "points": points}
        told["total"] = sum(earned.values())
    if quiz.phase == "review":
        asked = list(zip(forms, contents, strict=True))[: quiz.position + 1]
        told["missed"] = missed_by(asked, mine)
        told["rights"] = sum(worth > 0 for _answer, worth in mine.values())
        told["asked_count"] = len(asked)
    return told


def _has_extra(quiz: Running, place: Place) -> bool:
    return quiz.ends_at is not None and has_extra_time(read, place.visitors)


Asked = Sequence[tuple[QuestionForm, Mapping[str, Any]]]


def missed_by(asked: Asked, mine: Mapping[int, tuple[list[str], float]]) -> list[dict[str, Any]]:
    """What a student has missed, with what is right and why."""
    return [
        {"question": show_question(content)["question"], **explain(form)}
        for at, (form, content) in enumerate(asked)
        if not mine.get(at, ([], 0.0))[1]
    ]
