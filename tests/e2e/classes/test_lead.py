"""A class is led: its pages follow, and what was typed or played there is left alone."""

from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.classes.lesson import PATIENCE, Lesson, enter, order
from tests.e2e.player import steps
from tests.live.relay import relay_to
from tests.serving import Site

pytestmark = pytest.mark.browser
TITLE = "#scene-title"


def views_told(page: Page) -> list[dict[str, float]]:
    """Where the page looks, each time that it has come to rest."""
    told: list[dict[str, float]] = []

    def keep(request: Any) -> None:
        if request.url.endswith("/view"):
            told.append(request.post_data_json)

    page.on("request", keep)
    return told


def turn(page: Page, times: int) -> None:
    """Turn the leader's view to the right."""
    page.focus("#view")
    for _ in range(times):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(150)


def play_film(page: Page) -> None:
    """Play the film of the attic, again and again."""
    steps.open_by_plate(page, "wheel")
    page.evaluate(
        "() => { const film = document.querySelector('video'); film.loop = true; film.play(); }"
    )
    steps.wait_until(
        lambda: bool(page.evaluate("document.querySelector('video').currentTime > 0")), page
    )


def is_playing(page: Page) -> bool:
    """Whether the film plays."""
    return bool(page.evaluate("!document.querySelector('video').paused"))


def test_a_class_follows_its_leader_from_scene_to_scene(lesson: Lesson) -> None:
    student = lesson.student("attic")
    told = views_told(student)
    leader = lesson.lead(lesson.board)
    leads = views_told(leader)
    order(leader, "follow")
    expect(student.locator(TITLE)).to_have_text("La halle", timeout=PATIENCE)
    expect(leader.locator("#lead [data-led]")).to_contain_text("Vous menez la classe")
    steps.wait_until_sharp(student)
    turn(leader, 4)
    steps.wait_until(lambda: bool(leads) and abs(leads[-1]["yaw"] - 10) > 20, leader)
    steps.wait_until(lambda: bool(told) and abs(told[-1]["yaw"] - leads[-1]["yaw"]) < 1, leader)
    leader.click('.stop:has-text("Le grenier")')
    expect(student.locator(TITLE)).to_have_text("Le grenier", timeout=PATIENCE)
    assert f"/classes/{lesson.slug}/lead/mill-tour/attic" in leader.url
    order(leader, "free")
    expect(student.locator("#toasts")).to_contain_text("À toi de jouer")


def test_with_reduced_motion_the_view_cuts_to_where_the_leader_rests(lesson: Lesson) -> None:
    student = lesson.student("hall", reduced_motion="reduce")
    leader = lesson.lead(lesson.board)
    order(leader, "follow")
    student.evaluate(
        """() => { window.turns = new Set(); const needle = document.querySelector('.tool .icon');
        const compass = document.querySelector('[data-tool="north"] .icon');
        new MutationObserver(() => window.turns.add(compass.getAttribute('style')))
          .observe(compass, {attributes: true}); }"""
    )
    student.wait_for_timeout(1000)
    student.evaluate("window.turns.clear()")
    told = views_told(student)
    turn(leader, 8)
    steps.wait_until(lambda: bool(told), student)
    assert abs(told[-1]["yaw"] - 10) > 40
    assert len(student.evaluate("[...window.turns]")) <= 2


def test_in_the_list_the_class_is_told_and_nobody_is_moved(lesson: Lesson) -> None:
    student = lesson.student("attic")
    steps.show_list(student)
    student.evaluate(
        """() => { window.said = []; new MutationObserver(() => window.said.push(
        document.querySelector('#say').textContent))
        .observe(document.querySelector('#say'), {childList: true, characterData: true}); }"""
    )
    leader = lesson.lead(lesson.board)
    for _ in range(3):
        order(leader, "scene")
        leader.wait_for_timeout(700)
    expect(student.locator("#led")).to_contain_text("La classe regarde : La halle")
    expect(student.locator(TITLE)).to_have_text("Le grenier")
    student.wait_for_timeout(1500)
    assert len([said for said in student.evaluate("window.said") if "La classe" in said]) == 1
    steps.reach(student, "#led a", "Shift+Tab")
    student.keyboard.press("Enter")
    expect(student.locator(TITLE)).to_have_text("La halle")


def test_a_film_is_not_interrupted_and_the_page_follows_after_it(lesson: Lesson) -> None:
    student = lesson.student("attic")
    play_film(student)
    leader = lesson.lead(lesson.board)
    order(leader, "scene")
    expect(student.locator("#led")).to_contain_text("La classe regarde : La halle")
    student.wait_for_timeout(1500)
    assert is_playing(student)
    expect(student.locator(TITLE)).to_have_text("Le grenier")
    student.evaluate("document.querySelector('video').pause()")
    expect(student.locator(TITLE)).to_have_text("La halle", timeout=PATIENCE)


