"""Between the room and the player: asking from a place, showing one, turning views."""

import pytest
from playwright.sync_api import Browser, Page, expect

from app.live.chat.models import Message
from tests.e2e.chat.conftest import Rooms
from tests.e2e.player import steps
from tests.e2e.player.conftest import Machines, machines, site
from tests.live.chat.meeting import Doorway, Meeting, open_meeting
from tests.serving import Site

__all__ = ["machines", "site"]
pytestmark = pytest.mark.browser
PATIENCE = 10_000


@pytest.fixture(scope="module")
def browser(machines: Machines) -> Browser:
    """A browser that shows panoramas."""
    return machines("webgl")


@pytest.fixture
def meeting(site: Site) -> Meeting:
    """A session of two classes."""
    return open_meeting(site.data, classes=2)


def walk(rooms: Rooms, meeting: Meeting, of: int = 0, scene: str = "hall", index: int = 0) -> Page:
    """A student of a class in a scene of the tour, who has heard of the room."""
    page = rooms.open(meeting.students[of][index], f"{rooms.site.url}/tours/mill-tour/{scene}")
    expect(page.locator("#meet")).to_be_visible(timeout=30_000)
    steps.wait_until_ready(page)
    return page


def look(rooms: Rooms, meeting: Meeting, scene: str = "hall", address: str = "") -> Page:
    """The professional at a place of the room."""
    path = address or f"/rooms/{meeting.slug}/look/mill-tour/{scene}"
    page = rooms.open(meeting.professionals[0], rooms.site.url + path)
    steps.wait_until_ready(page)
    expect(page.locator("[data-show]")).to_be_enabled()
    return page


def heading(page: Page) -> float:
    """Where the compass says that one looks, in degrees: it turns with the view."""
    turned = page.evaluate("document.querySelector('[data-tool=north] .icon').style.transform")
    return float(turned.removeprefix("rotate(").removesuffix("deg)"))


def place_of(page: Page, slug: str = "weight") -> str:
    """Where a plate stands on the view: it moves with it."""
    plate = page.locator(f'.spot-place:has([data-slug="{slug}"])')
    return plate.get_attribute("style") or ""


def press(page: Page, selector: str, key: str = "Tab") -> None:
    """Go there with Tab, and press Enter."""
    steps.reach(page, selector, key)
    page.keyboard.press("Enter")


def test_a_question_asked_at_a_hotspot_shows_the_professional_that_view(
    rooms: Rooms, meeting: Meeting, door: Doorway
) -> None:
    asking = walk(rooms, meeting)
    door.leave_open(meeting, meeting.teachers[0])
    steps.open_by_plate(asking, "meal")
    steps.settle(asking, "meal")
    seen = heading(asking)
    asking.locator("#panel [data-ask]").click()
    asking.locator("#rules button").click()
    expect(asking.locator("#from")).to_contain_text("meal")
    asking.fill("#words-field", "D’où vient la farine ?")
    asking.keyboard.press("Enter")
    expect(asking.locator("#mine [data-state]").first).to_have_text("Ta question est en lecture.")
    (question,) = meeting.rows(Message)
    assert (question.place["scene"], question.place["hotspot"]) == ("hall", "meal")
    door.teacher(meeting).decide(question.id, "approve")
    karim = rooms.professional(meeting)
    karim.locator("#waiting [data-place]").click()
    steps.wait_until_sharp(karim)
    expect(karim.locator('.spot-plate[data-slug="meal"][data-ringed]')).to_be_focused()
    assert abs(heading(karim) - seen) < 1
    expect(karim.locator("#panel")).to_be_hidden()
    karim.get_by_role("link", name="Retour à la discussion").click()
    expect(karim.locator("#waiting [data-text]")).to_have_text("D’où vient la farine ?")


def test_the_way_back_from_a_place_and_the_word_that_an_answer_came(
    rooms: Rooms, meeting: Meeting, door: Doorway
) -> None:
    place = {"tour": "mill-tour", "scene": "attic", "yaw": 60.0, "pitch": 0.0, "hfov": 90.0}
    line, teacher = door.student(meeting), door.teacher(meeting)
    number = line.ask("Que voit-on là ?", place=place)["id"]
    teacher.decide(number, "approve")
    page = rooms.student(meeting)
    page.locator("#waiting [data-place]").click()
    steps.wait_until_sharp(page)
    expect(page.locator("#scene-title")).to_have_text("Le grenier")
    expect(page.locator("#meet [data-room]")).to_have_text("Retour à la discussion")
    door.professional(meeting).answer(number, "La roue.")
    link = page.get_by_role("link", name="Ta question a une réponse.")
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("#told .answer__text")).to_have_text("La roue.")


def test_what_is_shown_is_a_card_that_leads_there(rooms: Rooms, meeting: Meeting) -> None:
    students = [walk(rooms, meeting, of, "attic") for of in (0, 1)]
    karim = look(rooms, meeting)
    steps.open_by_plate(karim, "meal")
    karim.get_by_role("button", name="Montrer cette vue à la classe").click()
    expect(karim.locator("#toasts")).to_contain_text("Montré : meal")
    for page in students:
        card = page.locator("#meet [data-shown]")
        expect(card).to_contain_text("Karim montre : meal")
        card.get_by_role("link", name="Regarder").click()
        expect(page.locator("#scene-title")).to_have_text("La halle")
        expect(page.locator('.spot-plate[data-slug="meal"][data-ringed]')).to_be_visible()
        expect(card).to_be_hidden()
        expect(page.locator("#hotspot-meal.spot--found")).to_have_count(0)


