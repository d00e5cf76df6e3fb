"""Pages and tiles: what they cost beside a view that does nothing, and beside nginx.

Pages are asked for by distinct students in different states, compressed as browsers ask for them.
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.load.client import Stream, run_apart
from tests.load.harness import QUICK, Bench, interleaved, median, say
from tests.load.sample import SCENES, TOUR
from tests.load.site import MeasuredSite, folder, new_site
from tests.load.students import Student, enrol, find_requests, get, take
from tests.load.tiles import measure_tiles, tile_paths
from tests.services import nginx
from tests.services.process import Unavailable

ROUNDS = 3 if QUICK else 9
REQUESTS = 300 if QUICK else 1200
STUDENTS = 200
SECONDS = 1 if QUICK else 3
SETTINGS = Path(__file__).parents[2] / "docs" / "nginx.conf"


@dataclass
class Readers:
    """A site that runs, its students, and the tags of the pages that their browsers hold."""

    site: MeasuredSite
    students: Sequence[Student]
    tags: dict[str, list[str]]

    def rate(self, path: str, status: int, tags: Sequence[str] = ()) -> float:
        """Answers a second to requests for `path`."""
        chosen = random.Random(1).choices(range(len(self.students)), k=REQUESTS)
        held = [tags[number] if tags else "" for number in chosen]
        requests = [
            get(path, self.students[number], tag) for number, tag in zip(chosen, held, strict=True)
        ]
        return run_apart(Stream(self.site.port, requests, 32))[0].expect(status).rate


def spread(site: MeasuredSite, students: list[Student]) -> None:
    """Let the students be at different places of their tour: some find much, some little."""
    finds = take(find_requests(students), 6 * len(students))
    chosen = random.Random(2).sample(finds, len(finds) // 2)
    run_apart(Stream(site.port, [find.request for find in chosen], 32))[0].expect(200)


def read_tag(site: MeasuredSite, path: str, student: Student) -> str:
    """The tag of a page, as the student's browser holds it."""
    connection = HTTPConnection("127.0.0.1", site.port)
    cookie = {"Cookie": f"deambule={student.cookie}", "Accept-Language": "fr,fr-FR;q=0.8"}
    connection.request("GET", path, headers=cookie)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.headers["ETag"]


def measure_pages(bench: Bench, readers: Readers) -> None:
    """Rates of pages, and their shares of the view that does nothing."""
    scene = f"/tours/{TOUR}/{SCENES[0]}"
    rates = interleaved(
        ROUNDS,
        {
            "ok": lambda: readers.rate("/ok", 200),
            "lobby": lambda: readers.rate("/", 200),
            "scene": lambda: readers.rate(scene, 200),
            "304 lobby": lambda: readers.rate("/", 304, readers.tags["/"]),
            "304 scene": lambda: readers.rate(scene, 304, readers.tags[scene]),
        },
    )
    ok = median(rates["ok"])
    bench.tell("ok", ok, "1/s")
    for name, limit in (("304 lobby", 40), ("304 scene", 40), ("lobby", 15), ("scene", 15)):
        shares = [100 * p / o for p, o in zip(rates[name], rates["ok"], strict=True)]
        bench.tell(name, median(rates[name]), "1/s")
        bench.at_least(f"{name}, share of ok", median(shares), "%", limit=limit, reference=ok,
                       full_only=True)  # fmt: skip


def measure_all_tiles(bench: Bench, site: MeasuredSite, place: Path) -> None:
    """Tiles from the serving process and from nginx before it; whether the latter needs us."""
    text = SETTINGS.read_text().replace("/srv/deambule/data", str(site.data.resolve()))
    before_us = nginx.start(place, text.replace("127.0.0.1:8000", f"127.0.0.1:{site.port}"))
    port = int(before_us.address["url"].rpartition(":")[2])
    paths = tile_paths(site.data)
    try:
        used = site.cpu
        through = measure_tiles(port, paths, SECONDS, place)
        used = site.cpu - used
        rates = interleaved(
            ROUNDS,
            {
                "nginx": lambda: measure_tiles(port, paths, SECONDS, place),
                "ours": lambda: measure_tiles(site.port, paths, SECONDS, place),
            },
        )
    finally:
        before_us.stop()
    shares = [100 * o / n for o, n in zip(rates["ours"], rates["nginx"], strict=True)]
    bench.tell("tiles from the serving process", median(rates["ours"]), "1/s")
    bench.at_least("their share of nginx's sendfile", median(shares), "%", limit=8,
                   reference=median(rates["nginx"]), full_only=True)  # fmt: skip
    bench.at_most("processor of ours for a tile through nginx", 1e6 * used / (through * SECONDS),
                  "us", limit=1, reference=through)  # fmt: skip


def main() -> int:
    """Measure and print."""
    bench = Bench("pages")
    with new_site() as data, folder() as place:
        place.chmod(0o755)
        data.parent.chmod(0o755)
        students = enrol(data, STUDENTS)
        with MeasuredSite(data) as site:
            site.settle()
            spread(site, students)
            paths = ("/", f"/tours/{TOUR}/{SCENES[0]}")
            tags = {path: [read_tag(site, path, one) for one in students] for path in paths}
            say("pages")
            measure_pages(bench, Readers(site, students, tags))
            say("tiles")
            try:
                measure_all_tiles(bench, site, place)
            except Unavailable as reason:
                say(f"NOT MEASURED, tiles: {reason}")
                return bench.finish() or 1
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
