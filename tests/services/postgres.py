"""PostgreSQL from Debian, in a folder of its own."""

import os
import shutil
import signal
import subprocess
from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

from tests.services.process import (
    Service,
    free_port,
    launch,
    listens,
    program,
    wait_until,
)

USER = "postgres"
"""initdb refuses to run as root."""

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def start(folder: Path, *, is_durable: bool = False) -> Service:
    """Start a server; `address["url"]` is its maintenance database. Durable ones fsync."""
    initdb = program("initdb", "postgresql", *map(str, _versions()))
    data = folder / "postgres"
    data.mkdir()
    user = USER if os.geteuid() == 0 else None
    if user:
        shutil.chown(data, user, user)
    make = [initdb, "--no-sync", "--auth=trust", "--username=deambule", "--encoding=UTF8"]
    make += ["--locale=C.UTF-8", str(data)]
    subprocess.run(make, check=True, capture_output=True, cwd=data, user=user, group=user)
    port = free_port()
    settings = ["max_connections=200", *(() if is_durable else FAST)]
    command = [str(Path(initdb).with_name("postgres")), "-D", str(data), "-p", str(port)]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    command += [part for setting in settings for part in ("-c", setting)]
    log = folder / "postgres.log"
    pid = launch(command, log, user=user, stop_with=signal.SIGINT)
    wait_until(partial(_answers, port), pid, log)
    url = f"postgresql+psycopg://deambule@127.0.0.1:{port}/postgres"
    return Service({"url": url}, [pid])


def create_database(url: str, name: str, template: str = "template0") -> str:
    """Create a database on the server of `url`; its own URL."""
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        order = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(order.format(sql.Identifier(name), sql.Identifier(template)))
    return f"{url.rpartition('/')[0]}/{name}"


def drop_database(url: str, name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        order = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(order.format(sql.Identifier(name)))


def _versions() -> list[Path]:
    """Debian keeps the programs of each version apart; the newest first."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(folders, key=lambda folder: int(folder.parent.name), reverse=True)


def _answers(port: int) -> bool:
    if not listens(port):
        return False
    try:
        psycopg.connect(f"postgresql://deambule@127.0.0.1:{port}/postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")
