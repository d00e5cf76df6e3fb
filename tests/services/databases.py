"""Fixtures: the database that a test runs on, chosen with ``--database``.

A migrated database is made once a run and copied for each test that asks: a file on SQLite, a
template database on PostgreSQL.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Literal
from uuid import uuid4

import pytest

from tests.services.postgres import create_database, drop_database
from tests.services.shared import FOLDER, locked

DatabaseName = Literal["sqlite", "postgresql"]
TEMPLATE = "deambule_template"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which database the tests run on; on PostgreSQL only the tests that use one."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that asks for no database has nothing new to say on the second one."""
    if config.getoption("--database") == "sqlite":
        return
    asked = {"database_url", "empty_database_url"}
    kept = [item for item in items if asked & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> DatabaseName:
    """The name of the database of this run."""
    name: DatabaseName = request.config.getoption("--database")
    return name


@pytest.fixture
def empty_database_url(new_database: Callable[[bool], str]) -> str:
    """URL of a database without a table."""
    return new_database(False)


@pytest.fixture
def database_url(new_database: Callable[[bool], str]) -> str:
    """URL of a database that is migrated and empty."""
    return new_database(True)


@pytest.fixture
def new_database(
    database: DatabaseName, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[bool], str]]:
    """Make databases, migrated or not; they are gone after the test."""
    if database == "sqlite":
        yield lambda is_migrated: _new_file(tmp_path / f"{uuid4().hex}.db", is_migrated)
        return
    server: str = request.getfixturevalue("postgres_url")
    made: list[str] = []

    def make(is_migrated: bool) -> str:
        made.append(f"test_{uuid4().hex}")
        return create_database(server, made[-1], _template(server) if is_migrated else "template0")

    yield make
    for name in made:
        drop_database(server, name)


def _new_file(path: Path, is_migrated: bool) -> str:
    if is_migrated:
        template = Path(os.environ[FOLDER]) / "template.db"
        with locked(template.with_suffix(".lock")):
            if not template.exists():
                _make_template_file(template)
        shutil.copyfile(template, path)
    return f"sqlite:///{path}"


def _make_template_file(template: Path) -> None:
    half = template.with_suffix(".half")
    _migrate(f"sqlite:///{half}")
    with closing(connect(half)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    half.rename(template)


def _template(server: str) -> str:
    made = Path(os.environ[FOLDER]) / "template.made"
    with locked(made.with_suffix(".lock")):
        if not made.exists():
            _migrate(create_database(server, TEMPLATE))
            made.touch()
    return TEMPLATE


def _migrate(url: str) -> None:
    """As an operator does it: by the command, in a process of its own."""
    folder = os.environ[FOLDER]
    chosen = {"DEAMBULE_DATABASE": url, "DEAMBULE_DATA": folder, "DEAMBULE_SECRET": "s" * 32}
    command = [sys.executable, "-m", "app.cli", "db", "upgrade"]
    done = subprocess.run(
        command, env={**os.environ, **chosen}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"deambule db upgrade failed:\n{done.stdout}{done.stderr}")
