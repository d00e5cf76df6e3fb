"""One import at a time on a site: they share files, and the second would undo the first's.

On SQLite a lock on a file of the data folder, on PostgreSQL one of the database. Both are let go
when their process ends, however it ends.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import text
from sqlalchemy.engine import Connection

from app.core.config import Settings
from app.core.db import db
from tours.bundles.problems import BadBundle, Problem

PATIENCE = 300.0
"""Seconds for which an import waits for another one."""
_STEP = 0.1
_LOCK = 0x64656D62
"""The number of the lock on PostgreSQL; nothing else uses advisory locks."""


@contextmanager
def import_alone(name: str) -> Iterator[None]:
    """Wait until no other import is at work. Raises BadBundle, naming `name`, after PATIENCE."""
    settings: Settings = current_app.extensions["settings"]
    with _file_lock(settings.data) if settings.is_sqlite else _database_lock() as take:
        _wait(take, name)
        yield


def _wait(take: Callable[[], bool], name: str) -> None:
    end = monotonic() + PATIENCE
    while not take():
        if monotonic() >= end:
            sentence = _l("Une autre importation est en cours ; recommencez quand elle est finie.")
            raise BadBundle([Problem(name, 0, 0, sentence)])
        sleep(_STEP)


@contextmanager
def _file_lock(folder: Path) -> Iterator[Callable[[], bool]]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "import.lock").open("a") as file:

        def take() -> bool:
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            return False

        yield take


@contextmanager
def _database_lock() -> Iterator[Callable[[], bool]]:
    """On a connection of its own, outside of any transaction: one that idles may be ended."""
    with db.engine.connect() as pooled:
        connection: Connection = pooled.execution_options(isolation_level="AUTOCOMMIT")
        values = {"lock": _LOCK}
        try:
            yield lambda: bool(
                connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), values)
            )
        finally:
            connection.execute(text("SELECT pg_advisory_unlock_all()"))
