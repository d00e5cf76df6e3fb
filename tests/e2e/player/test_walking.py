"""From scene to scene, and back to where one was."""

import pytest
from playwright.sync_api import APIResponse, Route, expect

from tests.e2e.player import steps
from tests.e2e.player.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_way_leads_to_the_next_scene_without_loading_the_page(visit: Visit) -> None:
    page = visit("hall")
    steps.wait_until_sharp(page)
    page.evaluate("window.isSamePage = true")
    page.focus("#view")
    steps.reach(page, '.spot-plate[data-slug="to-attic"]')
    page.keyboard.press("Enter")
    expect(page.locator("#scene-title")).to_have_text("Le grenier")
    expect(page.locator("#scene-title")).to_be_focused()
    expect(page.locator("#say")).to_contain_text("Le grenier")
    assert page.url.endswith("/attic")
    assert page.title().startswith("Le grenier")
    assert page.evaluate("window.isSamePage")
    steps.wait_until_sharp(page)

    page.go_back()
    expect(page.locator("#scene-title")).to_have_text("La halle")
    expect(page.locator('.spot-plate[data-slug="meal"]')).to_be_attached()
    page.reload()
    expect(page.locator("#scene-title")).to_have_text("La halle")


def test_the_view_opens_where_one_looked_last(visit: Visit) -> None:
    page = visit("hall")
    steps.wait_until_sharp(page)
    page.focus("#view")
    steps.reach(page, '.spot-plate[data-slug="lamp"]')
    with page.expect_response("**/hall/view") as told:
        page.wait_for_timeout(900)
    assert told.value.status == 204
    page.reload()
    steps.wait_until_sharp(page)
    view = page.evaluate("JSON.parse(document.querySelector('#scene').textContent).view")
    assert abs(view["yaw"] - 80) < 2


def test_one_arrives_looking_where_the_way_says(visit: Visit) -> None:
    page = visit("attic")
    steps.wait_until_sharp(page)
    page.focus("#view")
    steps.reach(page, '.spot-plate[data-slug="to-hall"]')
    page.keyboard.press("Enter")
    expect(page.locator("#scene-title")).to_have_text("La halle")
    steps.wait_until_sharp(page)
    page.wait_for_timeout(300)
    gauge = page.locator('.spot-plate[data-slug="gauge"]').bounding_box()
    belt = page.locator('.spot-plate[data-slug="belt"]').bounding_box()
    stage = page.locator("#stage").bounding_box()
    assert gauge is not None
    assert belt is not None
    assert stage is not None
    middle = stage["x"] + stage["width"] / 2
    assert gauge["x"] < middle < belt["x"] + belt["width"], "20 and 40 degrees lie around 30"


def test_the_page_names_the_very_tiles_that_the_view_asks_for(visit: Visit) -> None:
    page = visit("hall")
    steps.wait_until_sharp(page)
    named, asked = page.evaluate(
        """() => {
          const {tiles} = JSON.parse(document.querySelector("#scene").textContent);
          const isTile = (url) => url.includes(tiles.base) && /[/][2-9][/][frblud]/.test(url);
          const links = [...document.querySelectorAll("link[rel=preload][as=image]")];
          const entries = performance.getEntriesByType("resource").filter(e => isTile(e.name));
          return [
            links.map(link => link.href).filter(isTile),
            entries.filter(e => e.initiatorType !== "link").map(e => e.name),
          ];
        }"""
    )
    assert len(named) > 3
    assert asked == []


def test_the_next_scene_s_first_tiles_are_fetched_ahead(visit: Visit) -> None:
    page = visit("hall")
    attic = page.evaluate(
        "JSON.parse(document.querySelector('#scene').textContent).neighbours[0].base"
    )
    steps.wait_until_sharp(page)
    fetched = """attic => performance.getEntriesByType("resource")
      .some((one) => one.name.includes(`${attic}/1/`) && one.responseStatus === 200)"""
    steps.wait_until(lambda: bool(page.evaluate(fetched, attic)), page, seconds=20)


def test_of_two_wishes_the_last_counts_however_late_the_first_comes(visit: Visit) -> None:
    page = visit("hall")
    steps.wait_until_sharp(page)
    slow: list[tuple[Route, APIResponse]] = []
    page.route("**/mill-tour/attic", lambda route: slow.append((route, route.fetch())))
    page.click('.stop:has-text("Le grenier")')
    steps.wait_until(lambda: bool(slow), page)
    page.click('.stop:has-text("La halle")')
    steps.wait_until_sharp(page)
    ((route, response),) = slow
    route.fulfill(response=response)
    page.wait_for_timeout(500)
    expect(page.locator("#scene-title")).to_have_text("La halle")
    assert page.url.endswith("/hall")


def test_back_and_forward_in_a_hurry_ends_where_the_address_says(visit: Visit) -> None:
    page = visit("hall")
    steps.wait_until_sharp(page)
    page.click('.stop:has-text("Le grenier")')
    expect(page.locator("#scene-title")).to_have_text("Le grenier")
    steps.wait_until_sharp(page)
    slow: list[tuple[Route, APIResponse]] = []
    page.route("**/mill-tour/hall", lambda route: slow.append((route, route.fetch())))
    page.evaluate("history.back()")
    steps.wait_until(lambda: bool(slow), page)
    page.evaluate("history.forward()")
    steps.wait_until(lambda: page.url.endswith("/attic"), page)
    ((route, response),) = slow
    route.fulfill(response=response)
    page.wait_for_timeout(500)
    expect(page.locator("#scene-title")).to_have_text("Le grenier")
    steps.wait_until_sharp(page)


def test_who_spares_data_fetches_nothing_ahead_and_lighter_tiles(visit: Visit) -> None:
    page = visit("hall")
    steps.wait_until_sharp(page)
    page.click('[data-tool="saver"]')
    address, asked = page.url, list[str]()
    page.goto("about:blank")  # what the first page has begun to fetch ahead is its own
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    steps.wait_until_sharp(page)
    page.wait_for_timeout(1500)
    attic = page.evaluate(
        "JSON.parse(document.querySelector('#scene').textContent).neighbours[0].base"
    )
    assert not [url for url in asked if attic in url and "thumb" not in url]


def test_the_list_is_remembered(visit: Visit) -> None:
    page = visit("hall")
    steps.show_list(page)
    page.reload()
    page.wait_for_selector('html[data-view="list"] #player[data-ready]')
    assert page.locator("canvas").count() == 0
    page.click("a.way")
    expect(page.locator("#scene-title")).to_have_text("Le grenier")
    expect(page.locator("#hotspot-stone")).to_be_visible()
