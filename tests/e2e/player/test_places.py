"""A place is pointed at in the view with the keyboard or a click, and named in the list."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.player import steps
from tests.e2e.player.conftest import Visit
from tests.serving import Site, run_command
from tests.tours.samples import said, tour_data, write_bundle, write_panorama
from tests.tours.walking.test_forms import asked

pytestmark = pytest.mark.browser
BUTTON = "#panel [data-aim] button"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample tour with a place to point at, where its plate is."""
    data = tmp_path_factory.mktemp("places")
    tour = tour_data()
    options = [{"text": said("La poutre")}, {"text": said("La trappe"), "right": True}]
    place = {"yaw": -60, "pitch": 0, "radius": 20}
    tour["scenes"][1]["hotspots"].append(asked("spot", -60, "place", target=place, options=options))
    bundle = write_bundle(data / "bundle", tour)
    for seed, name in enumerate(("hall", "attic")):
        write_panorama(bundle / "panoramas" / f"{name}.jpg", seed, width=2048)
    for command in (("db", "upgrade"), ("tour", "import", str(bundle), "--publish")):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data) as site:
        yield site


def aim(visit: Visit) -> Page:
    """A visitor who is asked to point, with the view turned to the place."""
    page = visit("attic")
    steps.wait_until_sharp(page)
    steps.open_by_plate(page, "spot")
    steps.reach(page, BUTTON)
    page.keyboard.press("Enter")
    expect(page.locator("#view")).to_be_focused()
    return page


def expect_right(page: Page) -> None:
    """The place was the right one."""
    expect(page.locator("#panel .explained")).to_contain_text("C’est juste.")
    assert steps.boulons(page) == 3


def test_the_view_is_turned_there_and_enter_pressed(visit: Visit) -> None:
    page = aim(visit)
    steps.settle(page, "spot")
    page.keyboard.press("Enter")
    expect_right(page)


def test_a_click_in_the_view_answers_once(visit: Visit) -> None:
    page = aim(visit)
    steps.settle(page, "spot")
    plate = page.locator('.spot-plate[data-slug="spot"]').bounding_box()
    assert plate is not None
    page.mouse.click(plate["x"] + plate["width"] / 2, plate["y"] - 40)
    expect_right(page)
    assert not page.evaluate("'aiming' in document.documentElement.dataset")


def test_in_the_list_the_place_is_named(visit: Visit) -> None:
    page = visit("attic")
    steps.show_list(page)
    steps.open_in_list(page, "spot")
    assert page.locator("#hotspot-spot [data-aim]").is_hidden()
    page.get_by_text("La trappe").click()
    page.locator("#hotspot-spot .ask__send button").click()
    expect(page.locator("#hotspot-spot .explained")).to_contain_text("C’est juste.")
