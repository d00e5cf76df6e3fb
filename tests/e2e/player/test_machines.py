"""No WebGL, no script, no motion, a small screen: the same points can be earned."""

import pytest
from playwright.sync_api import expect

from tests.e2e.player import steps
from tests.e2e.player.conftest import Visit

pytestmark = pytest.mark.browser


def test_without_webgl_the_view_is_there_and_plates_are_found(visit: Visit) -> None:
    page = visit("attic", machine="no webgl")
    steps.wait_until_sharp(page)
    assert page.evaluate("document.createElement('canvas').getContext('webgl')") is None
    assert page.locator(".pnlm-face").count() == 6
    steps.open_by_plate(page, "ali")
    steps.expect_found(page, "ali")


def test_without_webgl_nor_tiles_the_flat_picture_and_the_list_remain(visit: Visit) -> None:
    page = visit("attic", machine="no webgl")
    page.add_init_script("Object.defineProperty(navigator, 'appVersion', {value: ''})")
    page.add_init_script("delete CSSStyleDeclaration.prototype.WebkitAppearance")
    page.add_init_script(
        "Object.defineProperty(window, 'WebkitAppearance', {value: undefined});"
        "const has = Object.prototype.hasOwnProperty;"
        "Object.prototype.hasOwnProperty = function (name) {"
        " return name === 'fallbackPath' ? false : has.call(this, name); };"
    )
    page.reload()
    expect(page.locator("img.stage__flat")).to_be_visible()
    steps.open_in_list(page, "ali")
    steps.expect_found(page, "ali")


def test_without_script_the_page_is_whole_and_forms_earn_the_same(visit: Visit) -> None:
    page = visit("hall", java_script_enabled=False)
    expect(page.locator("noscript img.stage__flat, img.stage__flat")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.click("#hotspot-meal summary")
    page.click("#hotspot-meal .keep button")
    assert page.url.endswith("#hotspot-meal")
    assert steps.boulons(page) == 1
    page.click("#hotspot-gauge summary")
    page.check('#hotspot-gauge input[value="1"]')
    page.click("#hotspot-gauge form button")
    assert steps.boulons(page) == 4
    page.click("#hotspot-cock summary")
    page.fill("#hotspot-cock input[name=riddle]", "girouette")
    page.click("#hotspot-cock form button")
    assert steps.boulons(page) == 7
    page.click("a.way")
    expect(page.locator("h1")).to_have_text("Le grenier")
    page.click("#hotspot-wheel summary")
    page.click("#hotspot-wheel .keep button")
    assert steps.boulons(page) == 8


def test_without_motion_nothing_moves(visit: Visit) -> None:
    page = visit("hall", reduced_motion="reduce")
    steps.wait_until_sharp(page)
    steps.open_by_plate(page, "maelle")
    steps.expect_found(page, "maelle")
    moving = page.evaluate(
        "document.getAnimations().filter(a => a.effect.getTiming().duration > 50).length"
    )
    assert moving == 0
    assert page.locator(".flying").count() == 0


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 568)])
def test_on_a_phone_nothing_reaches_over_the_edge(visit: Visit, width: int, height: int) -> None:
    page = visit(
        "hall",
        viewport={"width": width, "height": height},
        is_mobile=True,
        has_touch=True,
        device_scale_factor=2,
    )
    steps.wait_until_sharp(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.tap("#hotspot-gauge summary")
    expect(page.locator("#panel")).to_be_visible()
    sheet = page.locator("#panel").bounding_box()
    assert sheet is not None
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= width
    page.tap("#panel .choice >> nth=1")
    page.tap("#panel form button")
    steps.expect_found(page, "gauge")
    page.tap("[data-close]")
    expect(page.locator("#panel")).to_be_hidden()


def test_no_request_leaves_the_host(visit: Visit) -> None:
    page = visit("hall")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    steps.wait_until_sharp(page)
    page.wait_for_timeout(1000)
    home = page.evaluate("location.origin")
    assert asked
    assert [url for url in asked if not url.startswith((home, "data:", "blob:"))] == []
    assert page.locator("a[href*='pannellum.org']").count() == 0
