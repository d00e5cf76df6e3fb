"""Who may say what in a room: every event for every role, and what forgers try."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.classes.chairs import CHAIRS
from app.classes.classrooms import hash_key
from app.classes.links import lend
from app.classes.models import Classroom, Student, Visitor
from app.classes.times import local_day
from app.core.db import db, now
from app.core.writer import Transaction, write
from app.live.chat.attending import GUEST
from app.live.chat.models import Alarm, ChatRoom, LogEntry, Message, Report, RoomEvent, Vote
from app.live.chat.rooms import close_room
from app.live.realtime import HANDLERS
from app.live.sessions.models import Booking, Guest, Professional, Session
from app.people.models import Account
from tests.live.chat.meeting import Doorway, Meeting, log_in, open_meeting
from tests.live.lesson import open_lesson, sign
from tests.live.wire import Wire
from tests.serving import Site

CHAT = {
    name: handler
    for name, handler in HANDLERS.items()
    if handler.do.__module__ in ("app.live.chat.handlers", "app.live.chat.turning")
}
STUDENT = frozenset({"ask", "reword", "withdraw", "vote"})
ANSWERING = frozenset({"answer", "claim", "put_off", "show", "still_here", "turn_views"})
DECIDING = frozenset({"decide", "approve_all", "room_mode", "alarm_seen"})
ADULT = frozenset({"word", "release", "alert"})
ALL = frozenset({"near", "report", "catch_up"})
ABOUT_NOTHING = frozenset(
    {"near", "catch_up", "show", "approve_all", "room_mode", "word", "ask_for_class", "stand_in",
     "still_here", "turn_views", "allow_views"}
)  # fmt: skip
"""They name no message."""
RULES = {
    "student": STUDENT | ALL,
    "passing": STUDENT | ALL,
    "teacher": DECIDING | ADULT | ALL | {"ask_for_class", "allow_views"},
    "moderator": DECIDING | ADULT | ALL | {"stand_in"},
    "professional": ANSWERING | ADULT | ALL,
    "guest": ANSWERING | ADULT | ALL,
}
"""What each role may say; the rest is a 404 to them."""
OUTSIDE = (
    "stranger", "keyed", "substitute", "student elsewhere", "student at the end", "removed",
    "teacher elsewhere", "unverified", "professional elsewhere", "without charter",
    "guest elsewhere", "guest without charter", "guest too late", "author",
)  # fmt: skip


def body_of(name: str, meeting: Meeting, message: int) -> dict[str, Any]:
    """Something well formed to say, about a message of this room."""
    place = {"tour": "mill-tour", "scene": "hall"}
    bodies: dict[str, dict[str, Any]] = {
        "ask": {"client_id": "matrix000001", "text": "Comment ça marche ?"},
        "reword": {"id": message, "text": "Et pourquoi ?"},
        "answer": {"client_id": "matrix000002", "about": message, "text": "Avec une grue."},
        "word": {"client_id": "matrix000003", "text": "Bonjour à tous."},
        "near": {"text": "Comment"},
        "show": {"place": place},
        "decide": {"id": message, "act": "approve"},
        "room_mode": {"mode": "slow"},
        "catch_up": {"seq": 0},
        "approve_all": {"read": []},
        "alert": {},
        "ask_for_class": {"client_id": "matrix000004", "text": "Comment ça marche ?"},
        "stand_in": {"number": 1},
        "still_here": {"seq": 0},
        "turn_views": {"place": place},
        "allow_views": {"allow": True},
    }
    return bodies.get(name, {"id": message})


def kept(meeting: Meeting) -> list[str]:
    """All rows of a room, to see whether anything was changed."""
    rows: list[str] = []
    with meeting.app.app_context():
        db.session.rollback()
        for model in (Message, RoomEvent, LogEntry, Alarm):
            table = model.__table__
            found = db.session.execute(table.select().where(table.c.room_id == meeting.id))
            rows += sorted(map(str, found))
        own = ChatRoom.__table__.select().where(ChatRoom.session_id == meeting.id)  # others close
        rows.append(str(db.session.execute(own).all()))
        rows += [str(db.session.execute(one.__table__.select()).all()) for one in (Vote, Report)]
    return rows


def add_guest(meeting: Meeting, session: int, token: str, *, charter: bool = True) -> str:
    """The cookie of a guest of a session."""

    def unit(tx: Transaction) -> None:
        tx.session.add(
            Guest(session_id=session, name="Inès", job="Soudeuse", token_hash=hash_key(token),
                  charter_at=now() if charter else None, created_at=now())
        )  # fmt: skip

    with meeting.app.app_context():
        write(unit)
    return sign(meeting.app, {GUEST: token})


def become(who: str, site: Site, meeting: Meeting) -> tuple[str, str]:
    """The cookie of somebody for whom this room does not exist, and the side they try."""
    makers: dict[str, Callable[[], str]] = {
        "stranger": lambda: sign(meeting.app, {}),
        "keyed": lambda: open_lesson(site.data).teacher,
        "substitute": lambda: _substitute(meeting),
        "teacher elsewhere": lambda: open_meeting(site.data).teachers[0],
        "unverified": lambda: _unverified(meeting),
        "professional elsewhere": lambda: open_meeting(site.data).professionals[0],
        "without charter": lambda: _without_charter(meeting),
        "guest elsewhere": lambda: add_guest(meeting, open_meeting(site.data).id, "elsewhere"),
        "guest without charter": lambda: add_guest(meeting, meeting.id, "new", charter=False),
        "guest too late": lambda: _late_guest(meeting),
        "author": lambda: log_in(meeting.app, "author", f"au-{meeting.slug}@example.org")[1],
        "student elsewhere": lambda: open_meeting(site.data).students[0][0],
        "student at the end": lambda: _at_the_end(meeting),
        "removed": lambda: _removed(meeting),
    }
    side = "student" if who.startswith("student") or who == "removed" else "staff"
    return makers[who](), side


def _substitute(meeting: Meeting) -> str:
    with meeting.app.app_context():
        today = local_day(now(), "Europe/Paris")
        token = write(lambda tx: lend(tx, meeting.classrooms[0], today))
        slug = db.session.get_one(Classroom, meeting.classrooms[0]).slug
    return sign(meeting.app, {CHAIRS: {slug: f"link:{token}"}})


def _unverified(meeting: Meeting) -> str:
    with meeting.app.app_context():
        account = db.session.query(Booking.account_id).filter_by(session_id=meeting.id).scalar()
    meeting.change(Account, account, verified_at=None)
    return meeting.teachers[0]


def _without_charter(meeting: Meeting) -> str:
    with meeting.app.app_context():
        write(lambda tx: tx.execute(update(Professional).values(charter_at=None)))
    return meeting.professionals[0]


def _late_guest(meeting: Meeting) -> str:
    cookie = add_guest(meeting, meeting.id, "late")
    meeting.change(Session, meeting.id, starts_at=now() - timedelta(hours=3))
    with meeting.app.app_context():  # the server would, within a second: in the middle of a test
        write(lambda tx: close_room(tx, meeting.id, days=90))
    return cookie


def _at_the_end(meeting: Meeting) -> str:
    meeting.change(Classroom, meeting.classrooms[0], time="over")
    return meeting.students[0][0]


def _removed(meeting: Meeting) -> str:
    with meeting.app.app_context():
        mine = Student.visitor_id == meeting.visitors[0][0]
        write(lambda tx: tx.execute(update(Student).where(mine).values(removed_at=now())))
    return meeting.students[0][0]


def _passing(meeting: Meeting) -> str:
    with meeting.app.app_context():
        mine = Student.visitor_id == meeting.visitors[0][1]
        write(lambda tx: tx.execute(update(Student).where(mine).values(is_passing=True)))
    return meeting.students[0][1]


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_room_does_not_exist_for_others(site: Site, meeting: Meeting, who: str) -> None:
    cookie, side = become(who, site, meeting)
    before = kept(meeting)
    line = Wire(site.url, cookie)
    answer = line.knock(room=meeting.slug, side=side)
    assert answer.startswith("44"), answer
    assert json.loads(answer[2:])["data"]["code"] == "not_yours"
    for name in CHAT:
        said = f'42["{name}",{json.dumps(body_of(name, meeting, 1))}]'
        line.socket.send(said)
    line.close()
    assert kept(meeting) == before


@pytest.mark.parametrize("who", sorted(RULES))
def test_each_role_says_what_is_its_own(
    site: Site, door: Doorway, meeting: Meeting, who: str
) -> None:
    cookies = {
        "student": lambda: meeting.students[0][0],
        "passing": lambda: _passing(meeting),
        "teacher": lambda: meeting.teachers[0],
        "moderator": lambda: meeting.moderator,
        "professional": lambda: meeting.professionals[0],
        "guest": lambda: add_guest(meeting, meeting.id, f"g{meeting.slug}"),
    }
    cookie, side = cookies[who](), "student" if who in ("student", "passing") else "staff"
    asking = door.student(meeting)
    message = asking.ask("Comment démonte-t-on une pale ?")["id"]
    line = Wire(site.url, cookie).enter(room=meeting.slug, side=side)
    assert set(CHAT) == frozenset().union(*RULES.values()), "say in RULES who may say it"
    for name in sorted(set(CHAT) - RULES[who]):
        before = kept(meeting)
        answer = line.ask(name, body_of(name, meeting, message))
        assert answer["error"]["code"] == "not_yours", (who, name, answer)
        assert kept(meeting) == before, (who, name)
    line.close()


def test_a_teacher_decides_for_their_own_class_only(site: Site, door: Doorway) -> None:
    meeting = open_meeting(site.data, classes=2)
    message = door.student(meeting, 0, 0).ask("Comment démonte-t-on une pale ?")["id"]
    other = door.teacher(meeting, 1)
    assert other.decide(message, "approve")["error"]["code"] == "not_yours"
    assert other.wire.ask("room_mode", {"mode": "slow"})["error"]["code"] == "not_yours"
    assert other.wire.hear("queue")["held"] == []
    assert door.teacher(meeting, 0).decide(message, "approve") == {}


def test_nothing_of_another_room_is_reached_from_ones_own(site: Site, door: Doorway) -> None:
    mine, theirs = open_meeting(site.data), open_meeting(site.data)
    message = door.student(theirs).ask("Comment démonte-t-on une pale ?")["id"]
    door.teacher(theirs).decide(message, "approve")
    pages = {
        "student": door.student(mine),
        "teacher": door.teacher(mine),
        "moderator": door.staff(mine, mine.moderator),
        "professional": door.professional(mine),
    }
    before = kept(theirs)
    for who, page in pages.items():
        for name in sorted(RULES[who] - ABOUT_NOTHING):
            body = body_of(name, mine, message) | ({"id": message} if name == "alert" else {})
            if name == "ask":
                body["about"] = message
            answer = page.wire.ask(name, body)
            assert answer["error"]["code"] == "not_yours", (who, name, answer)
    assert kept(theirs) == before


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("ask", {"client_id": "forged000001", "text": "x" * 301}, "bad_message"),
        ("ask", {"client_id": "forged000001", "text": "   "}, "bad_message"),
        ("ask", {"client_id": "short", "text": "Comment ?"}, "bad_message"),
        ("ask", {"client_id": "forged000001", "text": "Comment\x00 ?"}, "bad_message"),
        ("ask", {"client_id": "forged000001", "text": "Comment ?", "author": "x"}, "bad_message"),
        ("ask", {"client_id": "forged000001", "text": "Comment ?", "about": 0}, "bad_message"),
        ("ask", {"client_id": "forged000001", "text": "Comment ?", "about": 1 << 40},
         "bad_message"),
        ("ask", {"client_id": "forged000001", "text": "Comment ?",
                 "place": {"tour": "t", "scene": "s", "yaw": 1e9}}, "bad_message"),
        ("ask", {"client_id": "forged000001", "text": ["Comment ?"]}, "bad_message"),
        ("ask", [], "bad_message"),
        ("vote", {"id": "one"}, "bad_message"),
        ("report", {"id": 1, "reason": "x" * 201}, "bad_message"),
        ("withdraw", {"id": 999_999}, "not_yours"),
        ("vote", {"id": 999_999}, "not_yours"),
        ("report", {"id": 999_999}, "not_yours"),
        ("reword", {"id": 999_999, "text": "Comment ?"}, "not_yours"),
        ("message", {"to": "account:1", "text": "en privé"}, "bad_message"),
    ],
)  # fmt: skip
def test_what_is_forged_is_refused(
    door: Doorway, meeting: Meeting, name: str, body: Any, code: str
) -> None:
    page = door.student(meeting)
    before = kept(meeting)
    assert page.wire.ask(name, body)["error"]["code"] == code
    assert kept(meeting) == before


def test_a_student_changes_nothing_of_anothers(door: Doorway, meeting: Meeting) -> None:
    message = door.student(meeting, 0).ask("Comment démonte-t-on une pale ?")["id"]
    other = door.student(meeting, 1)
    for name, body in (
        ("withdraw", {"id": message}),
        ("reword", {"id": message, "text": "Autre chose ?"}),
        ("vote", {"id": message}),
    ):
        assert other.wire.ask(name, body)["error"]["code"] == "not_yours"


def test_a_revoked_card_ends_at_the_next_word(door: Doorway, meeting: Meeting) -> None:
    page = door.student(meeting)
    meeting.change(Visitor, meeting.visitors[0][0], grip=5)
    assert page.ask("Comment démonte-t-on une pale ?")["error"]["code"] == "gone"
    assert page.wire.is_over()


def test_nothing_is_said_in_a_closed_room(door: Doorway, meeting: Meeting) -> None:
    asking, karim = door.student(meeting), door.professional(meeting)
    with meeting.app.app_context():
        write(lambda tx: close_room(tx, meeting.id, days=90))
    assert asking.ask("Comment démonte-t-on une pale ?")["error"]["code"] == "closed"
    said = {"client_id": "afterwards01", "text": "Au revoir."}
    assert karim.wire.ask("word", said)["error"]["code"] == "closed"


def test_whoever_speaks_too_fast_is_told_so_on_all_their_lines(
    door: Doorway, meeting: Meeting
) -> None:
    lines = [door.student(meeting) for _line in range(3)]
    said = [
        line.ask("Comment démonte-t-on une pale ?").get("error", {}).get("code", "kept")
        for line in lines
        for _time in range(3)
    ]
    assert said.count("kept") == 1
    assert "too_fast" in said


def test_at_home_one_reads_and_does_not_write(door: Doorway, meeting: Meeting) -> None:
    today = local_day(now(), "Europe/Paris")
    meeting.change(Classroom, meeting.classrooms[0], time="home", home_until=today)
    page = door.student(meeting)
    assert page.ask("Comment démonte-t-on une pale ?")["error"]["code"] == "not_lesson"


def test_there_is_no_private_message() -> None:
    """No event names somebody to whom it goes: all that is said is said to the room."""
    fields = {field for handler in CHAT.values() for field in handler.model.model_fields}
    assert fields & {"to", "recipient", "visitor", "account", "student", "author"} == set()
