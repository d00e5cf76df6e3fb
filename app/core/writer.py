"""The writer: every change of the database is a unit given to `write`.

In the serving process on SQLite, one connection takes the units that wait, gives each a
savepoint, commits once and answers after: one fsync serves many visitors. Whatever may wait, for
a foreign lock or for the disk, does so in a thread of its own. Elsewhere a unit is a plain
transaction.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar, cast

from flask import current_app
from sqlalchemy import CursorResult, Engine, Executable
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core.db import db
from app.core.events import Event, Events
from app.core.queries import Query

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

    def rows(self, query: Query, **values: Any) -> list[Any]:
        """Run a statement of a hot path; its rows as tuples."""
        if self.connection.dialect.name == "sqlite":
            return query.run(driver_of(self.connection), values)
        result = self.connection.execute(query.elsewhere, values)
        return list(result) if result.returns_rows else []

    def forget(self, model: type[Any], key: Any) -> None:
        """A row was changed past the ORM: what the session knows of it is read again."""
        if "session" in self.__dict__:
            row = self.session.identity_map.get(self.session.identity_key(model, key))
            if row is not None:
                self.session.expire(row)

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
    _let_go()
    try:
        return writer.write(unit)
    finally:
        _let_go()


def _let_go() -> None:
    """Most live events read past the session: then there is none, and none is made for this."""
    if db.session.registry.has():
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


def run_group(connection: Connection, group: Sequence[Waiting]) -> None:
    """Run the units of `group` in the transaction that is open, each in its savepoint.

    Raises GroupLost when the database gave up the transaction.
    """
    for waiting in group:
        _run_in_savepoint(connection, waiting)


def fail_group(group: Sequence[Waiting], error: BaseException) -> None:
    """Nothing of the group was kept: each unit gets the error, unless it has its own."""
    for waiting in group:
        waiting.events = ()
        if waiting.error is None:
            waiting.error = error


def _run_in_savepoint(connection: Connection, waiting: Waiting) -> None:
    tx, driver = Transaction(connection), driver_of(connection)
    driver.execute("SAVEPOINT unit")
    try:
        waiting.result = waiting.unit(tx)
        tx.finish()
    except BaseException as error:
        waiting.error = error
        if not driver.in_transaction:  # SQLite rolls everything back when the disk is full or fails
            raise GroupLost("the database rolled the group back") from error
        driver.execute("ROLLBACK TO unit")
    else:
        waiting.events = tx.events
    driver.execute("RELEASE unit")


def driver_of(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection under SQLAlchemy's."""
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


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