def test_what_is_typed_stays_when_eyes_go_to_the_board_and_back(lesson: Lesson) -> None:
    student = lesson.student("attic")
    steps.open_by_plate(student, "weight")
    steps.reach(student, 'input[name="answer"]')
    student.keyboard.type("1,")
    leader = lesson.lead(lesson.board)
    order(leader, "eyes")
    expect(student.locator("#eyes")).to_be_visible()
    expect(student.locator("#eyes")).to_contain_text("Regardez le tableau")
    for key in ("Escape", "Escape", "Escape", "7"):
        student.keyboard.press(key)
    expect(student.locator("#eyes")).to_be_visible()
    order(leader, "scene")
    expect(student.locator("#eyes")).to_be_hidden()
    student.wait_for_timeout(1500)
    expect(student.locator(TITLE)).to_have_text("Le grenier")
    student.keyboard.type("5")
    assert student.input_value('input[name="answer"]:visible') == "1,5"
    student.evaluate("document.activeElement.blur()")
    expect(student.locator(TITLE)).to_have_text("La halle", timeout=PATIENCE)
    order(leader, "free")
    student.click('.stop:has-text("Le grenier")')
    expect(student.locator(TITLE)).to_have_text("Le grenier")
    steps.wait_until_sharp(student)
    steps.open_by_plate(student, "weight")
    assert student.input_value('#panel input[name="answer"]') == "1,5"


def test_a_key_that_comes_while_the_browser_has_closed_the_dialog_does_nothing(
    lesson: Lesson,
) -> None:
    student = lesson.student("attic")
    steps.open_by_plate(student, "weight")
    steps.reach(student, 'input[name="answer"]')
    order(lesson.lead(lesson.board), "eyes")
    expect(student.locator("#eyes")).to_be_visible()
    student.evaluate(
        """() => {
          document.querySelector("#eyes").close();
          const options = {key: "Escape", bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", options));
        }"""
    )
    expect(student.locator("#eyes")).to_be_visible()
    assert student.locator("#panel").get_attribute("hidden") is None


def test_films_pause_while_eyes_are_on_the_board_and_go_on_where_they_were(lesson: Lesson) -> None:
    student = lesson.student("attic")
    play_film(student)
    leader = lesson.lead(lesson.board)
    order(leader, "eyes")
    expect(student.locator("#eyes")).to_be_visible()
    assert not is_playing(student)
    order(leader, "free")
    expect(student.locator("#eyes")).to_be_hidden()
    steps.wait_until(lambda: is_playing(student), student)


def test_two_boards_lead_at_once_one_wins_and_both_say_so(lesson: Lesson) -> None:
    student = lesson.student("hall")
    first, second = lesson.lead(lesson.board), lesson.lead(lesson.second_board())
    first.evaluate("document.querySelector('[data-order=\"eyes\"]').click()")
    second.evaluate("document.querySelector('[data-order=\"follow\"]').click()")
    leads, waits = first, second
    steps.wait_until(
        lambda: "Vous menez" in first.inner_text("#lead") + second.inner_text("#lead"), first
    )
    if "Vous menez" in second.inner_text("#lead [data-led]"):
        leads, waits = second, first
    expect(waits.locator("#lead [data-led]")).to_contain_text("Le professeur mène la classe")
    order(waits, "free")
    expect(waits.locator("#lead [data-lead-wrong]")).to_contain_text("Prendre la main")
    waits.click("#lead [data-take]")
    expect(waits.locator("#lead [data-led]")).to_contain_text("Vous menez la classe")
    expect(leads.locator("#lead [data-led]")).to_contain_text("Le professeur mène la classe")
    order(waits, "free")
    expect(student.locator("#eyes")).to_be_hidden()


def test_a_reload_on_either_side_keeps_the_lead(lesson: Lesson) -> None:
    student = lesson.student("hall")
    leader = lesson.lead(lesson.board)
    order(leader, "eyes")
    expect(student.locator("#eyes")).to_be_visible()
    student.reload()
    expect(student.locator("#eyes")).to_be_visible(timeout=PATIENCE)
    leader.reload()
    expect(leader.locator('[data-order="eyes"]')).to_have_attribute("aria-pressed", "true")
    order(leader, "free")
    expect(student.locator("#eyes")).to_be_hidden(timeout=PATIENCE)


def test_a_server_that_is_killed_in_a_lesson_finds_everybody_where_they_were(
    lesson: Lesson, site: Site
) -> None:
    student, leader = lesson.student("attic"), lesson.lead(lesson.board)
    order(leader, "follow")
    expect(student.locator(TITLE)).to_have_text("La halle", timeout=PATIENCE)
    site.kill()
    student.wait_for_selector('body[data-line="waiting"]', timeout=PATIENCE)
    site.start()
    student.wait_for_selector('body[data-line="open"]', timeout=PATIENCE)
    expect(leader.locator("#lead [data-lead-away]")).to_be_hidden(timeout=PATIENCE)
    leader.click('.stop:has-text("Le grenier")')
    expect(student.locator(TITLE)).to_have_text("Le grenier", timeout=PATIENCE)


