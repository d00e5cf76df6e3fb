"""A computer that one student leaves and another takes; two at a screen; a place that is closed."""

import re

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.e2e.classes.lesson import PATIENCE, Lesson, enter
from tests.e2e.player import steps

pytestmark = pytest.mark.browser


def pseudonym(page: Page) -> str:
    """Who sits here."""
    return page.inner_text("#seat [data-pseudonym] >> nth=0")


def card_of(page: Page) -> str:
    """The code of the student's place."""
    page.goto("/me")
    return page.inner_text("#code").strip()


def find_offline(page: Page) -> None:
    """Open two hotspots while there is no network."""
    page.context.set_offline(True)
    for slug in ("stone", "plan"):
        steps.open_by_plate(page, slug)
        expect(page.locator("#panel .waits")).to_be_visible()
        page.keyboard.press("Escape")


def stored(page: Page) -> int:
    """How many things pages keep in this browser."""
    return int(page.evaluate("localStorage.length + sessionStorage.length"))


def test_what_waited_is_sent_for_its_student_before_the_next_one_sits_down(lesson: Lesson) -> None:
    page = lesson.student("attic")
    code = card_of(page)
    enter(page, "attic")
    find_offline(page)
    page.context.set_offline(False)
    page.click("#seat form[action='/next'] button")
    page.wait_for_url("**/join?next=1")
    assert stored(page) == 0
    lesson.come_in(page)
    enter(page, "attic")
    assert steps.boulons(page) == 0
    other = lesson.new_machine().new_page()
    other.goto("/join")
    other.fill('[name="code"]', code)
    other.press('[name="code"]', "Enter")
    other.wait_for_url("**/welcome")
    enter(other, "attic")
    assert steps.boulons(other) == 2


def test_without_network_nobody_leaves_and_nothing_is_lost(lesson: Lesson) -> None:
    page = lesson.student("attic")
    find_offline(page)
    page.click("#seat form[action='/next'] button")
    expect(page.locator("#toasts")).to_contain_text("reste encore un instant", timeout=PATIENCE)
    page.context.set_offline(False)
    steps.expect_found(page, "stone")


def test_finds_of_a_page_that_was_forgotten_are_never_the_next_one_s(lesson: Lesson) -> None:
    """The first student's page stays open in a tab; the next one comes in beside it."""
    first = lesson.student("attic")
    first.route("**/find", lambda route: route.abort())
    steps.open_by_plate(first, "stone")
    expect(first.locator("#waiting")).to_be_visible()
    second = first.context.new_page()
    second.request.get("/me")
    second.goto("/me")
    second.evaluate(
        """() => { const form = document.querySelector('form[action="/next"]');
        HTMLFormElement.prototype.submit.call(form); }"""
    )
    second.wait_for_url("**/join?next=1")
    lesson.come_in(second)
    enter(second, "attic")
    first.unroute("**/find")
    first.evaluate("dispatchEvent(new Event('online'))")
    expect(first.locator("#toasts")).to_contain_text("autre personne", timeout=PATIENCE)
    second.reload()
    assert steps.boulons(second) == 0


def test_after_ten_idle_minutes_the_page_asks_who_is_there(lesson: Lesson) -> None:
    page = lesson.new_machine().new_page()
    page.clock.install()
    lesson.come_in(page)
    enter(page)
    page.mouse.move(300, 300)
    page.clock.fast_forward("09:50")
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("00:20")
    expect(page.locator("#idle h2")).to_have_text(f"C’est toujours toi, {pseudonym(page)}\u00a0?")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#idle")).to_be_visible()
    page.click("#idle [data-stay]")
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("09:50")
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("00:20")
    expect(page.locator("#idle")).to_be_visible()
    page.click("#idle form button")
    page.wait_for_url("**/join?next=1")


def test_a_mate_sits_down_with_their_code_and_leaves_again(lesson: Lesson) -> None:
    mate = lesson.student()
    name, code = pseudonym(mate), card_of(mate)
    page = lesson.student("hall")
    page.click(".seat__more summary")
    page.fill("#mate-code", code)
    page.press("#mate-code", "Enter")
    expect(page.locator("#seat [data-pseudonym]")).to_have_count(2)
    assert page.url.endswith("/hall")
    steps.wait_until_sharp(page)
    steps.open_by_plate(page, "meal")
    steps.expect_found(page, "meal")
    mate.reload()
    assert steps.boulons(mate) == 1
    page.click(f'.seat__out[title^="{name}"]')
    expect(page.locator("#seat [data-pseudonym]")).to_have_count(1)


