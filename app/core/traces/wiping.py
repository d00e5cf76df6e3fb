"""Erasure goes as far as the bytes: what was deleted must not be read in the database's files.

SQLite zeroes what is deleted (`secure_delete`), but the write-ahead log keeps older copies of a
page until it is truncated, and a few rows that were moved between pages leave a copy behind until
the file is rewritten. The log is emptied soon after each erasure, the file is rewritten at night.
PostgreSQL keeps dead rows until a VACUUM; docs/privacy.md says what remains then.
"""

import sqlite3
from contextlib import closing

from sqlalchemy import Engine, select

from app.core.db import Base
from app.core.jobs import Job, enqueue
from app.core.writer import Transaction

EMPTY_LOG = "app.core.traces.jobs.empty_log"
PATIENCE = 2.0
"""Seconds for which the log waits for those who read; writers wait meanwhile."""
LONG_PATIENCE = 30.0
"""The same at night."""


def ask_to_wipe(tx: Transaction) -> None:
    """Let the worker empty the log, once for all that is erased at about this time."""
    waiting = select(Job.id).where(Job.name == EMPTY_LOG, Job.state == "waiting")
    if tx.execute(waiting.limit(1)).first() is None:
        enqueue(tx, EMPTY_LOG, {}, "empty the write-ahead log")


def empty_log(engine: Engine) -> bool:
    """Let no older copy of a page be left; False while somebody still reads one."""
    if engine.dialect.name != "sqlite":
        _vacuum(engine)
        return True
    with closing(_open(engine, PATIENCE)) as connection:
        return _truncate(connection)


def rewrite(engine: Engine) -> bool:
    """Write the database anew, without what deleted rows left; False when the log is in use."""
    if engine.dialect.name != "sqlite":
        _vacuum(engine)
        return True
    with closing(_open(engine, LONG_PATIENCE)) as connection:
        try:
            connection.execute("VACUUM")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                return False
            raise
        return _truncate(connection)


def _open(engine: Engine, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(str(engine.url.database), patience, isolation_level=None)
    connection.execute("PRAGMA secure_delete=ON")
    return connection


def _truncate(connection: sqlite3.Connection) -> bool:
    is_busy, _pages, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def _vacuum(engine: Engine) -> None:
    tables = ", ".join(f'"{name}"' for name in Base.metadata.tables)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"VACUUM {tables}")
