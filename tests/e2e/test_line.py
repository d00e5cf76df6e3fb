"""A page's live line in a real browser: blocked WebSockets, silence, refusals, restarts."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.live.conftest import PerchSite
from tests.live.relay import WebSockets, relay_to
from tests.serving import Site, run_command

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
NOTICED_WITHIN = 10.0
Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def perch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a page that has a live line."""
    folder = tmp_path_factory.mktemp("perch")
    script, data = folder / "perch.js", folder / "data"
    data.mkdir()
    esbuild = [str(ROOT / ".venv/bin/node"), str(ROOT / "node_modules/esbuild/bin/esbuild")]
    options = ["--bundle", "--format=esm", "--target=es2018", f"--outfile={script}"]
    subprocess.run([*esbuild, str(ROOT / "tests/e2e/perch.js"), *options], check=True)
    assert run_command(data, "db", "upgrade").returncode == 0
    site = PerchSite(data)
    site.variables = {"PERCH_SCRIPT": str(script)}
    with site:
        yield site


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens the page at an address, in a browser of its own."""
    contexts = []

    def open_page(url: str) -> Page:
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.goto(f"{url}/perch")
        return page

    yield open_page
    for context in contexts:
        context.close()


def wait_for(page: Page, state: str, seconds: float = NOTICED_WITHIN) -> None:
    """Wait until the line is so."""
    wait_until(page, "window.line?.state", state, seconds)


def wait_until(page: Page, expression: str, expected: object, seconds: float = 3) -> None:
    """Wait until the page says so. (Playwright's own way needs `eval`, which the site forbids.)"""
    end = time.monotonic() + seconds
    while page.evaluate(expression) != expected:
        assert time.monotonic() < end, page.evaluate("window.states")
        page.wait_for_timeout(50)


def ask(page: Page, name: str, body: dict[str, Any]) -> Any:
    """What the page is answered."""
    return page.evaluate("([name, body]) => ask(name, body)", [name, body])


def test_a_page_asks_and_hears(perch: Site, open_page: Open) -> None:
    page = open_page(perch.url)
    wait_for(page, "open")
    assert ask(page, "say", {"words": "bonjour"}) == {"name": "page", "words": "bonjour"}
    assert ask(page, "open", {"name": "x"}) == {"error": "Refused", "code": "not_yours"}
    assert ask(page, "flood", {"count": 3, "letters": 10}) == {}
    wait_until(page, "window.heard", [0, 1, 2])


@pytest.mark.parametrize(("proxy", "seconds"), [("refused", 4.5), ("swallowed", 12.0)])
def test_a_page_does_without_websocket(
    perch: Site, open_page: Open, proxy: WebSockets, seconds: float
) -> None:
    with relay_to(perch.port, proxy) as relay:
        page = open_page(relay.url)
        wait_for(page, "open", seconds)
        assert ask(page, "say", {"words": "salut"}) == {"name": "page", "words": "salut"}
        assert ask(page, "flood", {"count": 3, "letters": 10}) == {}
        wait_until(page, "window.heard", [0, 1, 2])


@pytest.mark.parametrize("proxy", ["refused", "swallowed"])
def test_what_a_page_asks_before_its_line_is_open_waits_for_it(
    perch: Site, open_page: Open, proxy: WebSockets
) -> None:
    with relay_to(perch.port, proxy) as relay:
        page = open_page(relay.url)
        wait_until(page, "typeof window.soon", "object")
        told = page.evaluate("window.soon")
        assert told == ["opening", {"name": "page", "words": "soon"}]


def test_a_page_whose_line_never_opens_says_so(perch: Site, open_page: Open) -> None:
    page = open_page(perch.url)
    page.request.get(f"{perch.url}/parrot/clumsy")
    again = page.context.new_page()
    again.route("**/perch", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    again.goto(f"{perch.url}/perch")
    wait_for(again, "waiting")
    assert again.evaluate("window.states") == [["waiting", ""]]


@pytest.mark.parametrize("proxy", ["pass", "refused"])
def test_of_what_changes_fast_the_latest_arrives(
    perch: Site, open_page: Open, proxy: WebSockets
) -> None:
    with relay_to(perch.port, proxy) as relay:
        page = open_page(relay.url)
        wait_for(page, "open")
        page.evaluate("for (let n = 1; n < 9; n++) line.say('flood', { count: n, letters: 1 })")
        wait_until(page, "window.heard.slice(-8)", [0, 1, 2, 3, 4, 5, 6, 7])


@pytest.mark.parametrize("proxy", ["pass", "refused"])
def test_what_is_asked_comes_after_what_was_said_before_it(
    perch: Site, open_page: Open, proxy: WebSockets
) -> None:
    with relay_to(perch.port, proxy) as relay:
        page = open_page(relay.url)
        wait_for(page, "open")
        page.evaluate(
            """() => {
              for (const count of [1, 2, 3]) line.say("flood", { count, letters: 1 });
              return ask("flood", { count: 7, letters: 1 });
            }"""
        )
        wait_until(page, "window.heard.slice(-10)", [0, 1, 2, 0, 1, 2, 3, 4, 5, 6])


@pytest.mark.parametrize("proxy", ["pass", "refused"])
def test_a_page_tells_that_its_line_is_silent_and_comes_back(
    perch: Site, open_page: Open, proxy: WebSockets
) -> None:
    with relay_to(perch.port, proxy) as relay:
        page = open_page(relay.url)
        wait_for(page, "open")
        relay.fall_silent()
        wait_for(page, "waiting")
        assert ask(page, "say", {"words": "lost"})["error"] == "NoNetwork"
        relay.talk_again()
        wait_for(page, "open")
        assert ask(page, "say", {"words": "back"}) == {"name": "page", "words": "back"}


def test_a_page_finds_the_server_that_was_killed_and_started_again(
    perch: Site, open_page: Open
) -> None:
    page = open_page(perch.url)
    wait_for(page, "open")
    perch.kill()
    wait_for(page, "waiting", 2)
    perch.start()
    wait_for(page, "open", 8)
    assert page.evaluate("window.states") == [["open", ""], ["waiting", ""], ["open", ""]]


def test_a_page_that_is_thrown_out_or_not_admitted_knows_that_it_is_over(
    perch: Site, open_page: Open
) -> None:
    page = open_page(perch.url)
    wait_for(page, "open")
    page.request.get(f"{perch.url}/chase/page")
    wait_for(page, "dead", 3)
    page.request.get(f"{perch.url}/parrot/grumpy")
    page.evaluate("window.line.close()")
    again = page.context.new_page()
    again.route("**/perch", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    again.goto(f"{perch.url}/perch")
    wait_for(again, "dead", 5)
    assert again.evaluate("window.states") == [["dead", "grumpy"]]


PAGE = '<!doctype html><script type="module" src="/perch.js"></script>'
