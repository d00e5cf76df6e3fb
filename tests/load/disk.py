"""Disks that are slow or lose power, for servers under test: see disk.c."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

SOURCE = Path(__file__).with_name("disk.c")
FILES = ("deambule.db", "deambule.db-wal")


class NoCompiler(Exception):
    """The model is C, and nothing here compiles it."""


def build_disk(folder: Path) -> Path:
    """The library to preload. Raises NoCompiler, which says what to install."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise NoCompiler("no C compiler: apt-get install gcc libc6-dev")
    library = folder / "disk.so"
    line = [compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(line, check=True)
    return library


def slow_disk(library: Path, milliseconds: float) -> dict[str, str]:
    """Environment of a server whose disk takes so much longer to sync."""
    return {"LD_PRELOAD": str(library), "DISK_DELAY_US": str(int(milliseconds * 1000))}


def failing_disk(library: Path, data: Path, shadow: Path) -> dict[str, str]:
    """Environment of a server of which `shadow` gets what survives a power cut.

    To be asked before the server starts: `shadow` begins as the database is then.
    """
    shadow.mkdir()
    for name in FILES:
        if (data / name).exists():
            shutil.copyfile(data / name, shadow / name)
    return {"LD_PRELOAD": str(library), "DISK_SHADOW": str(shadow)}


def kept_entries(folder: Path) -> list[tuple[int, str]]:
    """What the ledger in a folder holds: visitor and source of each entry.

    Raises AssertionError when the database is damaged.
    """
    with closing(sqlite3.connect(folder / FILES[0])) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return database.execute("SELECT visitor_id, source FROM entry").fetchall()
