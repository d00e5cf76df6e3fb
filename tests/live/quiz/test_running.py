"""The rules of a live quiz, by its pages: answered once, in time, counted, paid once, erased."""

import re
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.classes.classrooms import set_time
from app.classes.models import Student
from app.classes.places import TEAM, VISITOR, WHOLE, Place
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.queries import read
from app.core.writer import Transaction, write
from app.live.presence import class_room
from app.live.quiz.bars import say_right
from app.live.quiz.models import LiveAnswer, LiveQuiz
from app.live.quiz.privacy import purge_quizzes
from app.live.quiz.pushing import at_screens
from app.live.quiz.running import begin, keep_reply, move, read_form, read_reply
from app.live.realtime import Caller, Hello, Line, Lines
from app.points.models import Entry
from tests.classes.room import Room
from tests.meanwhile import write_meanwhile

WHY = {"fr": "Parce que.", "en": "Because."}


def question(kind: str, **more: Any) -> dict[str, Any]:
    """A question as it is kept."""
    asked = {"fr": f"Question {kind} ?", "en": f"Question {kind}?"}
    return {"type": kind, "question": asked, "explanation": WHY, **more}


def options(*right: int, count: int = 3) -> list[dict[str, Any]]:
    """Options, of which these are right."""
    texts = [{"fr": f"choix {n}", "en": f"choice {n}"} for n in range(count)]
    return [{"text": text, "right": n in right} for n, text in enumerate(texts)]


def words(*said: str) -> list[dict[str, str]]:
    """Words in both languages."""
    return [{"fr": one, "en": one} for one in said]


PAIRS = [
    dict(zip(("left", "right"), words("moudre", "meule"), strict=True)),
    dict(zip(("left", "right"), words("tourner", "aile"), strict=True)),
]
TARGET = {"yaw": 10.0, "pitch": 0.0, "radius": 8}
ALL = [
    (question("single", options=options(1)), ["1"], ["0"]),
    (question("multiple", options=options(0, 2)), ["0", "2"], ["0"]),
    (question("truefalse", answer=True), ["true"], ["false"]),
    (question("number", answer=5.0, tolerance=0.5, unit="t"), ["5,2 t"], ["7"]),
    (question("text", answers={"fr": ["bulbe"], "en": []}), ["Le bulbe"], ["hélice"]),
    (question("matching", pairs=PAIRS), ["meule", "aile"], ["aile", "meule"]),
    (question("estimate", answer=100.0, tolerance=5.0, margin=40.0), ["101"], ["300"]),
    (question("place", options=options(1), target=TARGET), ["12.5", "1.0"], ["90", "0"]),
]
"""Every kind of question, a right answer and a wrong one."""


class Quiz:
    """A quiz that runs in a class with two students."""

    def __init__(self, room: Room, contents: list[dict[str, Any]], seconds: int = 60) -> None:
        self.room = room
        self.one, self.other = room.come_in().client, room.come_in().client
        classroom = room.row.id
        write(lambda tx: begin(tx, classroom, "Essai", contents, seconds))

    @property
    def row(self) -> LiveQuiz:
        """The quiz as it is now."""
        db.session.rollback()
        return (
            db.session.scalars(select(LiveQuiz).order_by(LiveQuiz.id.desc())).first() or LiveQuiz()
        )

    def answer(self, who: FlaskClient, *answer: str, **more: str) -> TestResponse:
        """A student sends the form of their page, as a script does."""
        quiz = self.row
        form = {"quiz": quiz.slug, "position": str(quiz.position), "answer": list(answer), **more}
        return who.post("/class-quiz", data=form, headers={"Accept": "application/json"})

    def move(self, step: str, **form: str) -> TestResponse:
        """The teacher presses a button."""
        shown = {"quiz": self.row.slug, "number": str(self.row.number)}
        return self.room.act(f"quiz/{step}", **(shown | form))

    def age(self, seconds: float) -> None:
        """Let time go by."""
        gone = timedelta(seconds=seconds)
        quiz = self.row
        ends = quiz.ends_at - gone if quiz.ends_at else None
        values = {"asked_at": quiz.asked_at - gone, "ends_at": ends}
        write(lambda tx: tx.execute(update(LiveQuiz).values(**values)))

    def points(self) -> list[tuple[str, int]]:
        """What the quiz has paid."""
        db.session.rollback()
        rows = db.session.execute(select(Entry.source, Entry.points).order_by(Entry.id))
        return [(source, points) for source, points in rows if source.startswith("quiz:")]


def code(reply: TestResponse) -> str:
    """The code of a refusal."""
    told: dict[str, Any] = reply.get_json()
    return str(told["error"]["code"])


