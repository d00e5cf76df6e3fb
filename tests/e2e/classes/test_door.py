"""The door of a class in a real browser, from its first knock to the day after its last one."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.classes.lesson import PATIENCE, Crowd, Lesson, enter
from tests.e2e.player import steps
from tests.serving import Site

pytestmark = pytest.mark.browser
TEACHERS_CLICKS, STUDENTS_CLICKS = 6, 3
COUNT = """
addEventListener("click", event => {
  if (event.isTrusted && event.detail > 0) window.pressed(location.pathname);
}, true);
addEventListener("keydown", event => {
  if (event.isTrusted && event.key === "Enter") window.pressed(location.pathname);
}, true);
"""
"""Tells of each click of a pointer and each Enter; what Enter clicks is not counted again."""


def type_code(page: Page, code: str) -> None:
    """Type a code on the page for codes."""
    page.goto("/join")
    page.fill('[name="code"]', code)
    page.click("main form button")


def press(board: Page, name: str, value: str) -> None:
    """Press a button of the class's settings."""
    board.click(f"form:has(input[name='{name}'][value='{value}']) button")


def let_the_date_pass(site: Site, slug: str) -> None:
    """Work at home has ended, in whichever zone the school is."""
    ended = datetime.now(UTC).date() - timedelta(days=2)
    with closing(sqlite3.connect(site.data / "deambule.db", timeout=10)) as data, data:
        row = (str(ended), slug)
        changed = data.execute("UPDATE classroom SET home_until = ? WHERE slug = ?", row)
        assert changed.rowcount == 1


def count_presses(page: Page) -> list[str]:
    """Where somebody clicks or presses Enter from now on."""
    presses: list[str] = []
    page.expose_function("pressed", lambda path: presses.append(path))  # noqa: PLW0108  needs a mark
    page.add_init_script(COUNT)
    return presses


def test_thirty_come_in_and_the_next_one_knocks(lesson: Lesson, crowd: Crowd) -> None:
    crowd.come_in(lesson.code, 30)
    board = lesson.board
    expect(board.locator("[data-sum='joined']")).to_have_text("30", timeout=PATIENCE)
    expect(board.locator("[data-door]")).to_have_attribute("data-door", "knock")
    late = lesson.new_machine().new_page()
    type_code(late, lesson.code)
    late.wait_for_url("**/wait")
    expect(late.locator("h1")).to_have_text("Ton professeur va t’ouvrir")
    name = board.inner_text(".knock [data-pseudonym]")
    expect(late.locator("#waiting")).to_contain_text(name)
    board.click(".knock .plate--yellow")
    late.wait_for_url("**/welcome", timeout=PATIENCE)
    expect(late.locator("h1")).to_have_text(name)
    expect(board.locator("#students .pupil")).to_have_count(31, timeout=PATIENCE)
    late.click("form[action$='/start'] button")
    steps.wait_until_ready(late)


def test_a_shut_door_says_so_wherever_one_comes_from(lesson: Lesson) -> None:
    press(lesson.board, "door", "shut")
    expect(lesson.board.locator("[data-door]")).to_have_attribute("data-door", "shut")
    page = lesson.new_machine().new_page()
    type_code(page, lesson.code)
    expect(page.locator("#code-wrong")).to_contain_text("La porte est fermée. Ton professeur")
    page.goto(f"/{lesson.code}")
    expect(page.locator("h1")).to_have_text("La porte est fermée")
    expect(page.locator("main form[action='/join']")).to_have_count(0)


def test_the_same_card_works_in_class_at_home_and_to_be_read_when_the_date_has_passed(
    lesson: Lesson, site: Site
) -> None:
    student = lesson.new_machine().new_page()
    lesson.come_in(student)
    name, card = student.inner_text("h1"), student.inner_text("#code").strip()
    enter(student, "attic")
    press(lesson.board, "time", "home")
    expect(student.locator("#toasts")).to_contain_text("continuer à la maison", timeout=PATIENCE)

    home = lesson.new_machine(viewport={"width": 390, "height": 780}).new_page()
    home.goto(f"/card/{card}")
    home.click("main form button")
    home.wait_for_url("**/welcome")
    expect(home.locator("h1")).to_have_text(name)
    expect(home.locator("main")).to_contain_text("La leçon est finie, la visite continue")
    enter(home, "attic")
    steps.open_by_plate(home, "stone")
    steps.expect_found(home, "stone")
    assert steps.boulons(home) == 1
    # Whatever belongs to a lesson alone is gone: nobody leads, and there is nobody to write to.
    expect(lesson.board.locator("#lead")).to_be_hidden()
    assert home.locator("textarea, [data-chat], #chat").count() == 0

    let_the_date_pass(site, lesson.slug)
    home.goto("/tours/mill-tour/attic")
    steps.wait_until_ready(home)
    expect(home.locator("#seat [data-over]")).to_be_visible()
    steps.open_by_plate(home, "weight")
    expect(home.locator("#panel form.ask button").first).to_be_disabled()
    home.goto("/welcome")
    expect(home.locator("main")).to_contain_text("Tout ce que tu as trouvé reste à lire")
    home.click("a:has-text('Relire ma page')")
    home.wait_for_url("**/me")
    assert refused_find(home) == (403, "over")
    stranger = lesson.new_machine().new_page()
    type_code(stranger, lesson.code)
    expect(stranger.locator("#code-wrong")).to_contain_text("Cette classe est terminée")


def refused_find(page: Page) -> tuple[int, str]:
    """What a page is answered that sends a find all the same."""
    page.goto("/tours/mill-tour/attic")
    token = page.get_attribute('meta[name="csrf-token"]', "content") or ""
    find, evidence = "/tours/mill-tour/hotspots/weight/find", {"answer": ["1,5"]}
    reply = page.request.post(find, data=evidence, headers={"X-CSRFToken": token})
    told: Any = reply.json()
    return reply.status, told["error"]["code"]


def test_from_the_first_page_to_thirty_students_inside_a_tour(
    new_machine: Callable[..., BrowserContext], crowd: Crowd
) -> None:
    teacher, student = new_machine().new_page(), new_machine().new_page()
    teachers, students = count_presses(teacher), count_presses(student)
    teacher.goto("/")
    teacher.click("a[href='/classes/open']")
    teacher.click("main form button")
    code = teacher.inner_text("#door-code").strip()
    crowd.come_in(code, 29, walk=True)
    student.goto("/")
    student.click("#code")
    student.keyboard.type(code)
    student.keyboard.press("Enter")
    student.click("form[action$='/start'] button")
    steps.wait_until_ready(student)
    expect(teacher.locator("[data-sum='joined']")).to_have_text("30", timeout=PATIENCE)
    places = teacher.locator("#students .pupil [data-scene]")
    expect(places).to_have_text(["La halle"] * 30, timeout=PATIENCE)
    assert 0 < len(teachers) <= TEACHERS_CLICKS, teachers
    assert 0 < len(students) <= STUDENTS_CLICKS, students


def test_the_address_on_the_board_is_one_click_from_a_place(lesson: Lesson) -> None:
    student = lesson.new_machine().new_page()
    presses = count_presses(student)
    student.goto(f"/{lesson.code.lower()}")
    student.click("main form button")
    student.wait_for_url("**/welcome")
    student.click("form[action$='/start'] button")
    steps.wait_until_ready(student)
    assert len(presses) == 2, presses
