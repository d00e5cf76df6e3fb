"""What visitors do in the player, in words. Everything here is done with the keyboard."""

import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
FIRST, SECOND = "0", "1"
"""The numbers of a wrong and of the right option in the sample's questions."""


def wait_until_sharp(page: Page) -> None:
    """Wait for the view."""
    page.wait_for_selector('#stage[data-state="sharp"]', timeout=30_000)


def wait_until_ready(page: Page) -> None:
    """Wait for the view, or for the list when that was asked for."""
    page.wait_for_selector(
        '#stage[data-state="sharp"], [data-view="list"] #player[data-ready]', timeout=30_000
    )


def wait_until(is_so: Callable[[], bool], page: Page, seconds: float = 10) -> None:
    """Wait until something is so; the page goes on meanwhile."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it is not so yet"
        page.wait_for_timeout(50)


def show_list(page: Page) -> None:
    """Ask for the list without the view."""
    wait_until_sharp(page)
    reach(page, '[data-tool="list"]')
    page.keyboard.press("Enter")
    page.wait_for_selector('html[data-view="list"]')


def reach(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until the focus is on `selector`."""
    for _ in range(90):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab never reaches {selector}")


def open_by_plate(page: Page, slug: str) -> None:
    """Go to a plate on the view with Tab, and open it."""
    page.focus("#view")
    reach(page, f'.spot-plate[data-slug="{slug}"]')
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")


def settle(page: Page, slug: str) -> None:
    """Wait until the view has turned to a plate: it stands still for twenty frames."""
    page.evaluate(
        """(slug) => new Promise((done) => {
          let still = 0, before = NaN;
          const plate = document.querySelector(`.spot-plate[data-slug="${slug}"]`);
          const look = () => {
            const { x } = plate.getBoundingClientRect();
            still = x === before ? still + 1 : 0;
            before = x;
            if (still > 20) done(); else requestAnimationFrame(look);
          };
          look();
        })""",
        slug,
    )


def open_in_list(page: Page, slug: str) -> None:
    """Unfold a line of the list."""
    page.focus("#scene-title")
    reach(page, f"#hotspot-{slug} summary")
    page.keyboard.press("Enter")


def choose(page: Page, values: list[str]) -> None:
    """Choose these options of the question in which the focus is, and send them."""
    options = 'input[name="answer"]'
    if page.locator(f"{options}[type=radio]:visible").count():
        reach(page, options)
        for _ in range(12):
            page.keyboard.press("Space")
            if page.evaluate("document.activeElement.value") == values[0]:
                break
            page.keyboard.press("ArrowDown")
    else:
        for value in values:
            reach(page, f'{options}[value="{value}"]')
            page.keyboard.press("Space")
    reach(page, "form.ask button")
    page.keyboard.press("Enter")


def answer(page: Page, number: str) -> None:
    """Choose one option of the question in which the focus is, and send it."""
    choose(page, [number])


def write(page: Page, field: str, text: str) -> None:
    """Write an answer and send it."""
    reach(page, f'input[name="{field}"]')
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def send(page: Page) -> None:
    """Press the button that keeps what was read."""
    reach(page, ".keep button")
    page.keyboard.press("Enter")


def expect_found(page: Page, slug: str) -> None:
    """The list says that it was found."""
    expect(page.locator(f"#hotspot-{slug}.spot--found")).to_be_attached(timeout=10_000)


def boulons(page: Page) -> int:
    """What the page's head says."""
    return int(page.inner_text("#boulons [data-total]"))


def faults(page: Page) -> list[str]:
    """What axe finds wrong, a line each."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(
        "axe.run().then(r => r.violations.flatMap("
        "v => v.nodes.map(n => `${v.id} ${n.html.slice(0, 150)} ${n.failureSummary}`)))"
    )
    return found
