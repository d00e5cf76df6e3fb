"""One server for all the processes of a test run.

The first test process that asks starts the server, under a lock; the others read from a file how
it is reached. The process that collects the run stops them all (`stop_all`), and the keepers do
if it cannot.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from tests.services.process import OWNER, Service

FOLDER = "DEAMBULE_TEST_FOLDER"
"""Environment variable: where the servers of this run live."""


def open_run() -> None:
    """Make the folder of this run; test processes started later inherit it."""
    folder = Path(tempfile.mkdtemp(prefix="deambule-tests-"))
    folder.chmod(0o755)
    os.environ[FOLDER] = str(folder)
    os.environ[OWNER] = str(os.getpid())


def shared(name: str, start: Callable[[Path], Service]) -> dict[str, str]:
    """How the server is reached; started by the first who asks."""
    folder = Path(os.environ[FOLDER])
    known = folder / f"{name}.json"
    with locked(folder / f"{name}.lock"):
        if not known.exists():
            known.write_text(json.dumps(asdict(start(folder))))
        return Service(**json.loads(known.read_text())).address


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock between processes while the block runs."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def stop_all() -> None:
    """Stop every server of this run and remove its folder."""
    folder = Path(os.environ.pop(FOLDER))
    os.environ.pop(OWNER)
    for known in folder.glob("*.json"):
        Service(**json.loads(known.read_text())).stop()
    shutil.rmtree(folder, ignore_errors=True)
