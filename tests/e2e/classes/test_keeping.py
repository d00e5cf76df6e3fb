"""Keeping and sharing a class in a real browser: small screens, axe, and a phone that is paired."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.classes.lesson import Lesson
from tests.e2e.test_pages_look import violations

pytestmark = pytest.mark.browser


def check(page: Page) -> None:
    """Nothing that axe finds, and nothing beyond the edge of a small screen."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        assert violations(page) == [], page.url


def test_pages_of_keeping_are_without_fault(lesson: Lesson) -> None:
    student = lesson.new_machine().new_page()
    lesson.come_in(student)
    student.goto("/me/data")
    check(student)
    board, base = lesson.board, f"/classes/{lesson.slug}"
    board.goto(f"{base}/settings")
    check(board)
    board.get_by_text("1 élève", exact=True).click()
    board.locator(".held-list a").click()
    board.wait_for_url("**/students/*", wait_until="load")
    check(board)
    board.goto(f"{base}/links")
    check(board)


def test_a_phone_is_paired_and_let_go(lesson: Lesson) -> None:
    board, phone = (
        lesson.board,
        lesson.new_machine(viewport={"width": 390, "height": 780}).new_page(),
    )
    board.goto(f"/classes/{lesson.slug}/links")
    board.get_by_role("button", name="Relier un téléphone").click()
    expect(board.locator("#address")).to_be_visible()
    check(board)
    phone.goto(board.inner_text("#address"))
    check(phone)
    phone.get_by_role("button", name="Relier ce téléphone").click()
    phone.wait_for_url(f"**/classes/{lesson.slug}")
    board.reload()
    board.get_by_role("button", name="Fermer Téléphone relié").click()
    expect(board.get_by_text("Aucun lien.")).to_be_visible()
    assert phone.request.get(phone.url).status == 404
    phone.goto(f"/links/{'a' * 43}")
    check(phone)


def test_a_class_is_erased_by_typing_its_code(lesson: Lesson) -> None:
    board = lesson.board
    board.goto(f"/classes/{lesson.slug}/settings")
    board.get_by_label("Pour confirmer, tapez son code").fill(lesson.code)
    board.get_by_role("button", name="Effacer la classe").click()
    expect(board.get_by_text("La classe est effacée.")).to_be_visible()
    check(board)
