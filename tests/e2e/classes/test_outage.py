"""A lesson whose server dies, whose proxy blocks WebSockets, whose network says nothing more."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.classes.lesson import PATIENCE, Lesson, enter
from tests.e2e.player import steps
from tests.live.relay import WebSockets, relay_to
from tests.serving import Site

pytestmark = pytest.mark.browser
TITLE = "#scene-title"


def numbers(board: Page) -> dict[str, Any]:
    """What the board counts, and whom it shows where."""
    counted: dict[str, Any] = board.evaluate(
        """() => {
          const sums = [...document.querySelectorAll("[data-sum]")]
            .map(one => [one.dataset.sum, one.textContent]);
          const words = (root, name) => root.querySelector(`[data-${name}]`)?.textContent;
          const pupils = [...document.querySelectorAll("#students .pupil")].map(one => [
            words(one, "pseudonym"), one.dataset.here,
            ...["scene", "found", "points"].map(name => words(one, name))]);
          return { ...Object.fromEntries(sums), pupils, code: words(document, "code") };
        }"""
    )
    return counted


def expect_points(board: Page, points: int) -> None:
    """The board counts so many for the whole class."""
    expect(board.locator("[data-sum='points']")).to_have_text(str(points), timeout=PATIENCE)


def find(page: Page, slug: str) -> None:
    """Open something, close it again."""
    steps.open_by_plate(page, slug)
    steps.expect_found(page, slug)
    page.keyboard.press("Escape")


def test_a_server_that_is_killed_loses_no_place_no_point_and_no_find(
    lesson: Lesson, site: Site
) -> None:
    board, walker, reader = lesson.board, lesson.student("attic"), lesson.student("hall")
    find(walker, "stone")
    find(reader, "meal")
    expect_points(board, 2)
    names = [page.inner_text("#seat [data-pseudonym]") for page in (walker, reader)]
    before = numbers(board)
    site.kill()
    for page in (walker, reader):
        page.wait_for_selector('body[data-line="waiting"]', timeout=PATIENCE)
    expect(board.locator("#line")).to_be_visible(timeout=PATIENCE)
    steps.open_by_plate(walker, "plan")
    expect(walker.locator("#waiting")).to_be_visible()
    site.start()
    for page in (walker, reader):
        page.wait_for_selector('body[data-line="open"]', timeout=PATIENCE)
    expect(board.locator("#line")).to_be_hidden(timeout=PATIENCE)
    steps.expect_found(walker, "plan")
    expect(walker.locator("#waiting")).to_be_hidden()
    expect_points(board, 3)
    expect(board.locator("[data-sum=here]")).to_have_text(before["here"], timeout=PATIENCE)
    after = numbers(board)
    assert [row[:3] for row in after["pupils"]] == [row[:3] for row in before["pupils"]]
    same = ("joined", "here", "expected", "code")
    assert [after[one] for one in same] == [before[one] for one in same]
    assert [page.inner_text(TITLE) for page in (walker, reader)] == ["Le grenier", "La halle"]
    expect(walker.locator("#panel")).to_be_visible()
    for page, name, boulons in zip((walker, reader), names, (2, 1), strict=True):
        page.reload()
        steps.wait_until_ready(page)
        assert page.inner_text("#seat [data-pseudonym]") == name
        assert steps.boulons(page) == boulons


def test_after_a_restart_the_board_knows_where_students_went_meanwhile(
    lesson: Lesson, site: Site
) -> None:
    """A page says where it is when its line opens anew, not where it was when it was loaded."""
    walker, place = lesson.student("hall"), lesson.board.locator("#students .pupil [data-scene]")
    expect(place).to_have_text("La halle", timeout=PATIENCE)
    walker.focus("#view")
    steps.reach(walker, '.spot-plate[data-slug="to-attic"]')
    walker.keyboard.press("Enter")
    expect(walker.locator(TITLE)).to_have_text("Le grenier")
    expect(place).to_have_text("Le grenier", timeout=PATIENCE)
    site.kill()
    walker.wait_for_selector('body[data-line="waiting"]', timeout=PATIENCE)
    site.start()
    walker.wait_for_selector('body[data-line="open"]', timeout=PATIENCE)
    expect(lesson.board.locator("#line")).to_be_hidden(timeout=PATIENCE)
    expect(lesson.board.locator("#students .pupil")).to_have_attribute(
        "data-here", "yes", timeout=PATIENCE
    )
    lesson.board.wait_for_timeout(500)
    expect(place).to_have_text("Le grenier")


def live_through_a_lesson(lesson: Lesson) -> Page:
    """A student finds, the board hears of it, and leads; the student's page."""
    student, board = lesson.student("attic"), lesson.board
    find(student, "stone")
    expect_points(board, 1)
    expect(board.locator("#students .pupil [data-scene]")).to_have_text("Le grenier")
    board.click("#lead [data-order='eyes']")
    expect(student.locator("#eyes")).to_be_visible(timeout=PATIENCE)
    board.click("#lead [data-order='free']")
    expect(student.locator("#eyes")).to_be_hidden(timeout=PATIENCE)
    return student


@pytest.mark.parametrize("proxy", ["refused", "swallowed"])
def test_a_lesson_is_live_where_websockets_are_blocked(
    site: Site, new_machine: Callable[..., BrowserContext], proxy: WebSockets
) -> None:
    with relay_to(site.port, proxy) as relay:
        live_through_a_lesson(Lesson(site, partial(new_machine, base_url=relay.url)))


@pytest.mark.parametrize("proxy", ["pass", "refused"])
def test_a_network_that_falls_silent_is_told_to_both_sides_and_nothing_is_lost(
    site: Site, new_machine: Callable[..., BrowserContext], proxy: WebSockets
) -> None:
    with relay_to(site.port, proxy) as relay:
        lesson = Lesson(site, partial(new_machine, base_url=relay.url))
        student, board = live_through_a_lesson(lesson), lesson.board
        relay.fall_silent()
        student.wait_for_selector('body[data-line="waiting"]', timeout=PATIENCE)
        expect(board.locator("#line")).to_be_visible(timeout=PATIENCE)
        steps.open_by_plate(student, "plan")
        relay.talk_again()
        student.wait_for_selector('body[data-line="open"]', timeout=PATIENCE)
        expect(board.locator("#line")).to_be_hidden(timeout=PATIENCE)
        steps.expect_found(student, "plan")
        expect_points(board, 2)
        enter(student, "hall")
        expect(board.locator("#students .pupil [data-scene]")).to_have_text(
            "La halle", timeout=PATIENCE
        )
