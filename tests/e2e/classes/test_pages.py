"""The pages of a class that need one: weight, contrast, small screens, and nothing in the way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.classes.lesson import PATIENCE, Lesson, send
from tests.e2e.test_pages_look import LIGHT, violations

pytestmark = pytest.mark.browser
TEACHERS = ("lessons", "whole", "tours/mill-tour", "names", "cards", "report")


def change(lesson: Lesson, path: str, **form: str) -> None:
    """The teacher changes the class."""
    base = f"/classes/{lesson.slug}"
    send(lesson.board.context.request, f"{base}/settings", f"{base}/{path}", **form)


def check(page: Page, path: str) -> None:
    """A page has no fault that axe finds, fits small screens, and is light where that counts."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(path, wait_until="networkidle")
    page.remove_listener("response", note)
    assert answers[0].status == 200, path
    sizes = [answer.request.sizes() for answer in answers]
    assert sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes) < LIGHT, path
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert violations(page) == [], path


def come_in(lesson: Lesson) -> Page:
    """A student who has sat down."""
    page = lesson.new_machine().new_page()
    lesson.come_in(page)
    return page


def shut(lesson: Lesson) -> None:
    """Nobody comes in."""
    change(lesson, "door", door="shut")


def guard(lesson: Lesson) -> None:
    """One knocks."""
    change(lesson, "door", door="knock")


def end(lesson: Lesson) -> None:
    """The class is over."""
    change(lesson, "time", time="over")


@pytest.mark.parametrize("arrange", [None, guard, shut, end])
def test_the_doors_of_a_class_are_without_fault(
    lesson: Lesson, arrange: Callable[[Lesson], None] | None
) -> None:
    change(lesson, "lessons", tour="mill-tour", minutes="45")
    page = lesson.board.request.get(f"/classes/{lesson.slug}/lessons").text()
    link = re.search(r"/lessons/\w+(?=</p>)", page)
    assert link is not None
    seated, stranger = come_in(lesson), lesson.new_machine().new_page()
    if arrange:
        arrange(lesson)
    for one in (stranger, seated):
        for path in (f"/{lesson.code}", link[0]):
            check(one, path)
    check(seated, "/welcome")


def test_the_page_of_whoever_waits_is_without_fault(lesson: Lesson) -> None:
    guard(lesson)
    page = lesson.new_machine().new_page()
    page.goto(f"/{lesson.code}")
    page.click("main form button")
    page.wait_for_url("**/wait")
    check(page, "/wait")
    lesson.board.click(".knock form:has(input[value='refuse']) button")
    expect(page.locator("h1")).to_have_text("La porte reste fermée", timeout=PATIENCE)
    check(page, "/wait")


def test_a_card_tells_whose_machine_it_is_opened_on(lesson: Lesson) -> None:
    page = come_in(lesson)
    code = page.inner_text("#code").strip()
    check(page, f"/card/{code}")
    expect(page.locator("aside.here")).to_contain_text("Cette machine est déjà à")


def test_the_teacher_s_pages_are_without_fault(lesson: Lesson) -> None:
    change(lesson, "lessons", tour="mill-tour", minutes="45")
    come_in(lesson)
    for path in TEACHERS:
        check(lesson.board, f"/classes/{lesson.slug}/{path}")


def test_a_name_that_nobody_should_read_is_shown_where_it_was_typed(lesson: Lesson) -> None:
    page = lesson.new_machine().new_page()
    page.goto("/classes/open")
    expect(page.locator("#name")).to_be_hidden()
    page.click("details.passing summary")
    page.fill("#name", "Les connards")
    page.click("main form button")
    expect(page.locator("#name")).to_be_visible()
    expect(page.locator(".field__wrong")).to_contain_text("choisissez-en un autre")
    assert violations(page) == []


def test_the_key_is_on_the_paper_with_the_cards_and_what_explains_it_is_not(
    lesson: Lesson,
) -> None:
    come_in(lesson)
    board = lesson.board
    board.goto(f"/classes/{lesson.slug}/cards")
    told = board.get_by_text("La clé du professeur s’imprime avec cette page")
    expect(told).to_be_visible()
    board.emulate_media(media="print")
    expect(board.locator(".sheet-key")).to_contain_text(lesson.key)
    expect(board.locator(".sheet-key")).to_have_css("break-after", "page")
    expect(told).to_be_hidden()
    expect(board.locator(".sheet-card")).to_be_visible()
