"""What a class builds in the database: who counts, and the clock of its hour."""

import time
from datetime import UTC, datetime, timedelta

import gevent
import pytest
import time_machine
from sqlalchemy import select

from app.core.db import db
from app.core.writer import write
from app.live.building import build, minutes_since
from app.live.models import ObjectBuild
from app.live.objects import SETTLING
from app.live.pushing import PAUSE
from tests.classes.room import Room
from tests.tours.mill import Student as Walker
from tours.content import TourContent
from tours.published import published_tours

PATIENCE = 10.0
NOON = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def mill_tour() -> TourContent:
    """The tour of the room."""
    return next(tour for tour in published_tours() if tour.slug == "mill-tour")


def kept(room: Room) -> ObjectBuild:
    """How far the class is."""
    (one,) = builds_of(room)
    return one


def builds_of(room: Room) -> list[ObjectBuild]:
    """What it has begun, read anew."""
    classroom_id = room.row.id
    db.session.rollback()
    query = select(ObjectBuild).where(ObjectBuild.classroom_id == classroom_id)
    return list(db.session.scalars(query))


def test_the_clock_of_a_class_runs_for_its_hour_from_the_first_find() -> None:
    assert minutes_since(None, NOON) is None
    assert minutes_since(NOON, NOON + timedelta(minutes=5)) == pytest.approx(SETTLING + 5)
    assert minutes_since(NOON, NOON + timedelta(days=1)) is None


def test_at_home_all_students_count_and_in_class_those_who_are_there(room: Room) -> None:
    walkers = [room.come_in() for _ in range(4)]
    walkers[0].find("meal", opened=True)
    classroom_id, content = room.row.id, mill_tour()
    write(lambda tx: build(tx, classroom_id, content, 1))
    assert kept(room).present == 1
    assert room.act("time", time="home").status_code == 302
    write(lambda tx: build(tx, classroom_id, content, 1))
    assert kept(room).present > 1


def play(room: Room, students: int) -> Walker:
    """One computer plays for so many students, who have no page of their own."""
    assert room.act("whole", tour="mill-tour", more=str(students)).status_code == 302
    screen = Walker(room.teacher)
    screen.open("hall")
    return screen


def let_boards_follow(room: Room) -> None:
    """Until what was found has been built: a moment later, for all of a burst at once."""
    end = time.monotonic() + PATIENCE
    while not builds_of(room) and time.monotonic() < end:
        gevent.sleep(PAUSE)


def test_one_computer_builds_for_all_for_whom_it_plays(room: Room) -> None:
    screen = play(room, 24)
    assert screen.find("meal", opened=True).status_code == 200
    let_boards_follow(room)
    assert (kept(room).present, kept(room).parts) == (24, 0)


def test_who_was_ticked_is_so_until_the_teacher_stops_playing(room: Room) -> None:
    play(room, 3)
    assert sum(one.is_present for one in room.students()) == 3
    room.act("whole/end")
    assert not any(one.is_present for one in room.students())


def test_a_class_that_is_ahead_of_the_clock_waits_for_its_part(room: Room) -> None:
    classroom_id, content = room.row.id, mill_tour()
    with time_machine.travel(NOON, tick=False) as clock:
        room.come_in().find("meal", opened=True)
        early = write(lambda tx: build(tx, classroom_id, content, 1))
        clock.shift(timedelta(minutes=30))
        late = write(lambda tx: build(tx, classroom_id, content, 1))
    assert (early, late) == (False, True)
