"""The first sharp view of a scene beside a bare Pannellum page on the same tiles.

Chromium with software GL on a line of 8 Mbit/s, a new visitor each time, in interleaved rounds.
The bare page shows a view of the same size, from the same server, over the same line. The
panorama is the demo's quay, enlarged to 8192×4096: what is seen first is as rich as the original.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import cv2
from playwright.sync_api import Browser, Page, sync_playwright

from tests.load.harness import QUICK, Bench, median, percentile, say
from tests.load.site import folder
from tests.serving import Site, run_command
from tests.tours.samples import tour_data, write_bundle

WIDTH = 2048 if QUICK else 8192
ROUNDS = 2 if QUICK else 7
LINE = 8_000_000 / 8
"""Bytes a second."""
LATENCY = 20
"""Milliseconds there and back."""
WINDOW = {"width": 1280, "height": 720}
QUAY = Path(__file__).parents[2] / "demo" / "tidal-plant" / "panoramas" / "quay.jpg"
SCENE = "/tours/mill-tour/hall"
CHROMIUM = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader")  # fmt: skip


class ViewSite(Site):
    """The serving process with the bare viewer beside its own pages."""

    module = "tests.load.viewserver"


@dataclass
class Weights:
    """Bytes over the line, by address; `sharp` is when the view was, in milliseconds."""

    sharp: float = 0.0
    sizes: dict[str, int] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)
    """What came after the view was sharp."""

    @property
    def total(self) -> float:
        """All that came before the view was sharp, in kB."""
        return sum(self.sizes.values()) / 1000

    @property
    def without_tiles(self) -> float:
        """The page itself, whenever it came, in kB."""
        own = [size for url, size in (self.sizes | self.late).items() if "/media/" not in url]
        return sum(own) / 1000


def write_scene(bundle: Path) -> None:
    """The sample's bundle with the panorama in its first scene, seen as wide as by default."""
    tour = tour_data()
    tour["scenes"][0]["view"] = {"yaw": 10, "pitch": -2}
    write_bundle(bundle, tour)
    quay = cv2.imread(str(QUAY))
    assert quay is not None, "the demo has its panoramas"
    large = cv2.resize(quay, (WIDTH, WIDTH // 2), interpolation=cv2.INTER_CUBIC)
    cv2.imwrite(str(bundle / "panoramas" / "hall.jpg"), large)


@contextmanager
def scene_site() -> Iterator[Site]:
    """A site whose first scene is that panorama."""
    with folder() as place:
        bundle, data = place / "bundle", place / "data"
        write_scene(bundle)
        data.mkdir()
        for command in (("db", "upgrade"), ("tour", "import", str(bundle), "--publish")):
            done = run_command(data, *command)
            if done.returncode:
                raise RuntimeError(done.stdout + done.stderr)
        with ViewSite(data) as site:
            yield site


@contextmanager
def new_page(browser: Browser, site: Site) -> Iterator[tuple[Page, Weights]]:
    """A new visitor's tab on the slow line, weighed."""
    context = browser.new_context(base_url=site.url, viewport=WINDOW, locale="fr-FR")  # type: ignore[arg-type]  # a literal size
    page = context.new_page()
    weights = Weights()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": LINE,
         "uploadThroughput": LINE},
    )  # fmt: skip
    weigh(wire, weights)
    yield page, weights
    context.close()


def weigh(wire: Any, weights: Weights) -> None:
    """Note what comes over the line."""
    urls: dict[str, str] = {}

    def note_url(event: dict[str, Any]) -> None:
        urls[event["requestId"]] = event["request"]["url"]

    def note_size(event: dict[str, Any]) -> None:
        url = urls.get(event["requestId"], "")
        if url.startswith("http"):
            into = weights.late if weights.sharp else weights.sizes
            into[url] = into.get(url, 0) + int(event["encodedDataLength"])

    wire.on("Network.requestWillBeSent", note_url)
    wire.on("Network.loadingFinished", note_size)


def open_until_sharp(browser: Browser, site: Site, address: str) -> Weights:
    """Open a page, and wait until all that is in view is sharp."""
    with new_page(browser, site) as (page, weights):
        page.goto(address, wait_until="commit")
        wait = "() => performance.getEntriesByName('sharp')[0]?.startTime"
        weights.sharp = page.wait_for_function(wait, timeout=60_000).json_value()
        page.wait_for_timeout(0 if "/bare/" in address else 1500)
        return weights


def bare_address(browser: Browser, site: Site) -> str:
    """The bare page with the scene's tiles, first view and size of view."""
    page = browser.new_page(base_url=site.url, viewport=WINDOW)  # type: ignore[arg-type]  # a literal size
    page.goto(SCENE)
    asked: dict[str, Any] = page.evaluate(
        """() => {
          const {tiles, view} = JSON.parse(document.querySelector("#scene").textContent);
          const {clientWidth: width, clientHeight: height} = document.querySelector("#view");
          return {...tiles, ...view, width, height};
        }"""
    )
    page.close()
    wanted = ("base", "cube", "levels", "tile", "yaw", "pitch", "hfov", "width", "height")
    return "/bare/view?" + urlencode({name: asked[name] for name in wanted})


def measure(browser: Browser, site: Site) -> tuple[list[Weights], list[Weights]]:
    """Ours and the bare page in turn; a first round of each is not counted."""
    bare = bare_address(browser, site)
    ours, theirs = [], []
    for number in range(ROUNDS + 1):
        ours.append(open_until_sharp(browser, site, SCENE))
        theirs.append(open_until_sharp(browser, site, bare))
        say(f"round {number}: {ours[-1].sharp:.0f} ms, bare {theirs[-1].sharp:.0f} ms")
    return ours[1:], theirs[1:]


def main() -> int:
    """Measure, print, and say whether a bar falls short."""
    program = shutil.which("chromium")
    if program is None:
        say("no Chromium on this machine: apt-get install chromium")
        return 1
    with scene_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        ours, theirs = measure(browser, site)
        browser.close()
    return tell(ours, theirs, site.url)


def tell(ours: list[Weights], theirs: list[Weights], home: str) -> int:
    """The rows."""
    bench = Bench("first view")
    mine, bare = (median([w.sharp for w in many]) for many in (ours, theirs))
    bench.at_most("first sharp view", mine / bare, "× bare", limit=1.1, full_only=True)
    bench.tell("first sharp view", mine, "ms", reference=bare)
    bench.tell("slowest", percentile([w.sharp for w in ours], 100), "ms",
               reference=percentile([w.sharp for w in theirs], 100))  # fmt: skip
    bench.at_most("whole page until sharp", median([w.total for w in ours]), "kB", limit=400,
                  reference=median([w.total for w in theirs]), full_only=True)  # fmt: skip
    own = median([w.without_tiles for w in ours])
    bench.at_most("page without tiles", own, "kB", limit=120)
    bench.tell("fetched after, while idle", sum(ours[-1].late.values()) / 1000, "kB")
    away = [url for w in ours for url in w.sizes | w.late if not url.startswith(home)]
    bench.at_most("requests to other hosts", len(away), "", limit=0)
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
