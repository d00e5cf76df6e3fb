"""A professional on a phone: the preview while typing, the practice room, a photo that is drawn."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from tests.e2e.test_pages_look import AXE
from tests.load.sample import build_site
from tests.media.pictures import jpeg
from tests.serving import Site, run_command

pytestmark = pytest.mark.browser
WHO, PASSWORD = "karim@demo.example", "a password for tests"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one published tour and one professional."""
    data = tmp_path_factory.mktemp("professionals")
    build_site(data, 512)
    made = run_command(data, "account", WHO, "professional", "--password", PASSWORD)
    assert made.returncode == 0, made.stderr
    with Site(data) as site:
        yield site


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """Karim's phone; errors of scripts fail the test."""
    context = browser.new_context(
        base_url=site.url, locale="fr-FR", viewport={"width": 390, "height": 780}
    )
    page = context.new_page()
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  Playwright marks it
    page.goto("/professionals/me")
    page.get_by_label("Adresse e-mail").fill(WHO)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/professionals/me")
    yield page
    context.close()
    assert errors == []


def look(page: Page) -> None:
    """Nothing that axe finds, nothing that sticks out."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_is_typed_is_shown_as_students_will_read_it(phone: Page) -> None:
    shown = phone.locator(".self__shown")
    assert shown.get_by_text("ce que vous tapez apparaît ici").is_visible()
    phone.get_by_label("Prénom").fill("Karim")
    phone.get_by_label("Usine").select_option(label="Moulin d’essai")
    phone.get_by_label("Ce qu’on peut vous demander").fill("Le bruit")
    assert shown.get_by_text("Karim").is_visible()
    assert shown.get_by_text("Moulin d’essai").is_visible()
    assert shown.get_by_text("Le bruit").is_visible()
    assert not shown.get_by_text("Mon parcours").is_visible()
    assert not shown.get_by_text("ce que vous tapez").is_visible()
    look(phone)


def answer(page: Page, text: str) -> None:
    """Write in the composer and send."""
    page.get_by_label("Vous répondez à").fill(text)
    page.get_by_role("button", name="Répondre", exact=True).click()


def test_three_messages_are_practised_without_anybody_else(phone: Page) -> None:
    phone.goto("/professionals/practice")
    end = phone.get_by_role("button", name="J’ai fini l’essai")
    work, contact, danger = (phone.locator(f"[data-kind={kind}]") for kind in (
        "work", "contact", "danger"
    ))  # fmt: skip
    assert not end.is_visible()
    work.get_by_role("button", name="Alerte").click()
    assert work.get_by_text("Rien d’inquiétant ici").is_visible()
    work.get_by_role("button", name="J’y réponds").click()
    assert work.locator(".drill__text").is_visible()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    answer(phone, "Le froid, l’hiver.")
    assert work.get_by_text("Le froid, l’hiver.").is_visible()
    contact.get_by_role("button", name="J’y réponds").click()
    answer(phone, "06 12 34 56 78")
    assert contact.get_by_text("serait retenu").is_visible()
    answer(phone, "Vois avec ton professeur.")
    assert contact.get_by_text("Bien. Le stage passe").is_visible()
    danger.get_by_role("button", name="J’y réponds").click()
    answer(phone, "Tu peux tout me dire.")
    assert danger.get_by_text("ne répondez pas seul").is_visible()
    assert not end.is_visible()
    danger.get_by_role("button", name="Alerte").click()
    assert end.is_visible()
    assert asked == []
    look(phone)
    end.click()
    phone.wait_for_url("**/professionals/me")
    assert phone.get_by_text("vous savez comment une salle se passe").is_visible()


def test_without_a_script_the_advice_is_read_and_the_end_is_there(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(base_url=site.url, locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    page.goto("/professionals/practice")
    page.get_by_text("Un conseil").first.click()
    assert page.get_by_text("Un souvenir précis").is_visible()
    assert page.get_by_text("Vous savez l’essentiel").is_visible()
    assert not page.get_by_role("button", name="J’y réponds").first.is_visible()
    context.close()


def test_a_photo_appears_by_itself_once_it_is_drawn(phone: Page) -> None:
    phone.goto("/professionals/me/photos")
    look(phone)
    file = FilePayload(name="moi.jpg", mimeType="image/jpeg", buffer=jpeg((640, 480)))
    phone.set_input_files("#photo", files=[file])
    phone.get_by_label("J’accepte que les classes voient cette photo").check()
    phone.get_by_role("button", name="Envoyer").click()
    photo = phone.locator(".own-photos__one img")
    photo.wait_for(timeout=60_000)
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
