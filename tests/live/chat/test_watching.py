"""Rooms open, call for last questions, turn and close by themselves; a class needs its adult."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import update

from app.core.db import db, now
from app.core.jobs import Job
from app.core.writer import write
from app.live.chat.attending import Room, attend, find_room
from app.live.chat.day import close_all
from app.live.chat.models import Alarm, ChatRoom, Message, RoomEvent
from app.live.chat.watching import Watcher
from app.live.realtime import Caller, Hello, Line, Lines
from app.live.sessions.models import Booking, Session
from tests.live.chat.meeting import Doorway, Meeting, Page, open_meeting
from tests.live.relay import relay_to
from tests.live.wire import Wire
from tests.serving import Site, run_command


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, on which no site runs."""
    data = tmp_path_factory.mktemp("watched")
    assert run_command(data, "db", "upgrade").returncode == 0
    return data


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The time, which only moves when it is told to."""
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


def look(meeting: Meeting) -> Room:
    """Let the watcher look once; the room after that."""
    with meeting.app.app_context():
        db.session.rollback()
        watcher: Watcher = meeting.app.extensions["rooms"]
        watcher.look()
        db.session.rollback()
        found = find_room(meeting.slug)
    assert found is not None
    return found


def test_a_room_of_one_class_opens_at_its_hour_and_ends_by_itself(
    data: Path, clock: time_machine.Traveller
) -> None:
    meeting = open_meeting(data, is_open=False)
    meeting.change(Session, meeting.id, starts_at=now() + timedelta(minutes=2))
    assert look(meeting).phase == "waiting"
    clock.shift(timedelta(minutes=2))
    assert look(meeting).phase == "open"
    meeting.app.extensions["rooms"].watch(meeting.id).had_answerer = True
    clock.shift(timedelta(minutes=34))
    look(meeting)
    assert meeting.room().last_call_at is None
    clock.shift(timedelta(minutes=1))
    look(meeting)
    assert meeting.room().last_call_at == now()
    clock.shift(timedelta(minutes=5))
    assert look(meeting).phase == "closed"
    assert meeting.room().erase_at == now() + timedelta(days=90)


def test_a_room_of_two_classes_does_not_open_without_a_moderator(
    data: Path, clock: time_machine.Traveller
) -> None:
    meeting = open_meeting(data, classes=2, is_open=False)
    assert look(meeting).phase == "waiting"
    clock.shift(timedelta(minutes=10))
    assert look(meeting).phase == "waiting"


def test_nobody_to_answer_makes_it_a_box_of_questions_that_keeps_all(
    data: Path, clock: time_machine.Traveller
) -> None:
    meeting = open_meeting(data)
    with meeting.app.app_context():
        write(lambda tx: tx.session.add(_question(meeting)))
    assert look(meeting).phase == "open"
    clock.shift(timedelta(minutes=2, seconds=59))
    assert look(meeting).phase == "open"
    clock.shift(timedelta(seconds=1))
    assert look(meeting).phase == "written"
    assert [(one.text, one.votes) for one in meeting.rows(Message)] == [("Comment ?", 3)]


def _question(meeting: Meeting) -> Message:
    return Message(
        room_id=meeting.id, author=f"visitor:{meeting.visitors[0][0]}", client_id="box000000001",
        visitor_id=meeting.visitors[0][0], classroom_id=meeting.classrooms[0], class_number=1,
        kind="question", name="Renard", role="student", text="Comment ?", status="shown",
        votes=3, created_at=now(),
    )  # fmt: skip


def held_by(meeting: Meeting, cookie: str) -> Any:
    """What the session of a browser holds."""
    signer: Any = meeting.app.session_interface
    return signer.get_signing_serializer(meeting.app).loads(cookie.partition("=")[2])


def test_a_class_is_warned_after_forty_seconds_without_adult_and_waits_after_sixty(
    data: Path, clock: time_machine.Traveller
) -> None:
    meeting = open_meeting(data)
    watcher: Watcher = meeting.app.extensions["rooms"]
    states = []
    look(meeting)
    for seconds in (0, 39, 1, 19, 1):
        clock.shift(timedelta(seconds=seconds))
        room = look(meeting)
        told = watcher.describe(room, watcher.watch(room.id), [], now())
        states.append(
            (told["classes"][0]["adult"], watcher.is_paused(room.id, room.classes[0].classroom))
        )
    assert states == [
        ("here", False), ("here", False), ("away", False), ("away", False), ("paused", True)
    ]  # fmt: skip


def test_a_class_goes_on_the_moment_its_teacher_comes(
    data: Path, clock: time_machine.Traveller
) -> None:
    meeting = open_meeting(data, classes=2)
    watcher: Watcher = meeting.app.extensions["rooms"]
    look(meeting)
    clock.shift(timedelta(seconds=61))
    look(meeting)
    assert all(watcher.is_paused(meeting.id, one) for one in meeting.classrooms)
    with meeting.app.app_context():
        karim, teacher = (
            attend(meeting.slug, "staff", held_by(meeting, cookie), now())
            for cookie in (meeting.professionals[0], meeting.teachers[0])
        )
        assert karim is not None
        watcher.arrived(karim)
        assert all(watcher.is_paused(meeting.id, one) for one in meeting.classrooms)
        assert teacher is not None
        watcher.arrived(teacher)
    assert [watcher.is_paused(meeting.id, one) for one in meeting.classrooms] == [False, True]


def test_an_alarm_that_nobody_has_seen_is_mailed_once_more_after_a_minute(
    data: Path, clock: time_machine.Traveller
) -> None:
    meeting = open_meeting(data)
    with meeting.app.app_context():
        alarm = Alarm(room_id=meeting.id, name="Renard", text="…", raised_at=now(), mailed=1,
                      classroom_id=meeting.classrooms[0],
                      kept_until=now() + timedelta(days=365))  # fmt: skip
        write(lambda tx: tx.session.add(alarm))
    clock.shift(timedelta(seconds=59))
    look(meeting)
    assert _mails(meeting) == 0
    clock.shift(timedelta(seconds=1))
    look(meeting)
    first = _mails(meeting)
    assert first >= 2, "the class's teacher and an organiser"
    clock.shift(timedelta(minutes=5))
    look(meeting)
    assert _mails(meeting) == first


def _mails(meeting: Meeting) -> int:
    with meeting.app.app_context():
        db.session.rollback()
        return db.session.query(Job).filter(Job.name == "app.live.chat.jobs.mail_alarm").count()


def test_everything_is_closed_with_one_sentence_and_stays_closed(site: Site) -> None:
    meetings = [open_meeting(site.data) for _room in range(3)]
    later = open_meeting(site.data, is_open=False)
    later.change(Session, later.id, starts_at=now() + timedelta(hours=3))
    with Doorway(site) as door:
        pages = [door.student(meeting) for meeting in meetings]
        app = meetings[0].app
        with app.app_context():
            write(lambda tx: close_all(tx, "On se retrouve demain.", "account:1", 90))
        answer = pages[0].ask("Comment démonte-t-on une pale ?")
        assert answer["error"]["code"] == "closed"
        again = door.student(meetings[1])
        assert again.history["room"]["sentence"] == "On se retrouve demain."
    assert [meeting.room().phase for meeting in meetings] == ["closed"] * 3
    with app.app_context():
        db.session.rollback()
        spared = db.session.get(ChatRoom, later.id)
    assert spared is None or spared.phase != "closed"
    (event,) = [one for one in meetings[2].rows(RoomEvent) if "On se" in str(one.body)]
    assert event.kind == "room"


@pytest.mark.slow
def test_a_laptop_that_sleeps_pauses_its_class_and_no_other(site: Site, door: Doorway) -> None:
    """The line stays open, and nothing answers any more: only the pings tell."""
    meeting = open_meeting(site.data, classes=2)
    door.leave_open(meeting, meeting.teachers[1])
    door.leave_open(meeting, meeting.professionals[0])
    asking = door.student(meeting, 0, 0)
    with relay_to(site.port) as relay, closing(Wire(relay.url, meeting.teachers[0])) as laptop:
        laptop.enter(room=meeting.slug, side="staff")
        wait_for(asking, "here")
        relay.fall_silent()
        fell_asleep = now()
        wait_for(asking, "away")
        wait_for(asking, "paused")
        assert 60 <= (now() - fell_asleep).total_seconds() <= 90
    refused = asking.ask("Comment démonte-t-on une pale ?")["error"]
    assert (refused["code"], "gardé" in refused["message"]) == ("class_paused", True)
    other = door.student(meeting, 0, 1)
    assert other.ask("Comment démonte-t-on une pale ?")["status"] == "held"
    door.leave_open(meeting, meeting.teachers[0])
    wait_for(asking, "here")
    assert asking.ask("Comment démonte-t-on une pale ?")["status"] == "held"


def wait_for(page: Page, state: str) -> None:
    """Until the page hears that its class's adult is in this state."""
    page.wire.socket.settimeout(90)
    while page.wire.hear("here")["classes"][0]["adult"] != state:
        pass


def test_a_teacher_whose_class_lets_views_be_turned_stays_and_one_without_a_place_goes(
    data: Path,
) -> None:
    """Adults are asked again who they are: what their class allows is not who they are."""
    meeting = open_meeting(data)
    app, watcher = meeting.app, meeting.app.extensions["rooms"]
    held = held_by(meeting, meeting.teachers[0])
    hello = Hello(room=meeting.slug, side="staff", tour=None, scene=None)
    ended: list[str] = []
    app.extensions["lines"] = Lines([Line(Caller("here", held, "fr", hello), frozenset())])
    app.extensions["hang_up"] = ended.append
    booking = Booking.session_id == meeting.id
    with app.app_context():
        watcher.attendants["here"] = attend(meeting.slug, "staff", held, now())
        write(lambda tx: tx.execute(update(Booking).where(booking).values(allows_views=True)))
        watcher.ask_again(now())
        assert ended == []
        assert watcher.attendants["here"].classes[0].allows_views
        write(lambda tx: tx.execute(update(Booking).where(booking).values(state="cancelled")))
        watcher.ask_again(now())
    assert ended == ["here"]
