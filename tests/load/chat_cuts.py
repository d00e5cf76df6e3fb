"""A server that dies in the middle of a chat, by SIGKILL or with the power of its disk."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from app.core.db import db
from app.live.chat.log import find_break
from tests.live.lesson import app_on
from tests.load.cuts import child_of, come_back, wait_for_end
from tests.load.disk import FILES, failing_disk
from tests.load.harness import say
from tests.load.rooms import Hall
from tests.load.site import MeasuredSite
from tests.load.storm import Ledger, Storm
from tests.services.process import free_port

STALLED = 120.0
"""Seconds without any acknowledgement after which something is broken."""


@dataclass
class ChatToll:
    """What the deaths have cost."""

    acknowledged: int = 0
    lost: set[str] = field(default_factory=set)
    """Acknowledged, and not there after, or as something else."""
    doubled: list[str] = field(default_factory=list)
    """There more than once, or acknowledged as two."""
    disordered: list[str] = field(default_factory=list)
    """Behind something that the same person said later."""
    gaps: list[str] = field(default_factory=list)
    """Numbers of rooms that are missing or there twice, in the database or at a listener's."""
    unheard: list[str] = field(default_factory=list)
    """Shown, and never told to a page that listened all the time."""
    broken: list[int] = field(default_factory=list)
    """Rooms whose log does not follow."""
    resent: int = 0
    cut: int = 0
    throttled: int = 0
    """Refused as too fast and sent again: these have the place of the second time."""
    failed: int = 0
    """Refused since something broke, and sent again."""
    again: int = 0
    """Heard once more after a history that had it."""

    @property
    def faults(self) -> int:
        """All of it."""
        wrong = (self.lost, self.doubled, self.disordered, self.gaps, self.unheard, self.broken)
        return sum(map(len, wrong))


@dataclass(frozen=True)
class Deaths:
    """How a server is to die."""

    messages: int
    """Acknowledged when all is over, at least."""
    times: int
    library: Path | None = None
    """The disk that loses its power; none for a SIGKILL."""


def die_while_chatting(data: Path, halls: Sequence[Hall], deaths: Deaths) -> ChatToll:
    """Let the server die as often as asked while everybody speaks, then look at everything."""
    toll = ChatToll()
    storm = Storm(free_port(), halls)
    site = MeasuredSite(data, storm.port)
    try:
        asyncio.run(_rage(site, storm, deaths, toll))
    finally:
        site.stop()
    _judge(toll, data, storm.ledger)
    return toll


