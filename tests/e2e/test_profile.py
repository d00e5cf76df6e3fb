"""The profiler in a real browser: keys, going on after a reload, swiping, the door, no script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.load.sample import build_site
from tests.serving import Site

pytestmark = pytest.mark.browser
LIKED = {"r": "5", "i": "4", "a": "2", "s": "1", "e": "3", "c": "2"}
"""The key for an item by the first letter of its id, which is its area's."""
SHOWN = ".ask:not([hidden])"
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one published tour."""
    data = tmp_path_factory.mktemp("profile")
    build_site(data, 512)
    with Site(data) as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A French visitor's phone; errors of scripts fail the test."""
    errors: list[str] = []
    size = ViewportSize(width=390, height=844)
    with browser.new_context(
        base_url=site.url, locale="fr-FR", viewport=size, has_touch=True
    ) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        assert errors == []


def answer(page: Page, count: int) -> None:
    """Answer so many items by the number keys."""
    for _one in range(count):
        before = page.locator(SHOWN).get_attribute("data-item")
        assert before is not None
        page.keyboard.press(LIKED[before[0]])
        expect(page.locator(f'.ask[data-item="{before}"]')).to_be_hidden()


def test_thirty_keys_lead_to_a_result_behind_a_door(page: Page) -> None:
    page.goto("/quiz")
    page.get_by_role("link", name="30 questions").click()
    expect(page.locator(SHOWN)).to_have_count(1)
    answer(page, 10)
    page.reload()
    expect(page.locator("#number")).to_have_text("11")
    page.get_by_role("button", name="Retour").click()
    expect(page.locator(f"{SHOWN} input:checked")).to_have_count(1)
    page.get_by_role("button", name="Passer").click()
    answer(page, 20)
    page.get_by_role("button", name="Voir mon résultat").click()
    name = page.get_by_role("heading", name="Faire", exact=True)
    expect(name).to_be_hidden()
    page.get_by_text("Ton résultat est prêt").click()
    expect(name).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then((told) => told.violations.map((one) => one.id))")
    assert found == []
    page.keyboard.press("Escape")
    expect(name).to_be_hidden()


def test_a_swipe_changes_the_screen(page: Page) -> None:
    page.goto("/quiz/short")
    expect(page.locator("#number")).to_have_text("1")
    for start, end, number in ((300, 90, "2"), (90, 300, "1")):
        for kind, x in (("pointerdown", start), ("pointerup", end)):
            page.locator(".ask__text:visible").dispatch_event(
                kind, {"clientX": x, "clientY": 300, "pointerType": "touch", "bubbles": True}
            )
        expect(page.locator("#number")).to_have_text(number)


def test_without_scripts_all_questions_stand_below_each_other(browser: Browser, site: Site) -> None:
    with browser.new_context(
        base_url=site.url, locale="fr-FR", java_script_enabled=False
    ) as context:
        page = context.new_page()
        page.goto("/quiz/short")
        expect(page.locator("fieldset:visible")).to_have_count(30)
        for item in page.locator("fieldset").all():
            item.locator("label").nth(
                int(LIKED[(item.get_attribute("data-item") or "r")[0]]) - 1
            ).click()
        page.get_by_role("button", name="Voir mon résultat").click()
        page.get_by_text("Ton résultat est prêt").click()
        expect(page.get_by_role("heading", name="Faire", exact=True)).to_be_visible()
