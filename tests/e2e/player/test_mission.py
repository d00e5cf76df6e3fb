"""The mission, played to each of its endings, on the view and in the list."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.player import steps
from tests.e2e.player.conftest import Visit
from tests.e2e.player.test_finding import leave, open_way, start

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("way", ["view", "list"])
@pytest.mark.parametrize(("option", "ending", "other"), [("wait", "Calme", "call")])
def test_enough_clues_open_the_decision_and_every_ending_explains(
    visit: Visit, way: str, option: str, ending: str, other: str
) -> None:
    page = start(visit, way, "hall")
    expect(page.locator("#mission")).to_contain_text(re.compile("0 indices? sur 4"))
    for slug in ("gauge", "belt", "bolt"):
        open_way(page, way, slug)
        steps.answer(page, steps.SECOND)
        steps.expect_found(page, slug)
        leave(page, way)
    expect(page.locator("#mission")).to_contain_text("3 indices sur 4")
    assert page.locator("[data-decision]").count() == 0
    open_way(page, way, "lamp")
    steps.answer(page, steps.SECOND)
    steps.expect_found(page, "lamp")
    leave(page, way)
    expect(page.locator("#toasts")).to_contain_text("à toi de décider")

    page.focus("#scene-title")
    steps.reach(page, f'[data-decision] button[value="{option}"]')
    page.keyboard.press("Enter")
    expect(page.locator("#ending")).to_be_focused()
    expect(page.locator("#ending")).to_contain_text(ending)
    expect(page.locator("#ending")).to_contain_text("Maëlle")
    assert steps.boulons(page) == 4 * 3 + 5

    steps.reach(page, ".mission__again summary")
    page.keyboard.press("Enter")
    steps.reach(page, f'[data-decision] button[value="{other}"]')
    page.keyboard.press("Enter")
    expect(page.locator("#ending")).to_contain_text("Aide")
    assert steps.boulons(page) == 4 * 3 + 5, "another choice costs and brings nothing"
    steps.reach(page, "#ending a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/end")
