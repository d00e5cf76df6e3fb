"""One computer and a projector: the class raises its hands, all who are there are credited."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.classes.lesson import Lesson
from tests.e2e.player import steps

pytestmark = pytest.mark.browser
STUDENTS = 3


@pytest.fixture
def screen(lesson: Lesson) -> Page:
    """The teacher's screen, which plays for three students."""
    page = lesson.board
    page.goto(f"/classes/{lesson.slug}/whole")
    page.fill("#more", str(STUDENTS))
    page.click("main form button.plate--yellow")
    page.wait_for_url("**/tours/mill-tour*")
    page.goto("/tours/mill-tour/hall")
    steps.wait_until_ready(page)
    expect(page.locator("#whole")).to_contain_text("joue pour 3 élèves")
    return page


def ask(page: Page, slug: str) -> Locator:
    """Open a question; its form, with the counters of hands."""
    steps.open_by_plate(page, slug)
    form = page.locator("#panel form.ask")
    expect(form.locator(".hands")).to_have_count(4)
    return form


def raise_hands(form: Locator, option: int, hands: int) -> None:
    """So many hands more for an option, counted from 1; fewer when it is less than nothing."""
    sign = "+" if hands > 0 else "−"
    button = form.locator(".hands").nth(option - 1).get_by_text(sign, exact=True)
    for _hand in range(abs(hands)):
        button.click()


def counted(form: Locator) -> list[str]:
    """The hands of each option."""
    return form.locator(".hands__count").all_inner_texts()


def ticked(form: Locator) -> list[str]:
    """The options that will be sent."""
    return [one.input_value() for one in form.locator("input:checked").all()]


def test_the_answer_with_most_hands_is_sent_for_all_who_are_there(
    lesson: Lesson, screen: Page
) -> None:
    form = ask(screen, "gauge")
    assert ticked(form) == []
    raise_hands(form, 1, 1)
    assert ticked(form) == ["0"]
    raise_hands(form, 2, 2)
    assert (counted(form), ticked(form)) == (["1", "2", "0", "0"], ["1"])
    raise_hands(form, 2, -2)
    assert ticked(form) == ["0"], "whoever takes their hand down takes the vote back"
    raise_hands(form, 1, -2)
    assert counted(form)[0] == "0"
    raise_hands(form, 2, STUDENTS + 2)
    assert counted(form)[1] == str(STUDENTS), "no more hands than students"
    assert steps.faults(screen) == []
    form.locator("button:not(.hands__button)").click()
    steps.expect_found(screen, "gauge")
    screen.keyboard.press("Escape")
    screen.click("#whole form button")
    screen.wait_for_url(f"**/classes/{lesson.slug}")
    expect(screen.locator("#students .pupil [data-points]")).to_have_text(["3"] * STUDENTS)


def test_votes_are_cast_by_keyboard_and_read_aloud(screen: Page) -> None:
    form = ask(screen, "gauge")
    more = form.get_by_role("button", name="Une main de plus pour la réponse 2")
    more.focus()
    screen.keyboard.press("Enter")
    screen.keyboard.press("Space")
    told = form.locator("output").nth(1)
    expect(told).to_have_attribute("aria-label", "2 mains pour la réponse 2")
    assert ticked(form) == ["1"]


def test_one_screen_does_not_complete_the_object_at_the_first_find(
    lesson: Lesson, screen: Page
) -> None:
    watcher = lesson.second_board()
    steps.open_by_plate(screen, "meal")
    steps.expect_found(screen, "meal")
    expect(watcher.locator("[data-sum='points']")).to_have_text(str(STUDENTS))
    expect(watcher.locator("[data-object]")).to_be_visible()
    assert watcher.locator(".object__part--lit").count() < 7
