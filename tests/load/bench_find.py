"""Finds: how many a second are kept for good, how soon, at what share of a view without work.

Everything is asked for by a client in another process on the same cores, with the cookies and
tokens that distinct students have, over kept connections. Rounds are interleaved and the shares
taken within a round, so that a noisy minute hits both sides.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.client import Stream, run_apart
from tests.load.disk import NoCompiler, build_disk, slow_disk
from tests.load.harness import QUICK, Bench, interleaved, median, percentile, say
from tests.load.sample import SCENES, TOUR
from tests.load.site import MeasuredSite, bare_flask, copy_site, new_site
from tests.load.students import Find, Student, enrol, find_requests, get, post, some, take

ROUNDS = 3 if QUICK else 7
FINDS = 400 if QUICK else 1500
"""In a round; each is another student's."""
LOOKS = 2 * FINDS
CONNECTIONS = 32
SLOW_CONNECTIONS = 64
SYNC_MS = 5.0
OPEN_SECONDS = 5 if QUICK else 20
FINDS_PER_PAGE = 10
"""In the open loop one page is read for so many finds."""


@dataclass
class Class:
    """A site that runs, its students, and the finds that they have not made yet."""

    site: MeasuredSite
    students: list[Student]
    finds: Iterator[Find]
    cpu: list[float] = field(default_factory=list)
    latency: list[float] = field(default_factory=list)

    def find(self, connections: int = CONNECTIONS) -> float:
        """Acknowledged finds a second, as fast as the connections go."""
        requests = [find.request for find in take(self.finds, FINDS)]
        before = self.site.cpu
        result = run_apart(Stream(self.site.port, requests, connections))[0].expect(200)
        self.cpu.append((self.site.cpu - before) / FINDS)
        self.latency += result.latency
        return result.rate

    def look(self) -> float:
        """`ok` answers a second, asked for by a page's GET."""
        requests = [get("/ok", student) for student in some(self.students, LOOKS)]
        return run_apart(Stream(self.site.port, requests, CONNECTIONS))[0].expect(200).rate

    def send(self) -> float:
        """`ok` answers a second, asked for as a find is: a POST with a token and a body."""
        body = b'{"opened":true}'
        requests = [post("/ok", student, body) for student in some(self.students, LOOKS)]
        return run_apart(Stream(self.site.port, requests, CONNECTIONS))[0].expect(200).rate


def gather(data: Path, library: Path | None = None) -> Class:
    """A site with students; with `library` on a disk that is slow to sync."""
    site = MeasuredSite(data)
    if library is not None:
        site.variables = slow_disk(library, SYNC_MS)
    students = enrol(data, FINDS)
    return Class(site, students, find_requests(students))


def measure_bare(port: int) -> float:
    """Answers a second of Flask alone."""
    return run_apart(Stream(port, [get("/ok")] * LOOKS, CONNECTIONS))[0].expect(200).rate


def measure_rates(bench: Bench, group: Class) -> float:
    """Finds beside views that do nothing; the rate of finds."""
    with bare_flask() as port:
        rates = interleaved(
            ROUNDS,
            {
                "ok": group.look,
                "find": group.find,
                "ok, sent": group.send,
                "bare": lambda: measure_bare(port),
            },
        )
    rate, ok = median(rates["find"]), median(rates["ok"])
    shares = [100 * f / o for f, o in zip(rates["find"], rates["ok"], strict=True)]
    sent = [100 * f / o for f, o in zip(rates["find"], rates["ok, sent"], strict=True)]
    bench.tell("finds acknowledged, synchronous=FULL", rate, "1/s")
    bench.tell("their p99, closed loop", 1000 * percentile(group.latency, 99), "ms")
    bench.tell("processor for a find", 1000 * median(group.cpu), "ms")
    bench.at_least("finds, share of ok (GET)", median(shares), "%", limit=18, reference=ok,
                   full_only=True)  # fmt: skip
    bench.tell("the same, stretch 30 %; of ok (POST with token)", median(sent), "%",
               reference=median(rates["ok, sent"]))  # fmt: skip
    bare = median(rates["bare"])
    bench.tell("finds, share of bare Flask", 100 * rate / bare, "%", reference=bare)
    return rate


def measure_open_loop(bench: Bench, group: Class, rate: float) -> None:
    """Finds that come at half the rate whether or not earlier ones are done, pages beside."""
    count = int(rate / 2 * OPEN_SECONDS)
    students = enrol(group.site.data, count)
    requests = [find.request for find in take(find_requests(students), count)]
    pages = [
        get(f"/tours/{TOUR}/{SCENES[number % 5]}", student)
        for number, student in enumerate(some(group.students, count // FINDS_PER_PAGE))
    ]
    port = group.site.port
    finds, read = run_apart(
        Stream(port, requests, 128, rate=rate / 2),
        Stream(port, pages, 32, rate=rate / 2 / FINDS_PER_PAGE),
    )
    finds.expect(200)
    read.expect(200)
    bench.at_most("find p99, open loop at half the rate, pages beside",
                  1000 * percentile(finds.latency, 99), "ms", limit=50, full_only=True)  # fmt: skip
    bench.tell("the same, median", 1000 * median(finds.latency), "ms")
    bench.tell("pages read beside", read.rate, "1/s")
    bench.tell("their p99", 1000 * percentile(read.latency, 99), "ms")


def measure_slow_disk(bench: Bench, quick: Class, slow: Class) -> None:
    """The same finds with five more milliseconds in each sync."""
    rates = interleaved(
        ROUNDS,
        {
            "quick": lambda: quick.find(SLOW_CONNECTIONS),
            "slow": lambda: slow.find(SLOW_CONNECTIONS),
        },
    )
    shares = [100 * s / q for s, q in zip(rates["slow"], rates["quick"], strict=True)]
    bench.tell("finds with 5 ms more a sync", median(rates["slow"]), "1/s")
    bench.at_least("their share of finds without", median(shares), "%", limit=60,
                   reference=median(rates["quick"]), full_only=True)  # fmt: skip


def main() -> int:
    """Measure and print."""
    bench = Bench("find")
    with new_site() as data:
        second = copy_site(data, "slow")
        group = gather(data)
        with group.site:
            group.site.settle()
            group.find()
            say("finds beside views that do nothing")
            rate = measure_rates(bench, group)
            say("open loop")
            measure_open_loop(bench, group, rate)
            try:
                library = build_disk(data.parent)
            except NoCompiler as reason:
                say(f"NOT MEASURED, a slow disk: {reason}")
                return bench.finish() or 1
            say("a slow disk")
            slow = gather(second, library)
            with slow.site:
                slow.site.settle()
                slow.find(SLOW_CONNECTIONS)
                measure_slow_disk(bench, group, slow)
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