def test_whoever_leads_finds_nothing_and_is_no_visitor(lesson: Lesson) -> None:
    leader = lesson.lead(lesson.board)
    steps.open_by_plate(leader, "meal")
    leader.wait_for_timeout(500)
    assert leader.locator(".spot--found").count() == 0
    assert steps.boulons(leader) == 0
    leader.goto("/me")
    expect(leader.locator("main")).to_contain_text("Rien à ton nom")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_strip_and_the_lead_bar_are_accessible(lesson: Lesson, width: int) -> None:
    size = {"width": width, "height": 800}
    student, leader = lesson.student("hall", viewport=size), lesson.lead(lesson.board)
    leader.set_viewport_size({"width": width, "height": 800})
    for page in (student, leader):
        assert steps.faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    order(leader, "eyes")
    expect(student.locator("#eyes")).to_be_visible()
    assert steps.faults(student) == []


def test_a_lead_changes_nothing_for_a_page_that_comes_after_it(lesson: Lesson) -> None:
    student = lesson.student("hall")
    leader = lesson.lead(lesson.board, "attic")
    order(leader, "scene")
    expect(student.locator(TITLE)).to_have_text("Le grenier", timeout=PATIENCE)
    student.click('.stop:has-text("La halle")')
    expect(student.locator(TITLE)).to_have_text("La halle")
    enter(student, "hall")
    student.wait_for_timeout(1500)
    expect(student.locator(TITLE)).to_have_text("La halle")
    expect(student.locator("#led")).to_contain_text("La classe regarde : Le grenier")


def test_an_order_given_before_the_line_is_open_is_kept_for_it(lesson: Lesson, site: Site) -> None:
    student = lesson.student("hall")
    with relay_to(site.port, "swallowed") as relay:  # the line opens after five seconds
        lesson.board.goto(f"{relay.url}/classes/{lesson.slug}/lead/mill-tour/hall")
        expect(lesson.board.locator("#lead [data-led]")).not_to_be_empty()
        lesson.board.click('#lead [data-order="eyes"]')
        expect(student.locator("#eyes")).to_be_visible(timeout=PATIENCE)


def test_who_walks_on_while_the_line_is_away_brings_the_class_when_it_is_back(
    lesson: Lesson,
) -> None:
    page, lines = lesson.board, list[WebSocketRoute]()

    def connect(line: WebSocketRoute) -> None:
        lines.append(line)
        line.connect_to_server()

    page.route_web_socket("**/live/**", connect)
    student, leader = lesson.student("hall"), lesson.lead(page)
    order(leader, "follow")
    expect(leader.locator("#lead")).to_have_attribute("data-led", "mine")
    page.route_web_socket("**/live/**", lambda line: line.close())
    page.route("**/live/**", lambda route: route.abort())
    lines[-1].close()
    expect(leader.locator("#lead [data-lead-away]")).to_be_visible(timeout=PATIENCE)
    leader.click('.stop:has-text("Le grenier")')
    expect(leader.locator(TITLE)).to_have_text("Le grenier")
    page.route_web_socket("**/live/**", connect)
    page.unroute("**/live/**")
    expect(student.locator(TITLE)).to_have_text("Le grenier", timeout=2 * PATIENCE)


def test_a_second_tab_elsewhere_moves_nobody_when_the_server_is_back(
    lesson: Lesson, site: Site
) -> None:
    student, leader = lesson.student("attic"), lesson.lead(lesson.board)
    order(leader, "follow")
    expect(student.locator(TITLE)).to_have_text("La halle", timeout=PATIENCE)
    forgotten = lesson.lead(leader.context.new_page(), "attic")
    expect(forgotten.locator("#lead")).to_have_attribute("data-led", "mine")
    site.kill()
    expect(forgotten.locator("#lead [data-lead-away]")).to_be_visible(timeout=PATIENCE)
    site.start()
    for page in (leader, forgotten):
        expect(page.locator("#lead [data-lead-away]")).to_be_hidden(timeout=PATIENCE)
    student.wait_for_selector('body[data-line="open"]', timeout=PATIENCE)
    student.wait_for_timeout(1000)
    expect(student.locator(TITLE)).to_have_text("La halle")


def test_a_leader_s_page_that_opens_slowly_elsewhere_moves_nobody(
    lesson: Lesson, site: Site
) -> None:
    student, leader = lesson.student("attic"), lesson.board
    with relay_to(site.port, "swallowed") as relay:  # lines open after five seconds
        place = f"{relay.url}/classes/{lesson.slug}/lead/mill-tour"
        leader.goto(f"{place}/hall")
        expect(leader.locator("#lead [data-led]")).not_to_be_empty()
        order(leader, "follow")
        expect(student.locator(TITLE)).to_have_text("La halle", timeout=PATIENCE)
        second = leader.context.new_page()
        second.goto(f"{place}/attic")
        expect(second.locator("#lead")).to_have_attribute("data-led", "mine")
        steps.wait_until_ready(second)
        turn(second, 2)
        second.wait_for_timeout(8000)  # its line is open by then
        expect(student.locator(TITLE)).to_have_text("La halle")
