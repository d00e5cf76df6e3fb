"""The bell rings: nine hundred students join their classes within thirty seconds.

All come from one address, as a school does. A student opens the first page, types the code of the
door and is greeted by name: three requests, the second of which is the join. Students arrive
whether or not those before them were answered; beside them a view that answers `ok` is asked.
"""

import asyncio
import multiprocessing
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.load.classes import open_classes
from tests.load.harness import QUICK, Bench, percentile, say
from tests.load.site import MeasuredSite, new_site
from tests.load.students import ACCEPT_PAGE, BROWSER

CLASSES = 4 if QUICK else 30
SIZE = 30
SECONDS = 4.0 if QUICK else 30.0
BESIDE = 10.0
"""Times a second that `ok` is asked."""
PLAIN = BROWSER.replace("Accept-Encoding: gzip, deflate\r\n", "")
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')


@dataclass
class Figures:
    """Seconds of each step, and what was answered to joins."""

    first: list[float] = field(default_factory=list)
    join: list[float] = field(default_factory=list)
    welcome: list[float] = field(default_factory=list)
    ok: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)


@dataclass
class Answer:
    """What came back."""

    seconds: float
    status: int
    head: str
    body: bytes


class Browser:
    """One student's browser: a connection and a cookie."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookie = ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        """Ask for a page, or send a form."""
        body = urlencode(form).encode() if form else b""
        kind = "Content-Type: application/x-www-form-urlencoded\r\n" if form else ""
        held = f"Cookie: {self._cookie}\r\n" if self._cookie else ""
        head = f"{method} {path} HTTP/1.1\r\n{PLAIN}{ACCEPT_PAGE}{kind}{held}"
        start = time.perf_counter()
        reader, writer = self._streams or await asyncio.open_connection("127.0.0.1", self._port)
        self._streams = reader, writer
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        told = (await reader.readuntil(b"\r\n\r\n")).decode()
        size = re.search(r"(?i)content-length: (\d+)", told)
        got = await reader.readexactly(int(size[1]) if size else 0)
        cookie = re.search(r"(?i)set-cookie: (deambule=[^;]+)", told)
        self._cookie = cookie[1] if cookie else self._cookie
        return Answer(time.perf_counter() - start, int(told[9:12]), told, got)

    def close(self) -> None:
        """Leave."""
        if self._streams:
            self._streams[1].close()


async def join(port: int, code: str, figures: Figures) -> None:
    """One student, from the first page to the greeting."""
    browser = Browser(port)
    page = await browser.ask("GET", "/")
    token = TOKEN.search(page.body)
    form = {"csrf_token": token[1].decode() if token else "", "code": code}
    joined = await browser.ask("POST", "/join", form)
    where = re.search(r"(?i)location: (\S+)", joined.head)
    figures.answers[f"{joined.status} {where[1] if where else ''}".strip()] += 1
    greeted = await browser.ask("GET", "/welcome")
    figures.first.append(page.seconds)
    figures.join.append(joined.seconds)
    figures.welcome.append(greeted.seconds)
    browser.close()


async def ask_beside(port: int, figures: Figures) -> None:
    """Ask for `ok` again and again."""
    browser = Browser(port)
    while True:
        figures.ok.append((await browser.ask("GET", "/ok")).seconds)
        await asyncio.sleep(1 / BESIDE)


async def ring(port: int, codes: Sequence[str]) -> Figures:
    """Let all students come, in any order."""
    figures = Figures()
    beside = asyncio.create_task(ask_beside(port, figures))
    comers = [code for code in codes for _ in range(SIZE)]
    random.Random(1).shuffle(comers)
    start, tasks = time.perf_counter(), []
    for number, code in enumerate(comers):
        due = start + number * SECONDS / len(comers)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(join(port, code, figures)))
    await asyncio.gather(*tasks)
    beside.cancel()
    return figures


def ring_apart(port: int, codes: Sequence[str]) -> Figures:
    """The same, for a process of its own."""
    return asyncio.run(ring(port, codes))


def main() -> int:
    """Measure and print."""
    bench = Bench("bell")
    with new_site() as data:
        codes = [one.code for one in open_classes(data, CLASSES, 0)]
        with MeasuredSite(data) as site:
            site.settle()
            say(f"{CLASSES * SIZE} students join {CLASSES} classes in {SECONDS:.0f} s")
            context, used = multiprocessing.get_context("spawn"), site.cpu
            with ProcessPoolExecutor(1, mp_context=context) as pool:
                figures = pool.submit(ring_apart, site.port, codes).result()
            tell(bench, figures, site.cpu - used)
    return bench.finish()


def tell(bench: Bench, figures: Figures, used: float) -> None:
    """The rows."""
    ok = 1000 * percentile(figures.ok, 99)
    seated = figures.answers["302 /welcome"]
    bench.at_most("students refused or sent to wait", CLASSES * SIZE - seated, "", limit=0)
    bench.tell("join, p50", 1000 * percentile(figures.join, 50), "ms")
    bench.at_most("join, p99", 1000 * percentile(figures.join, 99), "ms", limit=500, reference=ok)
    bench.tell("view `ok` beside, p99", ok, "ms")
    bench.tell("their ratio", 1000 * percentile(figures.join, 99) / ok, "x")
    bench.tell("first page, p99", 1000 * percentile(figures.first, 99), "ms", reference=ok)
    bench.tell("greeting, p99", 1000 * percentile(figures.welcome, 99), "ms", reference=ok)
    bench.tell("processor for one student", 1000 * used / (CLASSES * SIZE), "ms")
    if seated < CLASSES * SIZE:
        say(f"answered: {dict(figures.answers)}")


if __name__ == "__main__":
    sys.exit(main())
