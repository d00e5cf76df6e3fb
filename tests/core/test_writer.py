"""The writer: units are committed whole or not at all, and the world hears after."""

import threading
from collections.abc import Iterator
from pathlib import Path

import gevent
import pytest
from flask import Flask, has_request_context
from flask_babel import force_locale, gettext
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from app.classes.models import Visitor
from app.classes.visitors import welcome
from app.core.db import db, now
from app.core.events import Event, Events
from app.core.groups import GroupWriter
from app.core.writer import GROUP_SIZE, PlainWriter, Transaction, Writer


class Welcomed(Event):
    """Somebody came (an event of these tests)."""

    visitor: int


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture(params=["plain", "group"])
def writer(request: pytest.FixtureRequest, app: Flask, events: Events) -> Iterator[Writer]:
    if request.param == "plain":
        yield PlainWriter(db.engine, events)
        return
    yield request.getfixturevalue("group_writer")


@pytest.fixture
def group_writer(app: Flask, events: Events) -> GroupWriter:
    """The writer of the serving process on SQLite."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("groups are for SQLite; PostgreSQL has its own")
    return GroupWriter(db.engine, events)


def visitors(engine: Engine | None = None) -> int:
    with (engine or db.engine).connect() as connection:
        return connection.scalar(select(func.count()).select_from(Visitor)) or 0


def test_a_unit_is_committed_and_its_result_comes_back(writer: Writer) -> None:
    assert writer.write(welcome) > 0
    assert visitors() == 1


def test_a_unit_speaks_the_language_of_whoever_asked(writer: Writer, app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        assert writer.write(lambda _tx: gettext("Garder l’ancien profil")) == "Keep the old profile"
    assert writer.write(lambda _tx: gettext("Garder l’ancien profil")) == "Garder l’ancien profil"


def test_a_unit_that_fails_leaves_nothing(writer: Writer) -> None:
    def unit(tx: Transaction) -> None:
        welcome(tx)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        writer.write(unit)
    assert visitors() == 0


def test_a_broken_rule_of_the_database_rolls_back_its_unit_only(writer: Writer) -> None:
    def twice(tx: Transaction) -> None:
        values = {"resume_code": "AAAAA", "progress": 0, "created_at": now(), "seen_at": now()}
        tx.session.add(Visitor(**values))
        tx.session.flush()
        tx.session.add(Visitor(**values))
        tx.session.flush()

    with pytest.raises(IntegrityError):
        writer.write(twice)
    writer.write(welcome)
    assert visitors() == 1


def test_events_are_heard_after_the_commit(writer: Writer, events: Events) -> None:
    heard: list[tuple[int, int]] = []
    engine = db.engine
    events.subscribe(Welcomed, lambda event: heard.append((event.visitor, visitors(engine))))

    def unit(tx: Transaction) -> int:
        visitor = welcome(tx)
        tx.publish(Welcomed(visitor=visitor))
        assert heard == []
        return visitor

    visitor = writer.write(unit)
    assert heard == [(visitor, 1)]


def test_events_of_a_failed_unit_are_never_heard(writer: Writer, events: Events) -> None:
    heard: list[Event] = []
    events.subscribe(Welcomed, heard.append)

    def unit(tx: Transaction) -> None:
        tx.publish(Welcomed(visitor=1))
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        writer.write(unit)
    assert heard == []


def test_a_listener_hears_nothing_of_whoever_commits(
    group_writer: GroupWriter, events: Events, app: Flask
) -> None:
    heard: list[bool] = []
    events.subscribe(Welcomed, lambda _event: heard.append(has_request_context()))
    with app.test_request_context():
        group_writer.write(lambda tx: tx.publish(Welcomed(visitor=1)))
    assert heard == [False]


def test_a_listener_that_fails_does_not_silence_the_others(
    writer: Writer, events: Events, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Event] = []

    def fail(_event: Event) -> None:
        raise RuntimeError

    events.subscribe(Welcomed, fail)
    events.subscribe(Welcomed, heard.append)
    writer.write(lambda tx: tx.publish(Welcomed(visitor=1)))
    assert len(heard) == 1
    assert "a listener failed" in caplog.text


def test_what_waits_is_committed_in_groups_each_unit_on_its_own(
    group_writer: GroupWriter,
) -> None:
    def unit(number: int) -> int:
        def work(tx: Transaction) -> int:
            visitor = welcome(tx)
            if number % 10 == 0:
                raise ValueError(number)
            return visitor

        return group_writer.write(work)

    greenlets = [gevent.spawn(unit, number) for number in range(GROUP_SIZE + 44)]
    gevent.joinall(greenlets)
    failed = [greenlet for greenlet in greenlets if greenlet.exception is not None]
    assert len(failed) == 30
    assert visitors() == 270
    assert len({greenlet.value for greenlet in greenlets} - {None}) == 270


def test_who_is_killed_while_they_commit_for_others_leaves_them_whole(
    group_writer: GroupWriter,
) -> None:
    """The thread is at the connection then: nobody may close it, or roll back, under it."""
    lock = db.engine.connect().execution_options(writing=True)
    with lock.begin():
        leading, other = (gevent.spawn(group_writer.write, welcome) for _one in range(2))
        gevent.sleep(0.1)
        leading.kill(block=False)
        gevent.sleep(0.1)
    gevent.joinall([leading, other], timeout=5)
    stopped: object = leading.value
    assert isinstance(stopped, gevent.GreenletExit)
    assert other.value
    assert visitors() == 2
    assert group_writer.write(welcome) > 0


def test_a_foreign_lock_does_not_stop_the_loop(group_writer: GroupWriter) -> None:
    """While another process holds the database, the unit waits in its thread, pages go on."""
    lock = db.engine.connect().execution_options(writing=True)
    with lock.begin():
        waiting = gevent.spawn(group_writer.write, welcome)
        ticks = 0
        for _ in range(20):
            gevent.sleep(0.01)
            ticks += 1
        assert ticks == 20
        assert not waiting.ready()
    waiting.get(timeout=5)
    lock.close()
    assert visitors() == 1


def test_two_processes_of_many_threads_never_meet_a_locked_database(
    app: Flask, events: Events, tmp_path: Path
) -> None:
    writers = [PlainWriter(db.engine, events) for _ in range(2)]
    errors: list[BaseException] = []

    def work(writer: PlainWriter) -> None:
        try:
            for _ in range(10):
                writer.write(welcome)
        except BaseException as error:  # noqa: BLE001  told below
            errors.append(error)

    threads = [threading.Thread(target=work, args=(writers[n % 2],)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert visitors() == 80


def test_a_page_cannot_write(app: Flask) -> None:
    db.session.add(Visitor(resume_code="B", progress=0, created_at=now(), seen_at=now()))
    with pytest.raises(RuntimeError, match="only reads"):
        db.session.commit()
    db.session.rollback()