def test_a_place_that_is_closed_says_so(lesson: Lesson) -> None:
    page = lesson.student()
    student = page.get_attribute("#seat [data-student]", "data-student")
    act(lesson, f"students/{student}/remove")
    expect(page.locator("#closed")).to_contain_text("Ton professeur a fermé cette place")
    page.click("#closed a")
    page.wait_for_url("**/join")


def test_when_a_mate_is_let_go_the_other_stays(lesson: Lesson) -> None:
    mate = lesson.student()
    number = mate.get_attribute("#seat [data-student]", "data-student")
    code = card_of(mate)
    page = lesson.student()
    page.click(".seat__more summary")
    page.fill("#mate-code", code)
    page.press("#mate-code", "Enter")
    page.wait_for_selector('body[data-line="open"]', timeout=PATIENCE)
    expect(page.locator("#seat [data-pseudonym]")).to_have_count(2)
    act(lesson, f"students/{number}/card")
    expect(page.locator("#seat [data-pseudonym]")).to_have_count(1)
    expect(page.locator("#closed")).to_be_hidden()


def test_another_pseudonym_is_shown_at_once(lesson: Lesson) -> None:
    page = lesson.student()
    before = pseudonym(page)
    student = page.get_attribute("#seat [data-student]", "data-student")
    act(lesson, f"students/{student}/redraw")
    steps.wait_until(lambda: pseudonym(page) != before, page)
    assert pseudonym(page) in (page.text_content("#idle h2") or "")


def test_the_lesson_ends_the_page_goes_on_and_then_is_to_be_read(lesson: Lesson) -> None:
    page = lesson.student("attic")
    steps.open_by_plate(page, "weight")
    page.fill('#panel input[name="answer"]', "1,4")
    act(lesson, "time", time="home")
    expect(page.locator("#toasts")).to_contain_text("continuer à la maison")
    page.evaluate("document.activeElement.blur()")
    act(lesson, "time", time="over")
    expect(page.locator("#seat [data-over]")).to_be_visible()
    expect(page.locator("form.ask button:visible >> nth=0")).to_be_disabled()


def act(lesson: Lesson, path: str, **form: str) -> None:
    """The teacher presses a button of the board."""
    page = lesson.board.context.request.get(
        f"/classes/{lesson.slug}", headers={"Accept": "text/html"}
    )
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text())
    assert token is not None
    reply = lesson.board.context.request.post(
        f"/classes/{lesson.slug}/{path}", form={"csrf_token": token[1], **form}
    )
    assert reply.ok, reply.status


def test_a_hotspot_that_is_switched_off_leaves_the_page_when_nothing_is_open(
    lesson: Lesson,
) -> None:
    page = lesson.student("attic")
    steps.open_by_plate(page, "weight")
    page.fill('#panel input[name="answer"]', "1,4")
    act(lesson, "tours/mill-tour/hotspots", shown="mill-tour/weight")
    page.wait_for_timeout(2500)
    assert page.input_value('#panel input[name="answer"]') == "1,4"
    page.keyboard.press("Escape")
    expect(page.locator("#hotspot-stone")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("#hotspot-weight")).to_be_attached()
    steps.wait_until_sharp(page)
    steps.open_by_plate(page, "weight")
    assert page.input_value('#panel input[name="answer"]') == "1,4"


def test_a_step_under_way_is_not_taken_back_when_a_hotspot_is_switched_off(
    lesson: Lesson,
) -> None:
    page, other = lesson.student("hall"), lesson.student("attic")
    steps.wait_until_sharp(page)
    slow: list[tuple[Route, APIResponse]] = []

    def hold_first(route: Route) -> None:
        if slow:
            route.continue_()
        else:
            slow.append((route, route.fetch()))

    page.route("**/mill-tour/attic", hold_first)
    page.click('.stop:has-text("Le grenier")')
    steps.wait_until(lambda: bool(slow), page)
    act(lesson, "tours/mill-tour/hotspots", shown="mill-tour/weight")
    expect(other.locator("#hotspot-stone")).to_have_count(0, timeout=PATIENCE)
    page.wait_for_timeout(1500)  # this page looks once a second too
    ((route, response),) = slow
    route.fulfill(response=response)
    expect(page.locator("#scene-title")).to_have_text("Le grenier")
    expect(page.locator("#hotspot-stone")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("#hotspot-weight")).to_be_attached()