@pytest.fixture
def quiz(room: Room) -> Quiz:
    """Every kind of question, one after the other."""
    return Quiz(room, [content for content, _right, _wrong in ALL])


def test_every_kind_is_asked_answered_counted_and_explained(quiz: Quiz) -> None:
    for number, (content, right, wrong) in enumerate(ALL):
        page = quiz.one.get("/class-quiz").text
        assert content["question"]["fr"] in page
        assert "Parce que" not in page
        assert "Parce que" not in quiz.room.teacher.get(f"/classes/{quiz.room.slug}/quiz").text
        assert quiz.answer(quiz.one, *right).status_code == 302, content["type"]
        assert quiz.answer(quiz.other, *wrong).status_code == 302, content["type"]
        quiz.move("show")
        counted = quiz.row.counts[number]
        assert (counted["answered"], counted["right"]) == (2, 1), content["type"]
        assert "C’est juste" in quiz.one.get("/class-quiz").text, content["type"]
        assert "Pas cette fois" in quiz.other.get("/class-quiz").text
        assert "Parce que" in quiz.room.teacher.get(f"/classes/{quiz.room.slug}/quiz").text
        quiz.move("next")
    assert [points for _source, points in quiz.points()] == [3] * len(ALL)
    assert quiz.row.phase == "review"
    mine, others = (who.get("/class-quiz").text for who in (quiz.one, quiz.other))
    assert "Tout est juste" in mine
    assert "1 sur 2" in quiz.room.teacher.get(f"/classes/{quiz.room.slug}/quiz").text
    assert others.count("quiz-why__right") == len(ALL)


def test_an_answer_counts_once_and_the_first_one_stays(quiz: Quiz) -> None:
    quiz.answer(quiz.one, "1")
    quiz.answer(quiz.one, "1")
    quiz.answer(quiz.one, "0")
    assert [row.answer for row in db.session.scalars(select(LiveAnswer))] == [["1"]]


def test_the_same_question_pays_a_student_once_whatever_quiz_asks_it(quiz: Quiz) -> None:
    for _round in range(2):
        quiz.answer(quiz.one, "1")
        quiz.move("show")
        classroom = quiz.room.row.id
        write(lambda tx: begin(tx, classroom, "Encore", [ALL[0][0]], 0))  # noqa: B023  run at once
    assert [points for _source, points in quiz.points()] == [3]


@pytest.mark.parametrize("answer", [[], ["9"], ["a"], ["0", "1"]])
def test_an_answer_that_says_nothing_is_refused_with_a_code(quiz: Quiz, answer: list[str]) -> None:
    reply = quiz.answer(quiz.one, *answer)
    assert (reply.status_code, code(reply)) == (422, "bad_answer")


def test_an_answer_to_another_question_or_quiz_is_refused(quiz: Quiz) -> None:
    assert code(quiz.answer(quiz.one, "1", position="99")) == "bad_answer"
    assert code(quiz.answer(quiz.one, "0", position="1")) == "quiz_late"
    assert code(quiz.answer(quiz.one, "1", quiz="f" * 16)) == "quiz_over"


def test_after_the_end_it_is_refused_kindly_and_a_page_says_so(quiz: Quiz) -> None:
    quiz.age(70)
    reply = quiz.answer(quiz.one, "1")
    assert (reply.status_code, code(reply)) == (409, "quiz_late")
    plain = {"quiz": quiz.row.slug, "position": "0", "answer": "1"}
    told = quiz.one.post("/class-quiz", data=plain, follow_redirects=True)
    assert "Le temps est écoulé" in told.text
    quiz.move("more")
    assert quiz.answer(quiz.one, "1").status_code == 302
    quiz.move("lift")
    assert quiz.row.ends_at is None
    quiz.move("show")
    assert code(quiz.answer(quiz.other, "1")) == "quiz_late"