def test_views_turn_with_a_pointer_in_the_class_that_allowed_it_only(
    rooms: Rooms, meeting: Meeting
) -> None:
    mine, elsewhere = walk(rooms, meeting, 0), walk(rooms, meeting, 0, "attic", 1)
    other, teacher = walk(rooms, meeting, 1), rooms.teacher(meeting)
    karim = look(rooms, meeting)
    expect(karim.locator("[data-turn]")).to_be_hidden()
    teacher.locator("#allow-views").check()
    karim.locator("[data-turn]").click()
    expect(mine.locator("#led")).to_contain_text("Karim montre")
    start = heading(other)
    karim.focus("#view")
    for _ in range(4):
        karim.keyboard.press("ArrowRight")
        karim.wait_for_timeout(150)
    karim.wait_for_timeout(1500)
    assert abs(heading(karim) - start) > 10
    assert abs(heading(mine) - heading(karim)) < 1
    expect(mine.locator(".pointer")).to_have_text("Karim")
    assert heading(other) == start
    expect(other.locator("#led")).to_be_hidden()
    expect(elsewhere.locator("#scene-title")).to_have_text("Le grenier")
    expect(elsewhere.locator("#led a")).to_be_visible()
    karim.get_by_role("link", name="Retour à la discussion").click()
    expect(mine.locator("#led")).to_be_hidden(timeout=PATIENCE)
    expect(mine.locator(".pointer")).to_be_hidden()


def test_nobody_who_types_is_moved(rooms: Rooms, meeting: Meeting) -> None:
    mine, teacher = walk(rooms, meeting, scene="attic"), rooms.teacher(meeting)
    teacher.locator("#allow-views").check()
    steps.open_by_plate(mine, "weight")
    steps.reach(mine, 'input[name="answer"]')
    mine.keyboard.type("1,")
    mine.wait_for_timeout(1000)
    start, karim = place_of(mine), look(rooms, meeting, "attic")
    karim.locator("[data-turn]").click()
    expect(mine.locator("#led")).to_contain_text("Karim montre")
    karim.focus("#view")
    for _ in range(3):
        karim.keyboard.press("ArrowLeft")
        karim.wait_for_timeout(150)
    mine.wait_for_timeout(1000)
    mine.keyboard.type("5")
    assert place_of(mine) == start
    assert mine.input_value('#panel input[name="answer"]') == "1,5"
    mine.evaluate("document.activeElement.blur()")
    mine.wait_for_timeout(2500)
    assert place_of(mine) != start


def test_all_of_it_by_keyboard_in_the_list(rooms: Rooms, meeting: Meeting) -> None:
    asking, other = walk(rooms, meeting), walk(rooms, meeting, 0, "attic", 1)
    teacher = rooms.teacher(meeting)
    teacher.locator("#allow-views").focus()
    teacher.keyboard.press("Space")
    for page in (asking, other):
        steps.show_list(page)
    steps.open_in_list(asking, "meal")
    press(asking, "#hotspot-meal + * [data-ask], #hotspot-meal [data-ask]")
    asking.wait_for_url("**/rooms/**")
    asking.keyboard.press("Enter")  # « J’entre »
    steps.reach(asking, "#words-field")
    asking.keyboard.type("D’où vient la farine ?")
    asking.keyboard.press("Enter")
    expect(teacher.locator("#held [data-place]")).to_have_text("meal")
    teacher.wait_for_timeout(600)  # nobody has read what just came
    teacher.keyboard.press("a")
    karim = rooms.professional(meeting, width=1280)
    expect(karim.locator("#waiting [data-place]")).to_be_visible()
    press(karim, "#waiting [data-place]")
    steps.show_list(karim)
    karim.reload()
    expect(karim.locator("#hotspot-meal summary")).to_be_focused()
    expect(karim.locator("#show [data-show]")).to_be_enabled()
    press(karim, "#show [data-show]", "Shift+Tab")
    expect(other.locator("#meet [data-shown]")).to_contain_text("Karim montre")
    press(other, "#meet [data-look]", "Shift+Tab")
    expect(other.locator("#scene-title")).to_have_text("La halle")
    press(karim, "#show [data-turn]", "Shift+Tab")
    expect(other.locator("#led")).to_contain_text("Karim montre")
    expect(other.locator("#say")).to_contain_text("Karim montre")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_fit_and_have_no_fault_that_axe_finds(
    rooms: Rooms, meeting: Meeting, width: int
) -> None:
    student, karim = walk(rooms, meeting), look(rooms, meeting)
    karim.locator("[data-show]").click()
    expect(student.locator("#meet [data-shown]")).to_be_visible()
    for page in (student, karim):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        assert steps.faults(page) == [], page.url
