"""A live quiz, from the projector to two students and back."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect
from sqlalchemy import select, update

from app.classes.models import Classroom, Student
from app.core.db import db, now
from app.core.writer import write
from app.live.quiz.models import LiveQuiz
from app.live.quiz.running import begin
from tests.e2e.classes.lesson import PATIENCE, Lesson
from tests.e2e.player import steps
from tests.e2e.test_pages_look import violations
from tests.live.lesson import app_on

pytestmark = pytest.mark.browser
HEAD = ".quiz-stage__question"
MINE = "#quiz-mine"
PLACE = {
    "type": "place",
    "question": {"fr": "Où est la roue ?", "en": "Where is the wheel?"},
    "explanation": {"fr": "Au milieu de la vue.", "en": "In the middle of the view."},
    "target": {"yaw": 15.0, "pitch": 0.0, "radius": 6},
    "options": [
        {"text": {"fr": "À gauche", "en": "On the left"}, "right": False},
        {"text": {"fr": "Au milieu", "en": "In the middle"}, "right": True},
    ],
}


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


def test_a_student_who_reloads_or_was_away_is_back_in_the_question(lesson: Lesson) -> None:
    student = lesson.student()
    board = start(lesson, "0")
    expect(student.locator("#quiz-dialog")).to_be_visible(timeout=PATIENCE)
    student.reload()
    student.locator("[data-quiz-close]").click()
    expect(student.locator("#quiz-dialog")).to_be_hidden()
    student.locator("#quiz-back").click()
    answer(student, right=True)
    student.reload()
    expect(student.locator(".quiz-mine__sent")).to_be_visible(timeout=PATIENCE)
    move(board, "show")
    expect(student.locator(".quiz-mine__verdict")).to_contain_text("C’est juste", timeout=PATIENCE)
    expect(student.locator("#boulons [data-total]")).to_have_text("3")


def test_an_answer_waits_for_the_network_and_counts_once(lesson: Lesson) -> None:
    student = lesson.student()
    board = start(lesson, "0")
    form = student.locator(f"{MINE} form")
    expect(form).to_be_visible(timeout=PATIENCE)
    student.context.set_offline(offline=True)
    form.locator("[name=answer]").nth(1).check()
    form.locator(".plate--yellow").click()
    student.wait_for_timeout(1000)
    expect(form).to_be_visible()
    student.context.set_offline(offline=False)
    expect(student.locator(".quiz-mine__sent")).to_be_visible(timeout=2 * PATIENCE)
    expect(board.locator("[data-answered]")).to_have_text("1", timeout=PATIENCE)


def test_a_place_is_shown_by_a_click_by_arrows_or_by_its_name(
    lesson: Lesson, tmp_path: Path
) -> None:
    student = lesson.student()
    picture = student.locator("#panorama img, img").first.get_attribute("src")
    begin_with(lesson, PLACE | {"flat": picture})
    student.goto("/class-quiz")
    form, mark = student.locator(f"{MINE} form"), student.locator("[data-map-mark]")
    look(student, "place", tmp_path)
    form.locator("[type=radio]").nth(1).check()
    student.locator("[data-map-view]").click(position={"x": 10, "y": 10})
    expect(mark).to_be_visible()
    expect(form.locator("[type=radio]:checked")).to_have_count(0)
    form.locator("[type=radio]").nth(1).check()
    expect(mark).to_be_hidden()
    student.focus("[data-map-view]")
    for _step in range(5):
        student.keyboard.press("ArrowRight")
    expect(mark).to_be_visible()
    form.locator(".plate--yellow").click()
    expect(student.locator(".quiz-mine__sent")).to_be_visible(timeout=PATIENCE)
    board = lesson.board
    board.goto(f"/classes/{lesson.slug}/quiz")
    move(board, "show")
    expect(student.locator(".quiz-mine__verdict")).to_contain_text("C’est juste", timeout=PATIENCE)
    look(board, "place-bars", tmp_path)


def begin_with(lesson: Lesson, content: dict[str, Any]) -> None:
    """Begin a quiz with one question, behind the site's back."""
    app = app_on(lesson.site.data)
    with app.app_context():
        classroom = db.session.scalars(
            select(Classroom.id).where(Classroom.slug == lesson.slug)
        ).one()
        write(lambda tx: begin(tx, classroom, "Essai", [content], 0))


