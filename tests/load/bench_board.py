"""Sixty classes of thirty, all finding: how soon each find is on its class's board.

Every student keeps a line and finds something every 25 seconds; every class has a board. A find
counts from the moment it is sent until the board is pushed a class total that holds it. Beside it,
on the same server and at the same time: a view that answers `ok`, and a live event that does
nothing. One view of a leader is timed until the last of its thirty students has it.
"""

import asyncio
import multiprocessing
import random
import sys
import time
from bisect import bisect_right
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import orjson

from tests.load.classes import Class, open_classes
from tests.load.harness import QUICK, Bench, percentile, say
from tests.load.lines import Line
from tests.load.sample import SCENES, TOUR
from tests.load.site import MeasuredSite, new_site
from tests.load.students import find_requests, get, take

CLASSES = 10 if QUICK else 60
SIZE = 30
PACE = 25.0
"""Seconds between two finds of a student: 41 hotspots in an hour are one in 70."""
SECONDS = 10.0 if QUICK else 40.0
OPENING = 150.0
"""Lines opened a second before anything is measured."""
BESIDE = 10.0
"""Times a second that the references are asked."""
CONNECTIONS = 48
VIEWS = 10


@dataclass
class Board:
    """What a board was told: class totals, and when."""

    totals: list[int] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)

    def hear(self, packet: bytes) -> None:
        """Note the finds of a push."""
        name, body = orjson.loads(packet[2:])
        if name == "board":
            self.moments.append(time.perf_counter())
            self.totals.append(body["finds"])


@dataclass
class Figures:
    """Latencies in seconds."""

    finds: list[float] = field(default_factory=list)
    lost: int = 0
    ok: list[float] = field(default_factory=list)
    nothing: list[float] = field(default_factory=list)
    views: list[float] = field(default_factory=list)


class Led:
    """The students of the class that is led: when the last of them had a view."""

    def __init__(self) -> None:
        self._heard = 0
        self._all = asyncio.Event()

    def hear(self, packet: bytes) -> None:
        """Count the views."""
        self._heard += packet.startswith(b'42["lead_view"')
        if self._heard >= SIZE:
            self._all.set()

    async def wait(self) -> None:
        """Until all have it; then count anew."""
        await asyncio.wait_for(self._all.wait(), 10)
        self._heard = 0
        self._all.clear()


