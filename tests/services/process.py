"""Start a server, wait until it answers, stop it by its own process id."""

import itertools
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.services import keeper

OWNER = "DEAMBULE_TEST_OWNER"
"""Environment variable: the process whose end ends the servers; unset: the one that asks."""


_started: dict[int, subprocess.Popen[bytes]] = {}
"""The keepers that this process started and has to collect."""


class Unavailable(Exception):
    """The server is not installed; the text says which Debian package has it."""


class Broken(Exception):
    """The server is installed but did not come up; the text ends with its last words."""


@dataclass
class Service:
    """A server that runs: how it is reached, and the processes to end, last started first."""

    address: dict[str, str]
    keepers: list[int] = field(default_factory=list)

    def stop(self) -> None:
        """End its processes and wait until they have gone."""
        for pid in reversed(self.keepers):
            stop(pid)


def program(name: str, package: str, *folders: str) -> str:
    """The path of an installed program. Raises Unavailable."""
    path = os.pathsep.join([*folders, os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    found = shutil.which(name, path=path)
    if found is None:
        raise Unavailable(f"{name} is not installed: apt-get install {package}")
    return found


def _own_ports() -> Iterator[int]:
    """Ports that the system gives to nobody by itself, others for each worker of a test run.

    A port is only bound some seconds after it was found free: whoever asks the system for any
    port meanwhile must not be given the same.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw8").removeprefix("gw")) % 9
    ports = list(range(10_000 + 2_000 * worker, 12_000 + 2_000 * worker))
    random.shuffle(ports)
    return itertools.cycle(ports)


PORTS = _own_ports()


def free_port() -> int:
    """A port of this machine that nobody listens on; no other caller is given it meanwhile."""
    for port in PORTS:
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise AssertionError("ports never end")


def launch(
    command: list[str],
    log: Path,
    *,
    user: str | None = None,
    stop_with: signal.Signals = signal.SIGTERM,
    env: dict[str, str] | None = None,
) -> int:
    """Start the command under a keeper; the keeper's process id. `user` only counts for root."""
    owner = os.environ.get(OWNER, str(os.getpid()))
    who = user if user and os.geteuid() == 0 else ""
    line = [sys.executable, keeper.__file__, owner, str(int(stop_with)), who, *command]
    with log.open("ab") as output:
        started = subprocess.Popen(
            line,
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
    _started[started.pid] = started
    return started.pid


def wait_until(answers: Callable[[], bool], pid: int, log: Path, seconds: float = 30) -> None:
    """Return when the server answers. Raises Broken with the end of its log."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and keeper.is_alive(pid):
        with suppress(OSError):
            if answers():
                return
        time.sleep(0.02)
    last = log.read_text(errors="replace")[-2000:] if log.exists() else ""
    raise Broken(f"{log.stem} did not come up within {seconds:.0f} s:\n{last}")


def listens(port: int) -> bool:
    """Whether a connection to the port is taken. Raises OSError when it is refused."""
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


def stop(pid: int, seconds: float = 10) -> None:
    """End a keeper and with it its server; no word when it has gone already."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while keeper.is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    if pid in _started:
        _started.pop(pid).wait(seconds)


@contextmanager
def running(start: Callable[[Path], Service]) -> Iterator[Service]:
    """Start a server in a folder of its own and stop it at the end, for benchmarks."""
    with tempfile.TemporaryDirectory(prefix="deambule-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        service = start(folder)
        try:
            yield service
        finally:
            service.stop()
