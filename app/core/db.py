"""The database: one engine, how SQLite is opened, and the types of its columns."""

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, event, types
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session, registry

from app.core.config import Settings

BUSY_SECONDS = 10
PRAGMAS: tuple[str, ...] = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-500",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
)
"""FULL keeps what was acknowledged through a power cut; secure_delete makes erasure real.

Half a MB of pages a connection is enough: the system keeps the others, once for all of them.
"""


class Instant(types.TypeDecorator[datetime]):
    """A moment: aware, in UTC, in Python as in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone: it was UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraints have names, so that migrations can drop them."""


class Base(DeclarativeBase):
    """The root of every model, and the column types of its annotations."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: Instant,
            dict[str, Any]: JSON,
            list[Any]: JSON,
            list[str]: JSON,
            list[dict[str, Any]]: JSON,
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def engine_options(settings: Settings) -> dict[str, Any]:
    """What the engine needs for the chosen database. Its errors are logged: they tell no value."""
    common = {"hide_parameters": True}
    if settings.is_sqlite:
        return common | {"connect_args": {"isolation_level": None, "timeout": BUSY_SECONDS}}
    return common | {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True}


def open_database(app: Flask, settings: Settings) -> None:
    """Attach the database to the app; SQLite gets its pragmas and explicit transactions."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings)
    db.init_app(app)
    with app.app_context():
        if settings.is_sqlite:
            listen_to_sqlite(db.engine)


def listen_to_sqlite(engine: Engine) -> None:
    """The driver begins nothing on its own: a writing transaction takes its lock at once.

    A deferred BEGIN that later writes fails with "database is locked" under load.
    """

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, _context: object, _instances: object) -> None:
    """A page reads; only a unit given to the writer writes."""
    if not session.info.get("writing"):
        raise RuntimeError("this session only reads: give a unit to app.core.writer.write")
