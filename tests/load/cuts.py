"""A server that dies in the middle of finds: by SIGKILL, or with the power of its disk."""

import multiprocessing
import os
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.client import Result, Stream, run
from tests.load.disk import FILES, failing_disk, kept_entries
from tests.load.site import MeasuredSite
from tests.load.students import Find

CONNECTIONS = 32
EARLY = 60
"""Finds that fit into the log before it is synced for the first time."""


@dataclass
class Toll:
    """What one or several deaths have cost."""

    acknowledged: int = 0
    lost: list[Find] = field(default_factory=list)
    """Acknowledged, and not in the ledger after."""
    twice: list[tuple[int, str]] = field(default_factory=list)
    """In the ledger more than once."""
    missing: list[Find] = field(default_factory=list)
    """Sent again until they were acknowledged, and not in the ledger at the end."""


def kill_while_finding(data: Path, finds: Sequence[Find], kills: int) -> Toll:
    """Kill the server `kills` times in the middle of `finds`, go on each time, then count."""
    toll, left = Toll(), list(finds)
    for number in range(kills):
        site = MeasuredSite(data).start()
        acknowledged = _die(site, left, len(left) // (kills - number + 1))
        left = _count(toll, data, left, acknowledged)
    return _finish(toll, data, finds, left)


def cut_while_finding(data: Path, finds: Sequence[Find], cuts: int, library: Path) -> Toll:
    """The same with power cuts: the server goes on each time with what its disk has kept."""
    toll, left = Toll(), list(finds)
    for number in range(cuts):
        shadow = data.parent / f"shadow-{number}"
        site = MeasuredSite(data)
        site.variables = failing_disk(library, data, shadow)
        acknowledged = _die(site.start(), left, len(left) // (cuts - number + 1))
        left = _count(toll, shadow, left, acknowledged)
        come_back(data, shadow)
    return _finish(toll, data, finds, left)


def cut_while_forgetting(data: Path, finds: Sequence[Find], library: Path) -> Toll:
    """One power cut under a server that does not sync at each commit.

    It comes early: every thousand pages the log is synced, however lazy the database is.
    """
    toll, shadow = Toll(), data.parent / "shadow-normal"
    site = MeasuredSite(data)
    forgetful = {"BENCH_SYNCHRONOUS": "NORMAL"}
    site.variables = failing_disk(library, data, shadow) | forgetful
    acknowledged = _die(site.start(), finds, EARLY)
    _count(toll, shadow, finds, acknowledged)
    return toll


def _die(site: MeasuredSite, finds: Sequence[Find], after: int) -> set[int]:
    """Send finds, kill the server once `after` of them are kept; which were acknowledged."""
    context = multiprocessing.get_context("spawn")
    stream = Stream(site.port, [find.request for find in finds], CONNECTIONS)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        sent = pool.submit(run, [stream])
        _wait_for_entries(site.data, after, sent)
        worker = child_of(site.pid)
        site.kill()
        (result,) = sent.result()
    wait_for_end(worker)
    return {number for number, status in result.status.items() if status == 200}


def _wait_for_entries(data: Path, count: int, sent: "Future[list[Result]]") -> None:
    address = f"file:{data / FILES[0]}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        query = "SELECT max(id) FROM entry"
        wanted = (database.execute(query).fetchone()[0] or 0) + count
        while (database.execute(query).fetchone()[0] or 0) < wanted and not sent.done():
            time.sleep(0.002)


def child_of(pid: int) -> int | None:
    """The worker of a serving process, when it has one."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else None


def wait_for_end(pid: int | None) -> None:
    """The worker ends with its server; it must not tidy up under the next one."""
    end = time.monotonic() + 20
    while pid is not None and time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)


def _count(toll: Toll, folder: Path, sent: Sequence[Find], acknowledged: set[int]) -> list[Find]:
    """Compare what was acknowledged with what is kept in `folder`; the finds to send again."""
    kept = kept_entries(folder)
    known = set(kept)
    toll.acknowledged += len(acknowledged)
    toll.lost += [sent[n] for n in acknowledged if (sent[n].visitor, sent[n].source) not in known]
    toll.twice += _twice(kept)
    return [find for number, find in enumerate(sent) if number not in acknowledged]


def _finish(toll: Toll, data: Path, finds: Sequence[Find], left: Sequence[Find]) -> Toll:
    """Send the rest to a server that lives, then count everything."""
    with MeasuredSite(data) as site:
        stream = Stream(site.port, [find.request for find in left], CONNECTIONS)
        run([stream])[0].expect(200)
    toll.acknowledged += len(left)
    kept = kept_entries(data)
    known = set(kept)
    toll.twice += _twice(kept)
    toll.missing = [find for find in finds if (find.visitor, find.source) not in known]
    return toll


def _twice(entries: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    return [entry for entry, count in Counter(entries).items() if count > 1]


def come_back(data: Path, shadow: Path) -> None:
    """The power is back: the database is what the disk has kept."""
    for name in (*FILES, "deambule.db-shm"):
        (data / name).unlink(missing_ok=True)
    for name in FILES:
        if (shadow / name).exists():
            shutil.copyfile(shadow / name, data / name)
