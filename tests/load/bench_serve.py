"""The serving process: how soon it answers, how much memory it takes, what it must never load."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.load.client import Stream, run_apart
from tests.load.harness import QUICK, Bench, median, say
from tests.load.sample import SCENES, TOUR
from tests.load.site import MeasuredSite, copy_site, new_site
from tests.load.students import Student, enrol, find_requests, get, take
from tests.serving import environment

REQUESTS = 1000 if QUICK else 10_000
STARTS = 3 if QUICK else 7
HEAVY = ("cv2", "numpy", "weasyprint", "odfdo", "boto3", "av", "pikepdf")
LOADED = f"""
import sys, app.serve
from app.core.config import read_settings
app.serve.compose(read_settings())
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""


def loaded_modules(data: Path) -> list[str]:
    """Those of the heavy packages that composing the serving process has loaded."""
    line = [sys.executable, "-c", LOADED]
    done = subprocess.run(line, env=environment(data), capture_output=True, text=True, check=True)
    return done.stdout.split()


def mapped_packages(pid: int) -> list[str]:
    """Those of the heavy packages of which a running process has a library in its memory."""
    maps = Path(f"/proc/{pid}/maps").read_text()
    return [name for name in HEAVY if f"/{name}/" in maps]


def measure_start(data: Path) -> float:
    """Seconds from the command until the first page has been answered."""
    site = MeasuredSite(data)
    site.module = "app.serve"
    started = time.perf_counter()
    with site:
        return time.perf_counter() - started


def mixed_requests(students: list[Student], count: int) -> list[bytes]:
    """What a class asks for: many scenes, finds, some lobby, entrance and own page."""
    chance = random.Random(1)
    finds = iter(take(find_requests(students), count // 4))

    def one() -> Iterator[bytes]:
        student = chance.choice(students)
        yield get(f"/tours/{TOUR}/{chance.choice(SCENES)}", student)
        yield next(finds).request
        yield get(chance.choice(("/", "/me", "/rewards", f"/tours/{TOUR}", "/about")), student)
        yield get(f"/tours/{TOUR}/{chance.choice(SCENES)}", student)

    return [request for _ in range(count // 4) for request in one()]


def measure_memory(bench: Bench, data: Path) -> None:
    """Memory at the start and after many requests."""
    students = enrol(data, REQUESTS // 4)
    with MeasuredSite(data) as site:
        time.sleep(3)
        before = site.memory
        requests = mixed_requests(students, REQUESTS)
        run_apart(Stream(site.port, requests, 32))[0].expect(200)
        after = site.memory
        mapped = mapped_packages(site.pid)
    bench.tell("memory at the start", before, "MB")
    bench.at_most(f"memory after {REQUESTS:,} requests", after, "MB", limit=115, full_only=True)
    bench.at_most("what they have added", after - before, "MB", limit=5, full_only=True)
    bench.at_most(f"libraries mapped of {', '.join(HEAVY)}", len(mapped), "", limit=0)


def main() -> int:
    """Measure and print."""
    bench = Bench("serve")
    with new_site() as data:
        bench.at_most(f"modules loaded of {', '.join(HEAVY)}", len(loaded_modules(data)), "",
                      limit=0)  # fmt: skip
        say("starting")
        other = copy_site(data, "cold")
        starts = [measure_start(other) for _ in range(STARTS)]
        bench.at_most("cold start, until the first answer", median(starts), "s", limit=1.5)
        bench.tell("the quickest of them", min(starts), "s")
        say("serving")
        measure_memory(bench, data)
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
