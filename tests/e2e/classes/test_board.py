"""The board in a real browser: two views, who is stuck, what is done in place, small screens."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.classes.lesson import PATIENCE, Lesson
from tests.e2e.player import steps
from tests.serving import Site

pytestmark = pytest.mark.browser


def let_be_stuck_after(board: Page, seconds: float) -> None:
    """Have no patience with students who stand still."""
    board.evaluate("s => { document.querySelector('#board').dataset.stuck = s }", seconds)


def test_who_stands_still_is_told_to_the_teacher_alone_and_time_goes_on_by_itself(
    lesson: Lesson,
) -> None:
    student = lesson.student("hall")
    board = lesson.board
    let_be_stuck_after(board, 2)
    expect(board.locator("#students .pupil")).to_have_attribute("data-here", "yes")
    board.wait_for_timeout(6000)
    expect(board.locator(".stuck")).to_be_hidden()
    assert board.locator("#stuck li").count() == 0
    board.keyboard.press("l")
    expect(board.locator("#stuck li")).to_contain_text("sans bouger depuis 0\u00a0min")
    expect(board.locator("#stuck li")).to_contain_text("La halle")
    let_be_stuck_after(board, 8)
    steps.open_by_plate(student, "meal")
    expect(board.locator("#stuck li")).to_have_count(0, timeout=PATIENCE)
    expect(board.locator("#stuck li")).to_have_count(1, timeout=20_000)
    board.keyboard.press("l")
    expect(board.locator(".stuck")).to_be_hidden()


def test_who_watches_a_film_is_not_stuck(lesson: Lesson) -> None:
    student = lesson.student("attic")
    board = lesson.board
    board.keyboard.press("l")
    let_be_stuck_after(board, 1)
    expect(board.locator("#stuck li")).to_have_count(1, timeout=PATIENCE)
    steps.open_by_plate(student, "wheel")
    student.evaluate(
        "() => { const film = document.querySelector('video'); film.loop = true; film.play(); }"
    )
    expect(board.locator("#stuck li")).to_have_count(0, timeout=PATIENCE)
    board.wait_for_timeout(6000)
    expect(board.locator("#stuck li")).to_have_count(0)


def test_a_find_is_news_on_the_projector_without_any_count_of_a_student(lesson: Lesson) -> None:
    student = lesson.student("hall")
    steps.open_by_plate(student, "meal")
    board = lesson.board
    expect(board.locator("#news .news")).to_have_count(1, timeout=PATIENCE)
    name = student.inner_text("#seat [data-pseudonym]")
    expect(board.locator("#news .news")).to_contain_text(name)
    expect(board.locator("[data-sum='discovered']")).to_have_text("1")
    expect(board.locator(".pupil__count")).to_be_hidden()
    board.click("#teacher-view")
    expect(board.locator(".pupil__count")).to_be_visible()
    expect(board.locator("[data-found]")).to_have_text("1")


def test_what_the_teacher_does_leaves_the_view_as_it_is_and_is_undone(lesson: Lesson) -> None:
    lesson.student("hall")
    board = lesson.board
    board.keyboard.press("l")
    expect(board.locator("#students .pupil")).to_have_count(1)
    board.click(".pupil__more summary")
    board.click(".pupil [data-act='remove'] button")
    expect(board.locator("#students .pupil")).to_have_count(0, timeout=PATIENCE)
    expect(board.locator("#undo")).to_contain_text("n’est plus dans la classe")
    expect(board.locator("#board")).to_have_attribute("data-view", "teacher")
    board.click("#undo button")
    expect(board.locator("#students .pupil")).to_have_count(1, timeout=PATIENCE)
    expect(board.locator("#undo")).to_be_hidden()


def test_whoever_knocks_while_the_board_is_open_is_let_in_by_one_click(lesson: Lesson) -> None:
    board = lesson.board
    board.click("form:has(input[value='knock']) button")
    expect(board.locator("[data-door='knock']")).to_be_visible(timeout=PATIENCE)
    page = lesson.new_machine().new_page()
    page.goto("/join")
    page.fill('[name="code"]', lesson.code)
    page.click("main form button")
    expect(board.locator(".knock")).to_have_count(1, timeout=PATIENCE)
    assert board.title().startswith("(1) ")
    board.click(".knock .plate--yellow")
    page.wait_for_url("**/welcome", timeout=PATIENCE)
    expect(board.locator(".knock")).to_have_count(0)


def test_a_shut_door_and_another_code_are_shown_at_once(lesson: Lesson) -> None:
    board = lesson.board
    board.click("form:has(input[value='shut']) button")
    expect(board.locator("[data-door]")).to_have_text("La porte est fermée.", timeout=PATIENCE)
    board.click("form[action$='/code'] button")
    expect(board.locator("#door-code")).not_to_have_text(lesson.code, timeout=PATIENCE)
    code = board.inner_text("#door-code")
    board.click("[data-poster]")
    expect(board.locator("#poster [data-code]")).to_have_text(code)
    assert code in (board.get_attribute("#poster [data-qr]", "src") or "")
    drawn = "document.querySelector('#poster [data-qr]').naturalWidth > 0"
    steps.wait_until(lambda: bool(board.evaluate(drawn)), board)


def test_a_lesson_that_is_over_is_said_and_nobody_is_led_any_more(lesson: Lesson) -> None:
    board = lesson.board
    expect(board.locator("#lead")).to_be_visible()
    board.click("form:has(input[value='home']) button")
    expect(board.locator("#ends")).to_contain_text("La leçon est finie", timeout=PATIENCE)
    expect(board.locator("#lead")).to_be_hidden()
    assert "{day}" not in board.inner_text("#ends")


def test_the_board_leads_its_class(lesson: Lesson) -> None:
    student = lesson.student("attic")
    board = lesson.board
    board.click("#lead [data-order='eyes']")
    expect(student.locator("#eyes")).to_be_visible(timeout=PATIENCE)
    board.click("#lead [data-order='free']")
    expect(student.locator("#eyes")).to_be_hidden(timeout=PATIENCE)


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_board_and_its_pages_have_no_fault_that_axe_finds(lesson: Lesson, width: int) -> None:
    student = lesson.student("hall")
    steps.open_by_plate(student, "meal")
    board = lesson.board
    board.set_viewport_size({"width": width, "height": 800})
    expect(board.locator("#news .news")).to_have_count(1, timeout=PATIENCE)
    board.wait_for_timeout(800)
    for _view in ("projector", "teacher"):
        assert steps.faults(board) == []
        assert board.evaluate("document.documentElement.scrollWidth") <= width
        board.keyboard.press("l")
    for path in ("/heat", "/poster", "/report"):
        board.goto(f"/classes/{lesson.slug}{path}")
        assert steps.faults(board) == [], path
        assert board.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_board_that_is_no_longer_open_says_what_to_do(lesson: Lesson) -> None:
    other = lesson.second_board()
    expect(other.locator("#line")).to_be_hidden(timeout=PATIENCE)
    lesson.board.goto(f"/classes/{lesson.slug}/settings")
    lesson.board.click(f"form[action='/classes/{lesson.slug}/key'] button")
    told = other.locator("#line")
    expect(told).to_be_visible(timeout=PATIENCE)
    expect(told).to_contain_text("Rouvrez-le par votre compte, votre clé ou un nouveau lien.")
    expect(told).not_to_contain_text("attend le réseau")


def test_the_door_of_a_quiet_class_closes_to_a_knock_by_itself(lesson: Lesson, site: Site) -> None:
    opened = datetime.now(UTC) - timedelta(minutes=9, seconds=54)
    with closing(sqlite3.connect(site.data / "deambule.db", timeout=10)) as data, data:
        row = (opened.strftime("%Y-%m-%d %H:%M:%S.%f"), lesson.slug)
        data.execute("UPDATE classroom SET door_opened_at = ? WHERE slug = ?", row)
    board = lesson.board
    board.reload()
    expect(board.locator("[data-door]")).to_have_text("La porte est ouverte.")
    expect(board.locator("[data-door]")).to_have_attribute("data-door", "knock", timeout=15_000)
    expect(board.locator("[data-door]")).to_contain_text("On frappe")


def test_without_a_script_the_board_is_read_and_worked_by_reloading(
    lesson: Lesson, new_machine: Callable[..., BrowserContext]
) -> None:
    lesson.student("hall")
    page = new_machine(java_script_enabled=False).new_page()
    page.goto("/key")
    page.fill('[name="key"]', lesson.key)
    page.click("main form button")
    expect(page.locator("#students .pupil")).to_have_count(1)
    page.click("#teacher-view")
    expect(page.locator("#board")).to_have_attribute("data-view", "teacher")
    page.click("form:has(input[value='shut']) button")
    expect(page.locator("[data-door]")).to_have_text("La porte est fermée.")
    page.click("[data-poster]")
    expect(page.locator(".poster__code")).to_have_text(lesson.code)
