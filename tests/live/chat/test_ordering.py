"""In which order professionals are shown what waits: whom most of the unanswered want, first."""

from functools import partial

import pytest
from flask import Flask

from app.core.writer import write
from app.live.chat import moderating
from app.live.chat.filter import read_message
from app.live.chat.ordering import order_to_answer
from app.live.chat.saying import Words, say
from tests.live.chat.after.gathering import answered, asked, attendant, vote
from tests.live.chat.meeting import Meeting, open_meeting


@pytest.fixture
def meeting(mill: Flask) -> Meeting:
    """A session of one class of six."""
    return open_meeting(mill, students=6)


def test_what_most_unanswered_students_want_comes_first_then_the_oldest(meeting: Meeting) -> None:
    old, wanted, other = (asked(meeting, f"Pourquoi {n} ?", n) for n in range(3))
    assert order_to_answer(meeting.id) == [old, wanted, other]
    vote(meeting, wanted, 3)
    vote(meeting, wanted, 4)
    assert order_to_answer(meeting.id) == [wanted, old, other]


def test_a_voice_of_somebody_who_had_an_answer_moves_nothing(meeting: Meeting) -> None:
    first, old, other = (asked(meeting, f"Comment {n} ?", n) for n in range(3))
    vote(meeting, first, 3)
    answered(meeting, first, "Avec une grue.")
    for voice in (0, 3):
        vote(meeting, other, voice)
    assert order_to_answer(meeting.id) == [old, other], "whose voices count have their answer"


def test_who_was_grouped_waits_for_the_same_answer(meeting: Meeting) -> None:
    old, like, wanted = (asked(meeting, f"Quand {n} ?", n) for n in range(3))
    teacher = attendant(meeting, meeting.teachers[0])
    write(partial(moderating.merge, who=teacher, message_id=like, into_id=wanted))
    assert order_to_answer(meeting.id) == [wanted, old]
    answered(meeting, wanted, "En mai.")
    again = asked(meeting, "Et encore ?", 1)
    assert order_to_answer(meeting.id) == [old, again], "the grouped student was answered too"


def test_a_class_without_computers_waits_no_longer_than_a_student(meeting: Meeting) -> None:
    """Its teacher asks for it: the question is of no student."""
    first = asked(meeting, "Pourquoi ?", 0)
    teacher = attendant(meeting, meeting.teachers[0])
    text = "Combien de tours par minute ?"
    words = Words("ordering0001", "question", text, read_message(text), None, None,
                  teacher.classes[0])  # fmt: skip
    aloud = write(partial(say, who=teacher, words=words))["id"]
    later = asked(meeting, "Et quand ?", 1)
    assert order_to_answer(meeting.id) == [first, aloud, later]
