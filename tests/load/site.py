"""Servers to measure, and what they cost the machine."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.load.client import Stream, run
from tests.load.sample import build_site
from tests.load.students import get
from tests.services.process import free_port
from tests.serving import Site

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
WORKER_STARTS = 3.0
"""Seconds until the worker beside the server has started and is quiet."""


def cpu_of(pid: int) -> float:
    """Seconds of processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory_of(pid: int) -> float:
    """Resident memory of a process, in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6


class MeasuredSite(Site):
    """The serving process with `/ok` beside its own pages."""

    module = "tests.load.okserver"

    @property
    def cpu(self) -> float:
        """Seconds of processor that the serving process has used."""
        return cpu_of(self.pid)

    @property
    def memory(self) -> float:
        """Resident memory of the serving process, in MB."""
        return memory_of(self.pid)

    def settle(self) -> "MeasuredSite":
        """Wait for the worker and serve some pages: nothing is to be done for the first time."""
        time.sleep(WORKER_STARTS)
        run([Stream(self.port, [get("/"), get("/ok")] * 50, 4)])
        return self


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on a real disk: what is measured is how fast it keeps things."""
    with tempfile.TemporaryDirectory(prefix="deambule-", dir="/var/tmp") as name:
        yield Path(name)


@contextmanager
def new_site() -> Iterator[Path]:
    """The data folder of a site with its tour."""
    with folder() as place:
        build_site(place / "data")
        yield place / "data"


def copy_site(data: Path, name: str) -> Path:
    """A second site like the first, before that one was started."""
    copy = data.parent / name
    shutil.copytree(data, copy, symlinks=True)
    return copy


@contextmanager
def bare_flask() -> Iterator[int]:
    """Flask with nothing around one view; the port."""
    port = free_port()
    line = [sys.executable, "-m", "tests.load.bareserver", str(port)]
    with subprocess.Popen(line) as process:
        _wait_for(port)
        yield port
        process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            run([Stream(port, [get("/ok")], 1)])
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nothing answers on port {port}")
