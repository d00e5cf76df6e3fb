"""Jobs in a real browser: three clicks from the lobby for a job seeker, by mouse and by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.load.sample import build_site
from tests.serving import Site

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PATHS = ("/jobs", "/jobs/I1310", "/jobs/H2504", "/careers", "/careers/I1310")
MECHANIC = "Mécanicien / Mécanicienne de maintenance industrielle"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one published tour."""
    data = tmp_path_factory.mktemp("jobs")
    build_site(data, 512)
    with Site(data) as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A French visitor; errors of scripts fail the test."""
    errors: list[str] = []
    with browser.new_context(base_url=site.url, locale="fr-FR") as context:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        assert errors == []


class Clicks:
    """Clicks on links by name, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def on(self, name: str) -> None:
        """Click the first link of this name."""
        self.count += 1
        self.page.get_by_role("link", name=name, exact=True).first.click()


def test_a_job_its_scene_and_its_person_are_three_clicks_from_the_lobby(page: Page) -> None:
    page.goto("/")
    clicks = Clicks(page)
    clicks.on("Métiers d’abord")
    clicks.on(MECHANIC)
    expect(page.get_by_role("heading", level=1)).to_have_text(MECHANIC)
    expect(page.get_by_role("link", name="hall", exact=True)).to_be_visible()
    clicks.on("Rencontrer Maëlle")
    expect(page.get_by_text("J’écoute les machines.").first).to_be_visible()
    expect(page.get_by_role("heading", name="hall", exact=True)).to_be_visible()
    assert clicks.count == 3
    assert page.locator("input:visible").count() == 0, "nobody is asked for anything"


def test_the_same_without_scripts(browser: Browser, site: Site) -> None:
    with browser.new_context(
        base_url=site.url, locale="fr-FR", java_script_enabled=False
    ) as context:
        page = context.new_page()
        page.goto("/")
        clicks = Clicks(page)
        for name in ("Métiers d’abord", MECHANIC, "Rencontrer Maëlle"):
            clicks.on(name)
        expect(page.get_by_text("J’écoute les machines.").first).to_be_visible()


def test_a_search_needs_no_mouse(page: Page) -> None:
    page.goto("/jobs")
    page.get_by_label("Chercher", exact=True).focus()
    page.keyboard.type("soudeuse")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_have_text("1 métier")
    page.get_by_role("link", name="Soudeur / Soudeuse").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Soudeur / Soudeuse")


def test_pictures_are_picked_by_keys_and_lead_to_places(page: Page) -> None:
    page.goto("/quiz")
    page.get_by_role("link", name="Le jeu en images").click()
    page.get_by_role("checkbox", name="Démonter et réparer").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="Démonter et réparer")).to_be_checked()
    page.get_by_role("button", name="Où aller voir").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Démonter et réparer")).to_be_visible()
    assert "liked" not in page.url, "no history of this machine tells it"
    page.evaluate(AXE.read_text())
    assert page.evaluate("axe.run().then((told) => told.violations.map((one) => one.id))") == []
    page.get_by_role("link", name="hall", exact=True).click()
    expect(page.get_by_role("heading", name="hall", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_pages_of_jobs_fit_and_have_no_barrier(browser: Browser, site: Site, width: int) -> None:
    with browser.new_context(
        base_url=site.url, locale="fr-FR", viewport={"width": width, "height": 800}
    ) as context:
        page = context.new_page()
        for path in (*PATHS, "/", "/quiz/pictures"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
            page.evaluate(AXE.read_text())
            found = page.evaluate("axe.run().then((told) => told.violations.map((one) => one.id))")
            assert found == [], path
