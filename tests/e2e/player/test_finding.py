"""Every kind is found in the 360° view and in the list, with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.player import steps
from tests.e2e.player.conftest import Visit

pytestmark = pytest.mark.browser

READ = ["stone", "plan", "ali"]
TRANSCRIBED = ["wheel", "hum"]


def open_way(page: Page, way: str, slug: str) -> None:
    """Open a hotspot by its plate on the view, or in the list."""
    if way == "view":
        steps.open_by_plate(page, slug)
    else:
        steps.open_in_list(page, slug)


def leave(page: Page, way: str) -> None:
    """Close the panel, if there is one."""
    if way == "view":
        page.keyboard.press("Escape")
        expect(page.locator("#panel")).to_be_hidden()


def start(visit: Visit, way: str, scene: str) -> Page:
    """A new visitor in a scene, in one way of showing it."""
    page = visit(scene)
    steps.wait_until_sharp(page)
    if way == "list":
        steps.show_list(page)
    return page


@pytest.mark.parametrize("way", ["view", "list"])
def test_what_is_read_or_seen_is_found_by_opening_it(visit: Visit, way: str) -> None:
    page = start(visit, way, "attic")
    for slug in READ:
        open_way(page, way, slug)
        steps.expect_found(page, slug)
        leave(page, way)
    assert steps.boulons(page) == len(READ)


@pytest.mark.parametrize("way", ["view", "list"])
def test_a_film_and_a_sound_are_found_by_their_transcripts(visit: Visit, way: str) -> None:
    page = start(visit, way, "attic")
    for slug in TRANSCRIBED:
        open_way(page, way, slug)
        steps.send(page)
        steps.expect_found(page, slug)
        leave(page, way)
    assert steps.boulons(page) == len(TRANSCRIBED)


def test_a_film_is_found_by_watching_it(visit: Visit) -> None:
    page = start(visit, "view", "attic")
    steps.open_by_plate(page, "wheel")
    assert page.evaluate("document.querySelector('#panel track').track.mode") == "showing"
    page.evaluate("document.querySelector('#panel video').play()")
    steps.expect_found(page, "wheel")
    assert page.evaluate("document.querySelector('video').muted")


@pytest.mark.parametrize("way", ["view", "list"])
def test_a_question_gives_three_boulons_then_one_and_is_explained(visit: Visit, way: str) -> None:
    page = start(visit, way, "hall")
    open_way(page, way, "gauge")
    steps.answer(page, steps.SECOND)
    steps.expect_found(page, "gauge")
    assert steps.boulons(page) == 3
    leave(page, way)

    open_way(page, way, "belt")
    steps.answer(page, steps.FIRST)
    expect(page.locator(".ask__again:visible")).to_contain_text("deuxième essai")
    steps.answer(page, steps.SECOND)
    steps.expect_found(page, "belt")
    assert steps.boulons(page) == 4
    expect(page.locator(".explained:visible").last).to_contain_text("Parce que.")


@pytest.mark.parametrize("way", ["view", "list"])
def test_a_number_is_answered_with_a_french_comma(visit: Visit, way: str) -> None:
    page = start(visit, way, "attic")
    open_way(page, way, "weight")
    steps.write(page, "answer", "1,5")
    steps.expect_found(page, "weight")


@pytest.mark.parametrize("way", ["view", "list"])
def test_a_treasure_is_found_by_its_riddle(visit: Visit, way: str) -> None:
    page = start(visit, way, "hall")
    assert "cock" not in page.inner_text("#spots")
    steps.open_in_list(page, "cock")
    steps.write(page, "riddle", "le vent")
    expect(page.locator("[data-again]")).to_be_visible()
    page.fill('input[name="riddle"]', "")
    steps.write(page, "riddle", "La GIROUETTE")
    steps.expect_found(page, "cock")
    expect(page.locator("#hotspot-cock .spot__name")).to_have_text("cock")
    assert steps.boulons(page) == 3


def test_a_treasure_is_found_by_looking_closely(visit: Visit) -> None:
    page = start(visit, "view", "hall")
    assert "cock" not in page.evaluate("document.querySelector('#scene').textContent")
    look_closely(page, "maelle")
    page.wait_for_timeout(500)
    assert page.is_hidden("#panel"), "it lies 20 degrees further: nothing happens"
    look_closely(page, "maelle", turns=2)
    steps.expect_found(page, "cock")
    expect(page.locator('.spot-plate[data-slug="cock"]')).to_be_attached()
    expect(page.locator("#panel-title")).to_be_focused()
    assert steps.boulons(page) == 3


def look_closely(page: Page, slug: str, turns: int = 0) -> None:
    """Turn to a plate, then to the right, ten degrees or so at a time; look at the middle."""
    page.focus("#view")
    steps.reach(page, f'.spot-plate[data-slug="{slug}"]')
    steps.settle(page, slug)
    page.focus("#view")
    for _ in range(turns):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(100)  # it has begun to turn
        steps.settle(page, slug)
    page.keyboard.press("Enter")


def test_the_focus_comes_back_to_the_plate_and_the_view_turns_to_it(visit: Visit) -> None:
    page = start(visit, "view", "hall")
    steps.open_by_plate(page, "maelle")
    steps.settle(page, "maelle")
    box = page.locator('.spot-plate[data-slug="maelle"]').bounding_box()
    stage = page.locator("#stage").bounding_box()
    assert box is not None
    assert stage is not None
    middle = stage["x"] + stage["width"] / 2
    assert abs(box["x"] + box["width"] / 2 - middle) < 30, "it stands in the middle"
    page.keyboard.press("Escape")
    expect(page.locator('.spot-plate[data-slug="maelle"]')).to_be_focused()
    assert page.is_hidden("#panel")


def test_letters_typed_in_an_answer_do_not_turn_the_view(visit: Visit) -> None:
    page = start(visit, "view", "hall")
    page.wait_for_timeout(300)
    steps.open_in_list(page, "cock")
    steps.settle(page, "meal")
    before = page.locator('.spot-plate[data-slug="meal"]').bounding_box()
    page.fill('input[name="riddle"]', "")
    page.focus('input[name="riddle"]')
    page.keyboard.type("wasd+-")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(500)
    assert page.input_value('input[name="riddle"]') == "wasd+-"
    assert page.locator('.spot-plate[data-slug="meal"]').bounding_box() == before
