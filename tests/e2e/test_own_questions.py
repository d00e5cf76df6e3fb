"""A teacher brings questions in, corrects them and looks at them, without a script if need be."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_pages_look import violations
from tests.serving import Site, run_command

pytestmark = pytest.mark.browser
TEACHER, PASSWORD = "nour@demo.example", "a password for tests"
TEXT = """::Marée::Que fait la mer ? {~Elle dort =Elle monte ####Deux fois par jour.}

Combien de pales ? {#3:0.5}

Associe. {=Moudre -> Meule =Tourner -> Aile}

La turbine s’appelle {=bulbe}.

Décrivez-la. {
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a teacher."""
    data = tmp_path_factory.mktemp("questions")
    for command in (("db", "upgrade"), ("account", TEACHER, "teacher", "--password", PASSWORD)):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data) as site:
        yield site


@pytest.fixture(params=[1280, 360])
def page(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The tab of a teacher who is logged in, on a wide and on a narrow screen."""
    context = browser.new_context(
        base_url=site.url, locale="fr-FR", viewport={"width": request.param, "height": 800}
    )
    page = context.new_page()
    page.goto("/login")
    page.fill('input[name="email"]', TEACHER)
    page.fill('input[name="password"]', PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/classes")
    yield page
    context.close()


def look(page: Page, name: str, pictures: Path) -> None:
    """Whatever is shown is accessible and fits the screen."""
    page.screenshot(path=pictures / f"{name}.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_questions_are_brought_in_corrected_and_changed(page: Page, tmp_path: Path) -> None:
    page.goto("/questions")
    look(page, "list", tmp_path)
    page.fill("#title", "La marée")
    page.fill("#gift", TEXT)
    page.get_by_role("button", name="Lire ces questions").click()
    expect(page.get_by_text("n’est jamais fermée")).to_be_visible()
    look(page, "broken", tmp_path)
    page.fill("#gift", TEXT + "}")
    page.get_by_role("button", name="Relire").click()
    look(page, "preview", tmp_path)
    page.get_by_role("button", name="Garder ces 5 questions").click()
    expect(page.get_by_text("Vos questions sont gardées.")).to_be_visible()
    look(page, "set", tmp_path)
    page.get_by_role("link", name="Modifier 1").click()
    look(page, "edit", tmp_path)
    page.fill("#question", "Que fait l’eau ?")
    page.get_by_role("button", name="Garder").click()
    expect(page.get_by_text("Que fait l’eau ?")).to_be_visible()
    page.get_by_role("link", name="Modifier 3").click()
    look(page, "edit-pairs", tmp_path)
    page.get_by_label("Paire 3, à gauche").fill("Freiner")
    page.get_by_label("Paire 3, à gauche").press("Tab")
    page.keyboard.type("Sabot")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Freiner → Sabot")).to_be_visible()
