"""A live quiz, from the projector to two students and back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.classes.lesson import PATIENCE, Lesson
from tests.e2e.test_pages_look import violations

pytestmark = pytest.mark.browser
HEAD = ".quiz-stage__question"
MINE = "#quiz-mine"


def start(lesson: Lesson, seconds: str = "60") -> Page:
    """Open the quiz from the class's board and begin with the questions of its tour."""
    board = lesson.board
    board.click('a[href$="/quiz"]')
    board.select_option('[name="seconds"]', seconds)
    board.click(".quiz-pick .plate--yellow")
    expect(board.locator(HEAD)).to_be_visible(timeout=PATIENCE)
    return board


def move(board: Page, act: str) -> None:
    """Press a button of the projector, and wait for what it changes."""
    stage = board.locator(".quiz-stage")
    number = stage.get_attribute("data-number") or ""
    board.click(f'[data-move="{act}"] button')
    expect(stage).not_to_have_attribute("data-number", number, timeout=PATIENCE)


def answer(page: Page, *, right: bool) -> None:
    """Answer the question that is asked, whatever its kind."""
    form = page.locator(f"{MINE} form")
    expect(form).to_be_visible(timeout=PATIENCE)
    choices = form.locator("[name=answer][type=radio], [name=answer][type=checkbox]")
    if choices.count():
        choices.nth(1 if right else 0).check()
    else:
        form.locator("[name=answer]").first.fill("1")
    form.locator(".plate--yellow").click()
    expect(page.locator(".quiz-mine__sent")).to_be_visible(timeout=PATIENCE)


def look(page: Page, name: str, pictures: Path) -> None:
    """Whatever is shown is accessible and fits the screen."""
    page.screenshot(path=pictures / f"{name}.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_class_answers_together_and_reviews_what_it_missed(
    lesson: Lesson, tmp_path: Path
) -> None:
    one, other = lesson.student(), lesson.student("attic")
    board = start(lesson)
    look(board, "asked", tmp_path)
    expect(one.locator("#quiz-dialog")).to_be_visible(timeout=PATIENCE)
    look(one, "student", tmp_path)
    answer(one, right=True)
    expect(board.locator("[data-answered]")).to_have_text("1", timeout=PATIENCE)
    expect(board.locator("[data-of]")).to_have_text("2")
    answer(other, right=False)
    expect(board.locator("[data-answered]")).to_have_text("2", timeout=PATIENCE)
    assert "Renard" not in board.inner_text("body")
    move(board, "show")
    expect(board.locator(".quiz-bars__count")).to_have_text(["1", "1", "0", "0"], timeout=PATIENCE)
    look(board, "bars", tmp_path)
    expect(one.locator(".quiz-mine__verdict")).to_be_visible(timeout=PATIENCE)
    look(one, "verdict", tmp_path)
    while "next" in (board.locator("form[data-move]").first.get_attribute("data-move") or ""):
        move(board, "next")
        if board.locator('[data-phase="review"]').count():
            break
        move(board, "show")
    expect(board.locator(".quiz-review__one").first).to_be_visible()
    look(board, "review", tmp_path)
    expect(one.locator(f"{MINE} [data-phase=review]")).to_be_visible(timeout=PATIENCE)
    look(one, "mine", tmp_path)
    board.click('[data-move="close"] button')
    expect(board.locator(".quiz-stage__done")).to_be_visible(timeout=PATIENCE)
    expect(one.locator("#quiz-dialog")).to_be_hidden(timeout=PATIENCE)
