"""What axe finds wrong in the player: nothing, in both languages and ways of showing it."""

import pytest

from tests.e2e.player import steps
from tests.e2e.player.conftest import Visit

pytestmark = pytest.mark.browser
CALM = {"reduced_motion": "reduce"}
"""Contrast is measured when nothing fades in."""
PHONE = CALM | {"viewport": {"width": 320, "height": 568}}


@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
@pytest.mark.parametrize("scene", ["hall", "attic"])
def test_the_view_with_its_panels_has_no_fault(visit: Visit, locale: str, scene: str) -> None:
    page = visit(scene, locale=locale, **CALM)
    steps.wait_until_sharp(page)
    assert steps.faults(page) == []
    for item in page.locator(".spot[data-slug]:has(summary)").all():
        item.locator("summary").click()
        page.wait_for_timeout(900)
        assert steps.faults(page) == []
        page.keyboard.press("Escape")


@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
def test_the_list_unfolded_has_no_fault(visit: Visit, locale: str) -> None:
    page = visit("attic", locale=locale, **CALM)
    steps.show_list(page)
    for summary in page.locator(".spot summary").all():
        summary.click()
    page.wait_for_timeout(800)
    assert steps.faults(page) == []


@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
def test_a_small_screen_has_no_fault(visit: Visit, locale: str) -> None:
    page = visit("hall", locale=locale, **PHONE)
    steps.wait_until_sharp(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert steps.faults(page) == []
    page.click("#hotspot-gauge summary")
    assert steps.faults(page) == []
