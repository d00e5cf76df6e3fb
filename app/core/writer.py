"""The writer: every change of the database is a unit given to `write`.

In the serving process on SQLite, one OS thread with one connection takes the units that wait,
gives each a savepoint, commits once and answers after: one fsync serves many visitors, and no
greenlet ever sleeps on a lock. Elsewhere a unit is a plain transaction.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

from flask import current_app
from sqlalchemy import CursorResult, Engine, Executable
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core.db import db
from app.core.events import Event, Events

T = TypeVar("T")
GROUP_SIZE = 256
DEADLOCK_TRIES = 3


class Transaction:
    """All that a unit may see: a connection on which it writes, and the events it publishes."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.events: list[Event] = []

    @cached_property
    def session(self) -> Session:
        """An ORM session on the same connection, for work that is not on a hot path."""
        return Session(
            self.connection, join_transaction_mode="control_fully", info={"writing": True}
        )

    def execute(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Run one Core statement."""
        return self.connection.execute(statement, values)

    def publish(self, event: Event) -> None:
        """Tell the world, once the commit has happened."""
        self.events.append(event)

    def finish(self) -> None:
        """Send what the session still holds."""
        if "session" in self.__dict__:
            self.session.flush()


Unit = Callable[[Transaction], T]


class Writer(Protocol):
    """Takes units, one transaction or a share of one each."""

    def write(self, unit: Unit[T]) -> T:
        """Run `unit`, commit, deliver its events, return its result; its error rolls it back."""
        ...


def write(unit: Unit[T]) -> T:
    """Give a unit to the writer of the current app.

    What was read before is let go: its connection would be kept from others for as long as this
    one waits. What is read after is what was written, even if the unit read something itself.
    """
    writer: Writer = current_app.extensions["writer"]
    db.session.rollback()
    try:
        return writer.write(unit)
    finally:
        db.session.rollback()


class PlainWriter:
    """One transaction a unit: PostgreSQL, the worker and the command."""

    def __init__(self, engine: Engine, events: Events) -> None:
        self._engine = engine.execution_options(writing=True)
        self._events = events

    def write(self, unit: Unit[T]) -> T:
        """Run `unit` in a transaction; a deadlock's victim tries again."""
        for tries in range(1, DEADLOCK_TRIES + 1):
            try:
                return self._write_once(unit)
            except OperationalError as error:
                if tries == DEADLOCK_TRIES or "deadlock detected" not in str(error.orig):
                    raise
        raise AssertionError("unreachable")

    def _write_once(self, unit: Unit[T]) -> T:
        with self._engine.begin() as connection:
            tx = Transaction(connection)
            result = unit(tx)
            tx.finish()
        self._events.deliver(tx.events)
        return result


class GroupLost(RuntimeError):
    """The whole group was rolled back by another unit's failure; nothing of it was kept."""


@dataclass(slots=True)
class Waiting:
    """A unit in the queue, then its outcome."""

    unit: Unit[Any]
    wake: Callable[[], None]
    result: Any = None
    error: BaseException | None = None
    events: Sequence[Event] = field(default_factory=tuple)


def commit_group(connection: Connection, group: Sequence[Waiting]) -> None:
    """Run the units of `group` in one transaction, each in its savepoint, and commit once."""
    try:
        with connection.begin():
            for waiting in group:
                _run_in_savepoint(connection, waiting)
    except BaseException as error:  # noqa: BLE001  each unit gets it
        for waiting in group:
            waiting.events = ()
            if waiting.error is None:
                waiting.error = error


def _run_in_savepoint(connection: Connection, waiting: Waiting) -> None:
    tx = Transaction(connection)
    connection.exec_driver_sql("SAVEPOINT unit")
    try:
        waiting.result = waiting.unit(tx)
        tx.finish()
    except BaseException as error:
        waiting.error = error
        if not _is_in_transaction(connection):
            raise GroupLost("the database rolled the group back") from error
        connection.exec_driver_sql("ROLLBACK TO unit")
    else:
        waiting.events = tx.events
    connection.exec_driver_sql("RELEASE unit")


def _is_in_transaction(connection: Connection) -> bool:
    """SQLite itself rolls everything back when the disk is full or fails."""
    raw = connection.connection.dbapi_connection
    return bool(raw is not None and raw.in_transaction)


class Queue:
    """The units that wait, in the order in which they came."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, waiting: Waiting) -> None:
        """Put a unit at the end."""
        self._waiting.append(waiting)

    def take(self) -> list[Waiting]:
        """The next group, at most GROUP_SIZE units."""
        size = min(GROUP_SIZE, len(self._waiting))
        return [self._waiting.popleft() for _ in range(size)]