async def _rage(site: MeasuredSite, storm: Storm, deaths: Deaths, toll: ChatToll) -> None:
    _start(site, deaths, 0)
    raging = asyncio.create_task(storm.rage())
    for number in range(1, deaths.times + 1):
        await _wait_for(site, storm.ledger, deaths.messages * number // (deaths.times + 1))
        worker = child_of(site.pid)
        await asyncio.to_thread(site.kill)
        await asyncio.to_thread(wait_for_end, worker)
        await asyncio.sleep(0.2)  # what was acknowledged before it died has been read
        _look_after_death(toll, site.data, storm.ledger, deaths, number)
        await asyncio.to_thread(_start, site, deaths, number)
    await _wait_for(site, storm.ledger, deaths.messages)
    storm.over.set()
    await asyncio.wait_for(raging, STALLED)


def _start(site: MeasuredSite, deaths: Deaths, number: int) -> None:
    site.variables = {}
    if deaths.library is not None and number < deaths.times:
        shadow = _shadow(site.data, number)
        site.variables = failing_disk(deaths.library, site.data, shadow)
    site.start()


def _shadow(data: Path, number: int) -> Path:
    return data.parent / f"shadow-chat-{number}"


def _look_after_death(
    toll: ChatToll, data: Path, ledger: Ledger, deaths: Deaths, number: int
) -> None:
    """What the disk holds, before anybody sends anything again."""
    folder = data
    if deaths.library is not None:
        folder = _shadow(data, number - 1)
        come_back(data, folder)
    acknowledged = dict(ledger.kept)
    there = _rows(folder)
    missing = {one for one, kept in acknowledged.items() if (one, kept.id) not in there}
    toll.lost |= missing
    say(f"death {number}: {len(acknowledged)} acknowledged, {len(missing)} lost, "
        f"{ledger.resent} sent again")  # fmt: skip


def _rows(folder: Path) -> set[tuple[str, int]]:
    """Number and id of each message."""
    with closing(sqlite3.connect(folder / FILES[0])) as database:
        return set(database.execute("SELECT client_id, id FROM message").fetchall())


async def _wait_for(site: MeasuredSite, ledger: Ledger, messages: int) -> None:
    """Until so many are acknowledged. Raises RuntimeError, with the log, when none are any more."""
    before, since = -1, 0.0
    while len(ledger.kept) < messages:
        since = 0.0 if len(ledger.kept) > before else since + 0.02
        before = len(ledger.kept)
        if since > STALLED:
            told = site.log.read_text()[-3000:]
            raise RuntimeError(f"nothing is acknowledged after {before} messages:\n{told}")
        await asyncio.sleep(0.02)


def _judge(toll: ChatToll, data: Path, ledger: Ledger) -> None:
    """Compare all that was acknowledged and heard with what is there at the end."""
    toll.acknowledged, toll.resent, toll.cut = len(ledger.kept), ledger.resent, ledger.cut
    toll.throttled, toll.again = len(ledger.throttled), ledger.again
    toll.failed = sum("failed" in codes for codes in ledger.refused.values())
    toll.gaps += [f"heard in room {room}: {was} for {due}" for room, due, was in ledger.disorder]
    toll.doubled += ledger.differently
    with closing(sqlite3.connect(data / FILES[0])) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        _judge_messages(toll, database, ledger)
        _judge_numbers(toll, database)
    app = app_on(data)
    with app.app_context():
        toll.broken = [
            room for room in {one.room for one in ledger.kept.values()}
            if find_break(db.session(), room) is not None
        ]  # fmt: skip


def _judge_messages(toll: ChatToll, database: sqlite3.Connection, ledger: Ledger) -> None:
    query = "SELECT client_id, id, room_id, seq FROM message ORDER BY id"
    own = {kept.room for kept in ledger.kept.values()}  # another storm's ledger knows its own
    rows = [row for row in database.execute(query) if row[2] in own]
    found = {number: (room, key, seq) for number, key, room, seq in rows}
    for number, kept in ledger.kept.items():
        if found.get(number) != (kept.room, kept.id, kept.seq):
            toll.lost.add(number)
    toll.doubled += [n for n, times in Counter(n for n, *_rest in rows).items() if times > 1]
    latest: dict[str, str] = {}
    throttled = ledger.throttled
    for number, *_rest in rows:
        voice = number.partition("n")[0]
        if number in throttled:
            continue
        if number < latest.get(voice, ""):
            toll.disordered.append(f"{number} refused {ledger.refused.get(number)}")
        latest[voice] = number
    last = {room: max(heard) for room, heard in ledger.heard.items()}
    toll.unheard = [  # what was said after the last of them was said when the listener had gone
        number for number, key, room, seq in rows
        if seq is not None and number in ledger.kept and key not in ledger.heard[room]
        and key < last.get(room, 0)
    ]  # fmt: skip


def _judge_numbers(toll: ChatToll, database: sqlite3.Connection) -> None:
    """Each room's numbers run from 1 to its last, each once; a message has one of its own."""
    query = "SELECT session_id, seq FROM room"
    for room, last in database.execute(query).fetchall():
        events = database.execute(
            "SELECT seq, message_id FROM room_event WHERE room_id = ? ORDER BY seq", (room,)
        ).fetchall()
        if [seq for seq, _message in events] != list(range(1, last + 1)):
            toll.gaps.append(f"events of room {room}")
        firsts: dict[int, int] = {}
        for seq, message in events:
            firsts.setdefault(message, seq)
        told = database.execute(
            "SELECT id, seq FROM message WHERE room_id = ? AND seq IS NOT NULL", (room,)
        ).fetchall()
        toll.gaps += [f"message {key} of room {room}" for key, seq in told if firsts[key] != seq]
