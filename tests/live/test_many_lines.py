"""One visitor with many lines: a few stay open, and all of them are read as one."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask

from app.live.presence import MOST_LINES, WHERE, Whereabouts, present_visitors
from app.live.realtime import Caller, Hello, Line, Lines
from tests.classes.room import Room
from tests.classes.test_leaving import session_of
from tests.live.lesson import open_lesson
from tests.live.wire import Wire, stay
from tests.serving import Site, run_command


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with nothing in it."""
    data = tmp_path_factory.mktemp("lines")
    assert run_command(data, "db", "upgrade").returncode == 0
    with Site(data) as site:
        yield site


def test_the_oldest_line_of_a_visitor_makes_room_for_one_too_many(site: Site) -> None:
    lesson = open_lesson(site.data, 2)
    with ExitStack() as stack:

        def come(index: int = 0) -> Wire:
            line = Wire(site.url, lesson.student(index))
            stack.callback(line.close)
            return line.enter()

        other, first = come(1), come()
        lines: list[Wire] = []
        for _one in range(MOST_LINES):
            lines.append(come())
            stay([other, first, *lines])
        assert first.is_over()
        for line in (*lines, other):
            assert "error" not in line.ask("at", {"tour": "mill-tour", "scene": "hall"})


def test_the_lines_of_one_visitor_are_looked_up_once(mill: Flask, room: Room) -> None:
    """The board is told of its class twice a second: a hundred lines of one cookie were as many
    questions to the database."""
    cookies = [session_of(room.come_in().client) for _ in range(2)]
    hello = Hello(classroom=None, room=None, tour=None, scene=None, seq=0)
    rooms = frozenset({f"class:{room.row.id}"})
    mill.extensions["lines"] = Lines(
        Line(Caller(f"{number}", cookies[number % 2], "fr", hello), rooms) for number in range(20)
    )
    WHERE["4"] = Whereabouts("mill-tour", "attic", is_playing=True)
    asked: list[Any] = []
    reads = mill.extensions["reads"]

    def counted(query: Any, **values: Any) -> Any:
        asked.append(query)
        return reads(query, **values)

    mill.extensions["reads"] = counted
    found = present_visitors(mill, room.row.id)
    WHERE.clear()
    assert len(asked) == 2
    assert sorted(found) == sorted(one.visitor_id for one in room.students())
    assert found[cookies[0]["visitor"]].scene == "attic", "the page that one is at"