class Pool:
    """Kept connections for requests."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: asyncio.LifoQueue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = (
            asyncio.LifoQueue()
        )

    async def open(self) -> None:
        """Open them all."""
        for _ in range(CONNECTIONS):
            self._idle.put_nowait(await asyncio.open_connection("127.0.0.1", self._port))

    async def ask(self, request: bytes) -> float:
        """Seconds that a request takes. Raises RuntimeError unless it is answered by 200."""
        reader, writer = await self._idle.get()
        start = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().partition(b"content-length: ")[2].split(b"\r", 1)[0])
        await reader.readexactly(size)
        self._idle.put_nowait((reader, writer))
        if head[9:12] != b"200":
            raise RuntimeError(head.decode())
        return time.perf_counter() - start


async def open_lines(
    port: int, classes: Sequence[Class], boards: Sequence[Board], led: Led
) -> tuple[list[Line], list[Line]]:
    """Every board's line, then every student's; those of the first class note what leads them."""

    async def open_student(cookie: str, *, is_led: bool) -> Line:
        hello = {"tour": TOUR, "scene": SCENES[0]}
        hear = led.hear if is_led else (lambda _packet: None)
        return await Line.open(port, f"deambule={cookie}", hello, hear)

    screens = [
        await Line.open(port, one.board, {"classroom": one.slug}, board.hear)
        for one, board in zip(classes, boards, strict=True)
    ]
    seats = [(one.cookie, each is classes[0]) for each in classes for one in each.students]
    tasks = []
    for cookie, is_led in seats:
        tasks.append(asyncio.create_task(open_student(cookie, is_led=is_led)))
        await asyncio.sleep(1 / OPENING)
    return screens, list(await asyncio.gather(*tasks))


async def find_all(
    pool: Pool, classes: Sequence[Class], boards: Sequence[Board], figures: Figures
) -> None:
    """Let everybody find at the pace; then see when each find was on its board."""
    bases = [board.totals[-1] for board in boards]
    where = {one.id: number for number, each in enumerate(classes) for one in each.students}
    students = [one for each in classes for one in each.students]
    random.Random(PACE).shuffle(students)
    count = int(len(students) * SECONDS / PACE)
    sent: list[list[float]] = [[] for _ in classes]
    tasks = []
    start = time.perf_counter()
    for number, one in enumerate(take(find_requests(students), count)):
        due = start + (number + random.Random(number).random()) * SECONDS / count
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        sent[where[one.visitor]].append(time.perf_counter())
        tasks.append(asyncio.create_task(pool.ask(one.request)))
    await asyncio.gather(*tasks)
    await asyncio.sleep(3)
    for base, moments, board in zip(bases, sent, boards, strict=True):
        for number, moment in enumerate(moments):
            at = bisect_right(board.totals, base + number)
            if at < len(board.moments):
                figures.finds.append(board.moments[at] - moment)
            else:
                figures.lost += 1


async def ask_beside(pool: Pool, line: Line, figures: Figures) -> None:
    """Ask the references again and again."""
    while True:
        figures.ok.append(await pool.ask(get("/ok")))
        start = time.perf_counter()
        await line.ask("nothing", {})
        figures.nothing.append(time.perf_counter() - start)
        await asyncio.sleep(1 / BESIDE)


async def lead(screen: Line, led: Led, figures: Figures) -> None:
    """Turn the view of the first class, and wait for its last student each time."""
    where = {"board": "board1", "tour": TOUR, "scene": SCENES[0]}
    await screen.ask("lead", {"mode": "follow", **where})
    for turn in range(VIEWS):
        start = time.perf_counter()
        view = {"board": "board1", "yaw": float(turn), "pitch": 0.0, "hfov": 90.0}
        await screen.ask("lead_view", view)
        await led.wait()
        figures.views.append(time.perf_counter() - start)
        await asyncio.sleep(0.2)


async def measure(port: int, classes: Sequence[Class]) -> Figures:
    """Open all lines, then find, lead and ask beside."""
    figures, pool, led = Figures(), Pool(port), Led()
    boards = [Board() for _ in classes]
    await pool.open()
    screens, lines = await open_lines(port, classes, boards, led)
    await asyncio.sleep(5)
    beside = asyncio.create_task(ask_beside(pool, lines[-1], figures))
    finding = asyncio.create_task(find_all(pool, classes, boards, figures))
    await asyncio.sleep(2)
    await lead(screens[0], led, figures)
    await finding
    beside.cancel()
    for line in (*screens, *lines):
        line.close()
    return figures


def measure_apart(port: int, classes: Sequence[Class]) -> Figures:
    """The same, for a process of its own."""
    return asyncio.run(measure(port, classes))


def main() -> int:
    """Measure and print."""
    bench = Bench("board")
    with new_site() as data:
        classes = open_classes(data, CLASSES, SIZE)
        with MeasuredSite(data) as site:
            site.settle()
            say(f"{CLASSES} classes of {SIZE}, one find a student in {PACE:.0f} s")
            context = multiprocessing.get_context("spawn")
            used, start = site.cpu, time.perf_counter()
            with ProcessPoolExecutor(1, mp_context=context) as pool:
                figures = pool.submit(measure_apart, site.port, classes).result()
            took = time.perf_counter() - start
            used = site.cpu - used
            tell(bench, figures, 100 * used / took, site.memory)
    return bench.finish()


def tell(bench: Bench, figures: Figures, busy: float, memory: float) -> None:
    """The rows."""
    ok, nothing = (1000 * percentile(one, 99) for one in (figures.ok, figures.nothing))
    bench.tell("finds a second", len(figures.finds) / SECONDS, "1/s")
    bench.at_most("finds that no board told", figures.lost, "", limit=0)
    bench.tell("find to board, p50", 1000 * percentile(figures.finds, 50), "ms")
    bench.at_most("find to board, p99", 1000 * percentile(figures.finds, 99), "ms", limit=150,
                  reference=ok, full_only=True)  # fmt: skip
    bench.tell("view `ok` beside, p99", ok, "ms")
    bench.tell("event that does nothing beside, p99", nothing, "ms")
    bench.tell("its ratio", percentile(figures.finds, 99) * 1000 / nothing, "x")
    bench.tell("a leader's view to the last of 30, slowest", 1000 * max(figures.views), "ms",
               reference=nothing)  # fmt: skip
    bench.tell("processor of the serving process, opening lines included", busy, "%")
    bench.tell("its memory", memory, "MB")


if __name__ == "__main__":
    sys.exit(main())
