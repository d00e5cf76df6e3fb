"""What a class builds, on its board."""

from playwright.sync_api import expect

from tests.e2e.classes.lesson import PATIENCE, Lesson, enter
from tests.e2e.player import steps


def test_a_part_turns_in_on_the_board_when_the_class_has_earned_it(lesson: Lesson) -> None:
    drawing = lesson.board.locator("[data-build] .object")
    expect(drawing.locator(".object__part--lit")).to_have_count(0)
    student = lesson.student("attic")
    for slug in ("stone", "plan"):
        steps.open_by_plate(student, slug)
        student.keyboard.press("Escape")
    enter(student, "hall")
    steps.open_by_plate(student, "meal")
    first = drawing.locator('[data-part="1"]')
    expect(first).to_have_class(
        "object__part object__part--lit object__part--new", timeout=PATIENCE
    )
    lit = drawing.locator(".object__part--lit").count()
    told = f"La classe construit le radiotélescope. Pièces\u00a0: {lit} sur 7."
    expect(drawing).to_have_attribute("aria-label", told)
    expect(lesson.board.locator("[data-saying]")).to_have_text(told)
    assert steps.faults(lesson.board) == []
    lesson.board.reload()
    expect(drawing.locator(".object__part--lit")).to_have_count(lit)
    expect(drawing.locator(".object__part--new")).to_have_count(0)
