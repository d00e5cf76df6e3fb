"""The plain pages in a real browser: weight, contrast, small screens, keys, no script, staff."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Response, expect
from sqlalchemy import select

from app.classes.visitors import welcome
from app.core.db import db
from app.core.writer import write
from app.points.ledger import award
from app.points.models import Reward
from app.points.proofs import make_proof
from tests.live.lesson import app_on
from tests.load.sample import build_site
from tests.serving import Site, run_command

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/",
    "/?q=nothing-like-this",
    "/factories/mill",
    "/tours/bench-tour",
    "/rewards",
    "/rewards/challenge-inclusion",
    "/proofs/nothing",
    "/quiz",
    "/quiz/pictures",
    "/quiz/short",
    "/quiz/full",
    "/quiz/method",
    "/quiz/jobs",
    "/me",
    "/join",
    "/join?next=1",
    "/ZZZZZ9",
    "/card/ABCDE23456",
    "/key",
    "/classes",
    "/classes/open",
    "/teachers/join",
    "/password/forgotten",
    "/login",
    "/about",
    "/privacy",
    "/accessibility",
    "/nowhere",
)
PICTURED = "/tours/bench-tour"
"""Shows a picture of the tour, whose weight is the factory's."""
STAFF, PASSWORD = "nour@demo.example", "a password for tests"
LIGHT = 80_000
"""Bytes of a plain page over the line, with all that it loads."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one published tour."""
    data = tmp_path_factory.mktemp("look")
    build_site(data, 512)
    made = run_command(data, "account", STAFF, "organiser", "--password", PASSWORD)
    assert made.returncode == 0, made.stderr
    with Site(data) as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A French visitor's tab; errors of scripts fail the test."""
    context = browser.new_context(
        base_url=site.url, locale="fr-FR", viewport={"width": 1280, "height": 800}
    )
    page = context.new_page()
    errors: list[Any] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  Playwright marks it
    yield page
    context.close()
    assert errors == []


def violations(page: Page) -> list[str]:
    """What axe finds wrong, a line each."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(
        "axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))"
    )
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_fault_that_axe_finds(page: Page, path: str) -> None:
    page.goto(path)
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_screen_of_320_pixels(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


@pytest.mark.parametrize("path", [path for path in PAGES if path != PICTURED])
def test_a_page_is_light_and_asks_one_host(page: Page, site: Site, path: str) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  Playwright marks it
    page.goto(path, wait_until="networkidle")
    assert {answer.url.startswith(site.url) for answer in answers} == {True}
    sizes = [answer.request.sizes() for answer in answers]
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) < LIGHT


def test_a_building_of_the_landscape_is_reached_and_entered_by_keys(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto("/")
    page.focus("#landscape")
    page.keyboard.press("Tab")
    lot = page.locator("a.lot").first
    assert lot.evaluate("lot => lot === document.activeElement")
    assert "Moulin d’essai" in (lot.get_attribute("aria-label") or "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/factories/mill")


def test_the_landscape_is_pulled_by_hand_without_entering(page: Page) -> None:
    page.goto("/")
    before = page.evaluate("document.getElementById('landscape').scrollLeft")
    box = page.locator("a.lot").first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 200, y, steps=4)
    page.mouse.up()
    assert page.evaluate("document.getElementById('landscape').scrollLeft") >= before + 150
    assert page.url.endswith("/")


def test_the_list_is_searched_without_a_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.select_option("#challenge", "inclusion")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator(".card")).to_have_count(1)
    page.select_option("#challenge", "industry-4.0")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_text("Aucune usine ne correspond")).to_be_visible()
    context.close()


def test_a_reward_is_shared_as_a_page_and_a_picture_that_name_no_one(page: Page) -> None:
    page.goto("/rewards")
    page.locator(".pins__one a").first.click()
    page.goto(f"{page.url}/share")
    address = page.get_attribute('meta[property="og:image"]', "content")
    assert address is not None
    picture = page.request.get(address)
    assert picture.headers["content-type"] == "image/png"
    with Image.open(BytesIO(picture.body())) as card:
        assert card.size == (1200, 630)
    assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_a_proof_fits_and_has_no_fault_that_axe_finds(page: Page, site: Site, width: int) -> None:
    with app_on(site.data).app_context():
        pin = db.session.scalars(select(Reward.slug).limit(1)).one()
        visitor = write(welcome)
        write(lambda tx: award(tx, [visitor], f"reward:{pin}", 0))
        token = write(lambda tx: make_proof(tx, visitor, pin))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/proofs/{token}")
    assert page.locator("h1").is_visible()
    assert "404" not in page.title()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_moves_for_those_who_want_no_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_language_is_changed_where_one_is(page: Page) -> None:
    page.goto("/about")
    page.get_by_role("button", name="EN, English").click()
    assert page.url.endswith("/about")
    assert page.get_attribute("html", "lang") == "en"


def test_entering_gives_a_place_with_a_code_that_can_be_forgotten(page: Page) -> None:
    page.goto("/tours/bench-tour")
    page.get_by_role("button", name="J’entre").click()
    page.wait_for_url("**/tours/bench-tour/*")
    page.goto("/me")
    assert page.locator("#code").inner_text().strip()
    page.get_by_label("Oui, je veux qu’on m’oublie").check()
    page.get_by_role("button", name="M’oublier").click()
    page.goto("/me")
    assert page.locator("#code").count() == 0


def enter_workshop(page: Page) -> None:
    """Log in."""
    page.goto("/workshop")
    page.get_by_label("Adresse e-mail").fill(STAFF)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/workshop")


def test_the_workshop_shows_its_tours_and_fits_small_screens(page: Page) -> None:
    enter_workshop(page)
    assert page.get_by_role("row").filter(has_text="Le moulin").is_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_bundle_with_mistakes_is_answered_with_every_line_to_correct(
    page: Page, site: Site, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.zip"
    with ZipFile(broken, "w") as archive:
        archive.write(site.data / "bundle" / "factory.yaml", "factory.yaml")
        archive.writestr("tour.yaml", "slug: broken\ntitel: Une faute\n")
    enter_workshop(page)
    page.set_input_files("#bundle", broken)
    page.get_by_role("button", name="Déposer").click()
    page.locator("#job[data-state=failed]").wait_for(timeout=60_000)
    expect(page.get_by_text("tour.yaml:2")).to_be_visible()
    expect(page.get_by_role("button", name="Recommencer")).to_be_visible()
    assert violations(page) == []