def test_extra_time_lasts_a_third_longer_and_the_projector_does_not_say_whose(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = f"/classes/{quiz.room.slug}/quiz"
    assert "data-last" not in quiz.room.teacher.get(board).text
    student = quiz.room.students()[0].id
    values = update(Student).where(Student.id == student).values(extra_time=True)
    write(lambda tx: tx.execute(values))
    quiz.age(70)
    visitor = quiz.room.students()[0].visitor_id
    lines = Lines([line_of(quiz.room, "a", {VISITOR: 0, TEAM: [[visitor, 0]]})])
    assert "data-last" not in quiz.room.teacher.get(board).text, "nobody waits for who is not here"
    monkeypatch.setitem(quiz.room.app.extensions, "lines", lines)
    assert re.search(r'data-left="([5-9]|10)"', quiz.one.get("/class-quiz").text)
    other, projector = quiz.other.get("/class-quiz").text, quiz.room.teacher.get(board).text
    assert 'data-left="0"' in other
    assert "data-last" not in other
    assert re.search(r'data-left="0" data-last="([5-9]|10)"', projector)
    assert ">Dernières réponses…<" in projector
    assert quiz.answer(quiz.one, "1").status_code == 302
    assert code(quiz.answer(quiz.other, "1")) == "quiz_late"
    assert "data-last" not in quiz.room.teacher.get(board).text, "they have answered"


def test_a_button_pressed_twice_counts_once(quiz: Quiz) -> None:
    number = str(quiz.row.number)
    quiz.move("show", number=number)
    quiz.move("show", number=number)
    assert len(quiz.row.counts) == 1
    quiz.move("next", number=number)
    assert quiz.row.position == 0


def test_hands_are_counted_into_the_bars_and_pay_those_who_are_ticked(quiz: Quiz) -> None:
    ticked = quiz.room.students()[1].id
    tick = update(Student).where(Student.id == ticked).values(is_present=True)
    write(lambda tx: tx.execute(tick))
    reply = quiz.room.teacher.post(
        f"/classes/{quiz.room.slug}/quiz/show",
        data={"quiz": quiz.row.slug, "number": str(quiz.row.number), "hands-1": "999"},
        headers={"Accept": "application/json"},
    )
    assert code(reply) == "bad_hands"
    quiz.move("show", **{"hands-0": "4", "hands-1": "12"})
    assert quiz.row.counts[0] == {"bars": {"0": 4, "1": 12, "2": 0}, "answered": 16, "right": 12}
    assert [points for _source, points in quiz.points()] == [3]


def test_a_wrong_majority_of_hands_pays_nobody(quiz: Quiz) -> None:
    write(lambda tx: tx.execute(update(Student).values(is_present=True)))
    quiz.move("show", **{"hands-0": "12", "hands-1": "4"})
    assert quiz.points() == []


def test_only_this_class_answers_and_only_its_side_leads(quiz: Quiz, room: Room) -> None:
    stranger = room.app.test_client()
    assert stranger.get("/class-quiz").status_code == 404
    assert quiz.answer(stranger, "1").status_code == 404
    for client in (stranger, quiz.one):
        assert client.get(f"/classes/{room.slug}/quiz").status_code == 404
        assert client.post(f"/classes/{room.slug}/quiz/show").status_code == 404
    elsewhere = Room(room.app)
    other = elsewhere.come_in().client
    assert code(quiz.answer(other, "1")) == "quiz_over"


def test_nothing_that_a_student_wrote_is_on_the_projector(room: Room) -> None:
    quiz = Quiz(room, [content for content, _right, _wrong in ALL[4:5]])
    quiz.answer(quiz.one, "une grossièreté")
    for step in ("show", "next"):
        quiz.move(step)
        page = room.teacher.get(f"/classes/{room.slug}/quiz").text
        assert "grossièreté" not in page
        assert not any(student.pseudonym in page for student in room.students())


def test_the_purge_leaves_counts_and_no_answer(quiz: Quiz) -> None:
    quiz.answer(quiz.one, "1")
    quiz.move("show")
    assert purge_quizzes() == 0
    quiz.move("close")
    assert purge_quizzes() == 1
    assert db.session.scalars(select(LiveAnswer)).all() == []
    assert quiz.row.counts[0]["right"] == 1


def test_a_quiz_that_nobody_closed_is_closed_by_the_purge(quiz: Quiz) -> None:
    quiz.answer(quiz.one, "1")
    old = now() - timedelta(hours=13)
    write(lambda tx: tx.execute(update(LiveQuiz).values(created_at=old)))
    assert purge_quizzes() == 1
    assert quiz.row.phase == "over"


def test_answers_are_exported_and_erased_with_their_student(quiz: Quiz, room: Room) -> None:
    quiz.answer(quiz.one, "1")
    registry = room.app.extensions["privacy"]
    visitor = room.students()[0].visitor_id

    def unit(tx: Transaction) -> dict[str, Any]:
        held: dict[str, Any] = registry.export(tx, visitor)
        registry.erase(tx, visitor)
        return held

    assert write(unit)["live_answer"][0]["answer"] == ["1"]
    assert db.session.scalars(select(LiveAnswer)).all() == []


def test_a_teacher_begins_with_the_questions_of_the_tour(room: Room) -> None:
    room.come_in()
    page = room.teacher.get(f"/classes/{room.slug}/quiz").text
    assert 'value="tour:mill-tour"' in page
    assert room.act("quiz", source="tour:mill-tour", seconds="30").status_code == 302
    db.session.rollback()
    row = db.session.scalars(select(LiveQuiz)).one()
    assert (len(row.questions), row.phase, row.seconds) == (6, "ask", 30)
    assert {"key", "in_words"} <= row.questions[0].keys()
    for form in ({"source": "own:x", "seconds": "30"}, {"source": "tour:mill-tour"}):
        assert room.act("quiz", **form).status_code == 422


def test_a_button_of_another_quiz_does_nothing(quiz: Quiz, room: Room) -> None:
    """Two boards on the page of choices: both begin, and the first shows a quiz that is over."""
    first = quiz.row
    shown = {"quiz": first.slug, "number": str(first.number)}
    again = Quiz(room, [ALL[0][0]])
    assert again.row.number == first.number
    again.move("show", **shown)
    assert again.row.phase == "ask"


def test_two_that_begin_at_once_leave_one_that_runs(mill: Flask, room: Room) -> None:
    classroom, contents = room.row.id, [ALL[0][0]]

    def start() -> None:
        with mill.app_context():
            write(lambda tx: begin(tx, classroom, "Essai", contents, 60))

    threads = [Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    running = db.session.scalars(select(LiveQuiz).where(LiveQuiz.ended_at.is_(None))).all()
    assert len(running) == 1


def test_an_answer_is_counted_or_refused_when_the_question_is_shown_at_that_moment(
    quiz: Quiz, mill: Flask
) -> None:
    quiz.one.get("/class-quiz")
    visitor = db.session.scalars(
        select(Student.visitor_id).where(Student.classroom_id == quiz.room.row.id).limit(1)
    ).one()
    row, classroom = quiz.row, quiz.room.row.id
    shown = row.slug, row.number
    place = Place(visitor, 0, None)
    reply = read_reply(read, classroom, (row.slug, 0), ["1"])
    db.session.rollback()
    show = partial(move, classroom=classroom, what="show", shown=shown, hands={})
    keep = partial(keep_reply, place=place, classroom=classroom, reply=reply)
    with pytest.raises(Refusal, match="Trop tard"):
        write_meanwhile(mill, show, keep)
    assert quiz.row.counts[0]["answered"] == 0
    assert db.session.scalars(select(LiveAnswer)).all() == []


def test_nothing_is_given_by_hands_once_the_class_is_over(quiz: Quiz, room: Room) -> None:
    quiz.answer(quiz.one, "1")
    write(lambda tx: set_time(tx, room.row.id, "over", None))
    quiz.move("show", **{"hands-1": "9"})
    assert quiz.points() == [(quiz.points()[0][0], 3)], "what was answered in time, and no more"
    assert quiz.row.phase == "shown"
    quiz.move("next")
    assert quiz.row.phase == "shown"


def test_the_purge_takes_the_copies_of_questions_too(quiz: Quiz) -> None:
    quiz.move("show")
    quiz.move("close")
    purge_quizzes()
    row = quiz.row
    assert (row.title, row.questions, len(row.counts)) == ("", [], 1)


def line_of(room: Room, sid: str, session: dict[str, Any]) -> Line:
    """A page of the class that is open."""
    hello = Hello(classroom=None, room=None, tour=None, scene=None, seq=0)
    return Line(Caller(sid, session, "fr", hello), frozenset({class_room(room.row.id)}))


def test_mates_at_one_screen_are_counted_and_the_teachers_own_screen_is_not(
    mill: Flask, room: Room
) -> None:
    def line(sid: str, session: dict[str, Any]) -> Line:
        return line_of(room, sid, session)

    team = {VISITOR: 1, TEAM: [[2, 0], [3, 0]]}
    mill.extensions["lines"] = Lines(
        [
            line("a", team),
            line("b", team),
            line("c", {VISITOR: 4}),
            line("d", {VISITOR: 5, WHOLE: 1}),
        ]
    )
    assert sorted(at_screens(mill, room.row.id)) == [1, 2, 3, 4]
    del mill.extensions["lines"]


@pytest.mark.parametrize(
    ("language", "said"), [("fr", ["1 500 000,25 t/m.s"]), ("en", ["1,500,000.25 t/m.s"])]
)
def test_large_numbers_are_said_whole(language: str, said: list[str]) -> None:
    form = read_form(question("number", answer=1_500_000.25, tolerance=1.0, unit="t/m.s"))
    told = [" ".join(one.split()) for one in say_right(form, language)]
    assert told == said
