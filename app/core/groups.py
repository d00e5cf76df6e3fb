"""Group commit under gevent: the writer of the serving process on SQLite."""

import sqlite3
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context
from typing import Any, cast

import gevent
from gevent.event import Event as Wakeup
from gevent.threadpool import ThreadPool
from sqlalchemy import Engine
from sqlalchemy.engine import Connection, RootTransaction
from sqlalchemy.exc import OperationalError

from app.core.db import BUSY_SECONDS
from app.core.events import Events
from app.core.writer import Queue, T, Unit, Waiting, driver_of, fail_group, run_group

COMPANY = 0.002
"""Seconds that a unit waits for others: at 350 finds a second it saves a quarter of the processor.
"""
CROWD, LATELY = 3, 0.02
"""As many commits within as many seconds are a crowd; a unit outside one does not wait: hardly
anybody would come.
"""


class GroupWriter:
    """Units wait in a queue, run on the loop one after the other, and are committed together.

    The loop never waits for a lock or the disk: a thread does. Only those two are worth a thread;
    with the statements there too, thread and loop take the interpreter from each other a dozen
    times a find, and each time may cost a switch interval.
    """

    def __init__(self, engine: Engine, events: Events) -> None:
        self._engine = engine
        self._events = events
        self._queue = Queue()
        self._thread = ThreadPool(1)
        self._connection: Connection | None = None
        self._is_draining = False
        self._committed_at = deque([0.0], maxlen=CROWD)
        self._stopped: BaseException | None = None
        """What should have ended whoever leads, while the thread was at it."""

    def write(self, unit: Unit[T]) -> T:
        """Wait until `unit` is committed; return its result or raise its error.

        It runs as if here: in the caller's app and language.
        """
        done = Wakeup()
        here = copy_context()
        waiting = Waiting(lambda tx: here.run(unit, tx), done.set)
        self._queue.add(waiting)
        if not self._is_draining:
            self._lead()
        done.wait()
        if waiting.error is not None:
            raise waiting.error
        result: T = waiting.result
        return result

    def _lead(self) -> None:
        """Commit one's own group, with all who came meanwhile; another goes on for the next.

        Whoever finds nobody at it does it: to start a greenlet for it and to be woken by it takes
        longer than the unit.
        """
        self._is_draining = True
        try:
            self._drain_once()
        finally:
            self._go_on()
        stopped, self._stopped = self._stopped, None
        if stopped is not None:
            raise stopped

    def _drain(self) -> None:
        try:
            while self._queue:
                self._drain_once()
        finally:
            self._go_on()

    def _go_on(self) -> None:
        """Let a greenlet take those who wait; without any, the next to come leads."""
        if self._queue:
            gevent.spawn(self._drain)
        else:
            self._is_draining = False

    def _drain_once(self) -> None:
        if time.monotonic() - self._committed_at[0] < LATELY:
            gevent.sleep(COMPANY)
        group = self._commit_next()
        self._committed_at.append(time.monotonic())
        for waiting in group:
            # listeners hear for everybody: nothing of whoever leads is there
            Context().run(self._events.deliver, waiting.events)
            waiting.wake()

    def _commit_next(self) -> list[Waiting]:
        """Commit those who wait, those included who came while the lock was waited for."""
        group: list[Waiting] = []
        try:
            connection = self._open()
            transaction = self._begin(connection)
            group = self._queue.take()
            try:
                run_group(connection, group)
                self._in_thread(transaction.commit)
            except BaseException:
                transaction.rollback()
                raise
        except BaseException as error:  # noqa: BLE001  each unit gets it
            group = group or self._queue.take()
            fail_group(group, error)
            self._close()
        return group

    def _begin(self, connection: Connection) -> RootTransaction:
        """Take the lock: at once when it is free, else in the thread, where it may wait."""
        try:
            return connection.begin()
        except OperationalError:
            return self._in_thread(self._wait_for_lock, connection)

    def _in_thread(self, do: Callable[..., T], *given: Any) -> T:
        """What the thread does. It is never left alone with the connection: a caller that is killed
        or has no more time meanwhile hears so once its group was told.
        """
        done = self._thread.spawn(do, *given)
        while not done.ready():
            try:
                done.wait()
            except BaseException as error:  # noqa: BLE001  raised by _lead
                self._stopped = error
        return cast("T", done.get())

    def _wait_for_lock(self, connection: Connection) -> RootTransaction:
        wait_at_most(connection, BUSY_SECONDS)
        try:
            return connection.begin()
        finally:
            with suppress(sqlite3.Error):  # of a connection that broke: why it did is told
                wait_at_most(connection, 0)

    def _open(self) -> Connection:
        if self._connection is None or self._connection.invalidated:
            self._connection = self._engine.connect().execution_options(writing=True)
            wait_at_most(self._connection, 0)
        return self._connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


def wait_at_most(connection: Connection, seconds: int) -> None:
    """How long SQLite waits for a lock that another process holds."""
    driver_of(connection).execute(f"PRAGMA busy_timeout={seconds * 1000}")
