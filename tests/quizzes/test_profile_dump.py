"""A dump of the database after the purge holds no answers to the profiler, nor a score."""

import random
import re
import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import time_machine
from flask import Flask

from app.core.config import Settings
from app.core.db import db, now
from app.purging import purge, rewrite_database
from quizzes.profiler.areas import AREAS
from quizzes.profiler.items import instrument
from quizzes.profiler.pooling import TOGETHER
from tests.classes.room import Room

Given = dict[str, int]


def draw(chance: random.Random) -> Given:
    """Answers to the short form, as no other person gives them."""
    return {item.id: chance.randint(1, 5) for item in instrument().form("short")}


def rows_of(given: Given) -> list[list[int]]:
    """The same by area, as they would stand in a table."""
    items = instrument().form("short")
    return [[given[one.id] for one in items if one.area == area] for area in AREAS]


def dump(settings: Settings) -> str:
    """The whole database as an operator would take it away: by SQLite itself, or by pg_dump."""
    db.session.remove()
    if settings.is_sqlite:
        path = settings.database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as connection:
            return "\n".join(connection.iterdump())
    program = max(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))
    url = settings.database_url.replace("postgresql+psycopg:", "postgresql:")
    line = [str(program), "--data-only", "--inserts", url]
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout


def found_in(text: str, given: Given) -> list[str]:
    """What of somebody's answers a dump tells: a row of them, or an item by its name."""
    bare = re.sub(r"\s", "", text)
    rows = [str(row).replace(" ", "") for row in rows_of(given)]
    items = [name for name in given if re.search(rf"['\"]{name}['\"]", text)]
    return [*items, *(row for row in rows if row in bare)]


def table(text: str, name: str) -> list[str]:
    """The rows of a table in a dump."""
    return re.findall(rf'INSERT INTO (?:public\.)?"?{name}"? .*', text)


def test_a_dump_after_the_purge_holds_no_answers(
    room: Room, mill: Flask, settings: Settings
) -> None:
    chance = random.Random(1959)
    crowd = [draw(chance) for _one in range(TOGETHER + 3)]
    student = room.come_in().client
    for number, given in enumerate(crowd):
        browser = student if number < 2 else mill.test_client()
        assert browser.post("/quiz/short", data=given).status_code == 200
    before = dump(settings)
    assert len(table(before, "profile_result")) == 2, "the dump is one that would tell"
    with time_machine.travel(now() + timedelta(days=8)):
        purge(mill)
        rewrite_database(settings)
    after = dump(settings)
    assert table(after, "profile_result") == []
    assert len(table(after, "profile_sum")) == len(AREAS), "sums over ten stay"
    assert {
        given: told for given in range(len(crowd)) if (told := found_in(after, crowd[given]))
    } == {}


def test_the_only_one_who_answered_is_not_told_by_the_sums(
    room: Room, mill: Flask, settings: Settings
) -> None:
    given = draw(random.Random(7))
    room.come_in().client.post("/quiz/short", data=given)
    with time_machine.travel(now() + timedelta(days=8)):
        purge(mill)
    text = dump(settings)
    assert table(text, "profile_sum") == []
    assert found_in(text, given) == []
