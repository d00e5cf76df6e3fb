"""What a class builds in the database: who counts, and the clock of its hour."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.core.db import db
from app.core.writer import write
from app.live.building import build, minutes_since
from app.live.models import ObjectBuild
from app.live.objects import SETTLING
from tests.classes.room import Room
from tours.content import TourContent
from tours.published import published_tours

NOON = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def mill_tour() -> TourContent:
    """The tour of the room."""
    return next(tour for tour in published_tours() if tour.slug == "mill-tour")


def kept(room: Room) -> ObjectBuild:
    """How far the class is."""
    classroom_id = room.row.id
    db.session.rollback()
    query = select(ObjectBuild).where(ObjectBuild.classroom_id == classroom_id)
    return db.session.scalars(query).one()


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


def test_a_class_that_is_ahead_of_the_clock_waits_for_its_part(room: Room) -> None:
    classroom_id, content = room.row.id, mill_tour()
    with time_machine.travel(NOON, tick=False) as clock:
        room.come_in().find("meal", opened=True)
        early = write(lambda tx: build(tx, classroom_id, content, 1))
        clock.shift(timedelta(minutes=30))
        late = write(lambda tx: build(tx, classroom_id, content, 1))
    assert (early, late) == (False, True)
