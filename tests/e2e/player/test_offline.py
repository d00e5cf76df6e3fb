"""Finds made without network wait in the page, leave when it comes back, and count once."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.player import steps
from tests.e2e.player.conftest import Visit

pytestmark = pytest.mark.browser


def find_three_offline(page: Page) -> None:
    """Open three hotspots while there is no network."""
    page.context.set_offline(True)
    for slug in ("stone", "plan", "ali"):
        steps.open_by_plate(page, slug)
        expect(page.locator("#panel .waits")).to_be_visible()
        page.keyboard.press("Escape")
    expect(page.locator("#waiting")).to_contain_text("3 trouvailles attendent")


def test_finds_wait_for_the_network_and_count_once(visit: Visit) -> None:
    page = visit("attic")
    steps.wait_until_sharp(page)
    find_three_offline(page)
    assert steps.boulons(page) == 0
    page.context.set_offline(False)
    for slug in ("stone", "plan", "ali"):
        steps.expect_found(page, slug)
    expect(page.locator("#waiting")).to_be_hidden()
    assert steps.boulons(page) == 3
    page.reload()
    assert steps.boulons(page) == 3


def test_finds_that_wait_outlive_the_page(visit: Visit) -> None:
    page = visit("attic")
    steps.wait_until_sharp(page)
    page.route("**/find", lambda route: route.abort())
    steps.open_by_plate(page, "stone")
    expect(page.locator("#waiting")).to_be_visible()
    page.unroute("**/find")
    page.reload()
    steps.expect_found(page, "stone")
    assert steps.boulons(page) == 1


def test_an_answer_whose_reply_was_lost_costs_one_try(visit: Visit) -> None:
    page = visit("hall")
    steps.wait_until_sharp(page)

    def lose_the_reply(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/gauge/find", lose_the_reply)
    steps.open_by_plate(page, "gauge")
    steps.answer(page, steps.FIRST)
    expect(page.locator("#panel .waits")).to_be_visible()
    page.unroute("**/gauge/find")
    expect(page.locator("#panel .ask__again")).to_be_visible(timeout=20_000)
    steps.answer(page, steps.SECOND)
    steps.expect_found(page, "gauge")
    assert steps.boulons(page) == 1


def test_finds_of_another_place_are_dropped_with_a_word(visit: Visit) -> None:
    page = visit("attic")
    steps.wait_until_sharp(page)
    page.evaluate(
        """() => localStorage.setItem("deambule.finds", JSON.stringify({
        place: "somebody else",
        waiting: [{url: "/tours/mill-tour/hotspots/stone/find", body: {opened: true}}]}))"""
    )
    page.reload(wait_until="commit")
    expect(page.locator("#toasts")).to_contain_text("autre personne")
    assert steps.boulons(page) == 0
    assert page.evaluate("localStorage.getItem('deambule.finds')") is None


def test_a_scene_that_cannot_be_reached_leaves_one_where_one_is(visit: Visit) -> None:
    page = visit("hall")
    steps.wait_until_sharp(page)
    page.context.set_offline(True)
    page.click("a.way")
    expect(page.locator("#toasts")).to_contain_text("réseau")
    assert page.url.endswith("/hall")
    page.context.set_offline(False)
    page.click("a.way")
    expect(page.locator("#scene-title")).to_have_text("Le grenier")
