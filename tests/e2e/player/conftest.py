"""A site with the sample tour, and Chromium as different machines have it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from shutil import which
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.serving import Site, run_command
from tests.tours.samples import write_bundle, write_panorama

MACHINES = {
    "webgl": ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
    "no webgl": ("--disable-gpu", "--disable-3d-apis"),
}
"""Chromium's arguments; the second has to do without WebGL."""

Visit = Callable[..., Page]
Machines = Callable[[str], Browser]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample tour, published."""
    data = tmp_path_factory.mktemp("player")
    bundle = write_bundle(data / "bundle")
    for seed, name in enumerate(("hall", "attic")):
        write_panorama(bundle / "panoramas" / f"{name}.jpg", seed, width=2048)
    for command in (("db", "upgrade"), ("tour", "import", str(bundle), "--publish")):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data) as site:
        yield site


@pytest.fixture(scope="session")
def machines(playwright: Playwright) -> Iterator[Machines]:
    """Browsers by machine, started when asked for."""
    program = which("chromium")
    if program is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    known: dict[str, Browser] = {}
    with ExitStack() as stack:

        def start(machine: str) -> Browser:
            if machine not in known:
                args = ["--no-sandbox", *MACHINES[machine]]
                known[machine] = playwright.chromium.launch(executable_path=program, args=args)
                stack.callback(known[machine].close)
            return known[machine]

        yield start


@pytest.fixture
def visit(machines: Machines, site: Site) -> Iterator[Visit]:
    """Opens a scene as a new visitor: `visit("hall", locale="en-GB")`; a script's error fails."""
    errors: list[Any] = []
    with ExitStack() as stack:

        def open_scene(scene: str = "hall", machine: str = "webgl", **options: Any) -> Page:
            settings = {"locale": "fr-FR", "viewport": {"width": 1280, "height": 720}} | options
            context = machines(machine).new_context(base_url=site.url, **settings)
            stack.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  needs a mark
            page.goto(f"/tours/mill-tour/{scene}")
            return page

        yield open_scene
    assert errors == []
