"""What SQLite leaves of deleted rows, in its file and in its log, and what takes it away."""

import random
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection, connect

import pytest
from sqlalchemy import create_engine

from app.core.traces.wiping import empty_log, rewrite


def open_file(path: Path) -> Connection:
    """A database as the app opens it, but for the waiting for the disk."""
    connection = connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "secure_delete=ON", "synchronous=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE IF NOT EXISTS it (id INTEGER PRIMARY KEY, a, b, c, UNIQUE(a))")
    return connection


def churn(connection: Connection, seed: int) -> list[str]:
    """Write, rename and delete rows; the words that are in no row any more."""
    chance = random.Random(seed)
    here: dict[int, str] = {}
    gone: list[str] = []
    for number in range(3000):
        word, fate = f"canary{seed:02}-{number:05}-", chance.random()
        filled = word + "x" * chance.randint(0, 70)
        if fate < 0.55 or not here:
            row = connection.execute("INSERT INTO it (a, b, c) VALUES (?, ?, ?)",
                                     (filled, word, "y" * chance.randint(0, 300)))  # fmt: skip
            here[row.lastrowid or 0] = word
            continue
        which = chance.choice(list(here))
        gone.append(here.pop(which))
        if fate < 0.75:
            connection.execute("UPDATE it SET a = ?, b = ? WHERE id = ?", (filled, word, which))
            here[which] = word
        else:
            connection.execute("DELETE FROM it WHERE id = ?", (which,))
    return gone


def left(path: Path, words: list[str]) -> list[str]:
    """Those of the words that a file still holds."""
    content = path.read_bytes()
    return [word for word in words if word.encode() in content]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database lies."""
    return tmp_path / "it.db"


def test_the_log_holds_what_was_deleted_until_it_is_emptied(path: Path) -> None:
    engine, log = create_engine(f"sqlite:///{path}"), path.with_name("it.db-wal")
    with closing(open_file(path)) as connection:
        gone = churn(connection, 1)
        assert left(log, gone)
        assert empty_log(engine)
        assert log.read_bytes() == b""


def test_a_log_that_somebody_reads_is_left_for_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.traces.wiping.PATIENCE", 0.05)
    engine = create_engine(f"sqlite:///{path}")
    with closing(open_file(path)) as connection, closing(open_file(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM it").fetchall()
        churn(connection, 1)
        assert not empty_log(engine)
        reader.execute("COMMIT")
        assert empty_log(engine)


def test_moved_rows_leave_copies_that_only_a_rewriting_takes_away(path: Path) -> None:
    """The reason for the nightly rewriting: `secure_delete` forgets about one row in a thousand."""
    engine = create_engine(f"sqlite:///{path}")
    with closing(open_file(path)) as connection:
        gone: list[str] = []
        for seed in range(40):
            gone += churn(connection, seed)
            empty_log(engine)
            if left(path, gone):
                break
        else:
            pytest.skip("this SQLite forgets none")
        assert rewrite(engine)
        assert left(path, gone) == []
        assert path.with_name("it.db-wal").read_bytes() == b""
