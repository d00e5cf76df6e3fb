"""Group commit under gevent: the writer of the serving process on SQLite."""

import gevent
from gevent.event import Event as Wakeup
from gevent.threadpool import ThreadPool
from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from app.core.events import Events
from app.core.writer import Queue, T, Unit, Waiting, commit_group


class GroupWriter:
    """Units wait in a queue; one OS thread commits them in groups; answers come on the loop."""

    def __init__(self, engine: Engine, events: Events) -> None:
        self._engine = engine
        self._events = events
        self._queue = Queue()
        self._thread = ThreadPool(1)
        self._connection: Connection | None = None
        self._is_draining = False

    def write(self, unit: Unit[T]) -> T:
        """Wait until `unit` is committed; return its result or raise its error."""
        done = Wakeup()
        waiting = Waiting(unit, done.set)
        self._queue.add(waiting)
        if not self._is_draining:
            self._is_draining = True
            gevent.spawn(self._drain)
        done.wait()
        if waiting.error is not None:
            raise waiting.error
        result: T = waiting.result
        return result

    def _drain(self) -> None:
        try:
            while self._queue:
                group = self._queue.take()
                self._thread.apply(self._commit, (group,))
                for waiting in group:
                    self._events.deliver(waiting.events)
                    waiting.wake()
        finally:
            self._is_draining = False

    def _commit(self, group: list[Waiting]) -> None:
        """In the OS thread: the connection is opened, used and kept here only."""
        try:
            commit_group(self._open(), group)
        except BaseException as error:  # noqa: BLE001  each unit gets it
            self._connection = None
            for waiting in group:
                waiting.error = waiting.error or error

    def _open(self) -> Connection:
        if self._connection is None or self._connection.invalidated:
            self._connection = self._engine.connect().execution_options(writing=True)
        return self._connection
