"""Statements that run at every click: compiled once, handed to SQLite's driver without a detour.

SQLAlchemy takes 60 µs and more for a statement of which SQLite needs 8; a find runs a dozen. On
PostgreSQL, where the way to the server costs more than that, they go the usual way.
"""

import sqlite3
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Protocol

from flask import current_app
from sqlalchemy import Engine, Executable, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ClauseElement

from app.core.db import db

_DIALECT = sqlite.dialect(paramstyle="named")
_Change = Callable[[Any], Any]


class Query:
    """One statement. Its values are all `bindparam`s; lists (`IN`) are not for here."""

    def __init__(self, statement: Any, postgresql: Any = None) -> None:
        """`postgresql` is the same in that dialect, where the two differ."""
        self.statement: ClauseElement = statement
        self.elsewhere: Executable = postgresql if postgresql is not None else statement

    def run(self, connection: sqlite3.Connection, values: dict[str, Any]) -> list[Any]:
        """The rows that it returns, as tuples. Raises KeyError when a value is missing."""
        sql, defaults, given, taken = self._prepared
        bound = defaults | values
        for name, change in given:
            bound[name] = change(bound[name])
        rows = connection.execute(sql, bound).fetchall()
        return [_changed(row, taken) for row in rows] if taken else rows

    @cached_property
    def _prepared(
        self,
    ) -> tuple[str, dict[str, Any], list[tuple[str, _Change]], list[tuple[int, _Change]]]:
        compiled: Any = self.statement.compile(dialect=_DIALECT)
        required = {name for name, bind in compiled.binds.items() if bind.required}
        defaults = {name: v for name, v in compiled.params.items() if name not in required}
        given = [(name, _bind(bind.type)) for name, bind in compiled.binds.items()]
        columns: Sequence[Any] = getattr(self.statement, "exported_columns", ())
        taken = [(place, _result(column.type)) for place, column in enumerate(columns)]
        return (
            str(compiled),
            defaults,
            [(name, change) for name, change in given if change],
            [(place, change) for place, change in taken if change],
        )


def _bind(kind: Any) -> _Change | None:
    change: _Change | None = kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return change


def _result(kind: Any) -> _Change | None:
    change: _Change | None = kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return change


def _changed(row: tuple[Any, ...], changes: list[tuple[int, _Change]]) -> tuple[Any, ...]:
    values = list(row)
    for place, change in changes:
        values[place] = change(values[place])
    return tuple(values)


class Rows(Protocol):
    """Runs a query: `read` outside a transaction, `tx.rows` inside one."""

    def __call__(self, query: Query, **values: Any) -> list[Any]:
        """The rows as tuples."""
        ...


class Reads:
    """Reading connections to SQLite beside SQLAlchemy's: each query sees what is committed.

    A read never gives way to another greenlet, so that one connection serves them all.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._free: list[Any] = []
        event.listen(engine, "engine_disposed", lambda _engine: self.close())

    def rows(self, query: Query, **values: Any) -> list[Any]:
        """What `query` finds now."""
        try:
            fairy = self._free.pop()
        except IndexError:
            fairy = self._engine.raw_connection()
        try:
            return query.run(fairy.dbapi_connection, values)
        finally:
            self._free.append(fairy)

    def close(self) -> None:
        """Give the connections back."""
        while self._free:
            self._free.pop().invalidate()


def _rows_of_session(query: Query, **values: Any) -> list[Any]:
    return list(db.session.execute(query.elsewhere, values))


def open_reads(engine: Engine) -> Rows:
    """How the app reads: past SQLAlchemy on SQLite, through the request's session elsewhere."""
    return Reads(engine).rows if engine.dialect.name == "sqlite" else _rows_of_session


def read(query: Query, **values: Any) -> list[Any]:
    """Run a query that only reads, outside any transaction."""
    rows: Rows = current_app.extensions["reads"]
    return rows(query, **values)