def test_the_projector_waits_for_those_with_more_time(lesson: Lesson) -> None:
    lesson.student("hall")
    begin_with(lesson, PLACE)
    app, moment = app_on(lesson.site.data), now()
    with app.app_context():
        mine = select(Classroom.id).where(Classroom.slug == lesson.slug).scalar_subquery()
        students = update(Student).where(Student.classroom_id == mine)
        quiz = update(LiveQuiz).where(LiveQuiz.classroom_id == mine)
        write(lambda tx: tx.execute(students.values(extra_time=True)))
        times = {
            "asked_at": moment - timedelta(seconds=57),
            "ends_at": moment + timedelta(seconds=3),
        }
        write(lambda tx: tx.execute(quiz.values(times)))
    lesson.board.click('a[href$="/quiz"]')
    clock = lesson.board.locator("[data-clock-words]")
    expect(clock).to_have_text("Dernières réponses…", timeout=PATIENCE)
    with app.app_context():
        write(lambda tx: tx.execute(quiz.values(ends_at=moment - timedelta(seconds=50))))
    lesson.board.reload()
    expect(clock).to_have_text("Le temps est écoulé.", timeout=PATIENCE)


def test_what_the_projector_asked_for_first_and_gets_last_is_not_shown(lesson: Lesson) -> None:
    board = start(lesson)
    asked: list[Route] = []
    slow: list[tuple[Route, APIResponse]] = []

    def hold_first(route: Route) -> None:
        asked.append(route)
        if len(asked) > 1:
            route.continue_()
        else:
            slow.append((route, route.fetch()))

    board.route("**/quiz?part=1", hold_first)
    move(board, "show")
    steps.wait_until(lambda: bool(slow), board)
    move(board, "next")
    expect(board.locator(".quiz-stage")).to_have_attribute("data-phase", "ask")
    ((route, response),) = slow
    assert 'data-phase="shown"' in response.text()
    route.fulfill(response=response)
    board.wait_for_timeout(500)
    expect(board.locator(".quiz-stage")).to_have_attribute("data-phase", "ask")


def test_without_a_script_both_sides_work_by_forms(lesson: Lesson, tmp_path: Path) -> None:
    machine = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}
    page = lesson.new_machine(**machine).new_page()
    lesson.come_in(page)
    start(lesson, "0")
    page.goto("/class-quiz")
    page.locator("[name=answer]").nth(1).check()
    page.click(".quiz-ask .plate--yellow")
    expect(page.locator(".quiz-mine__sent")).to_be_visible()
    board = lesson.new_machine(java_script_enabled=False).new_page()
    board.goto("/key")
    board.fill('[name="key"]', lesson.key)
    board.click("main form button")
    board.goto(f"/classes/{lesson.slug}/quiz")
    board.click('[data-move="show"] .plate--yellow')
    expect(board.locator(".quiz-bars__count")).to_have_text(["0", "1", "0", "0"])
    page.reload()
    expect(page.locator(".quiz-mine__verdict")).to_contain_text("C’est juste")
    page.screenshot(path=tmp_path / "plain.png", full_page=True)


def test_the_projector_and_the_page_fit_small_screens_in_english(
    lesson: Lesson, tmp_path: Path
) -> None:
    student = lesson.student(locale="en-GB", viewport={"width": 320, "height": 640})
    board = start(lesson)
    expect(student.locator("#quiz-dialog")).to_be_visible(timeout=PATIENCE)
    look(student, "small", tmp_path)
    student.goto("/class-quiz")
    expect(student.locator(f"{MINE} form")).to_be_visible()
    look(student, "page", tmp_path)
    board.set_viewport_size({"width": 390, "height": 800})
    look(board, "phone", tmp_path)
    move(board, "show")
    look(board, "phone-bars", tmp_path)
