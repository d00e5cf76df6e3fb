"""Sessions in a real browser: eight clicks to a guest, pages for all eyes, screens and keys."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.core.db import now
from tests.e2e.test_pages_look import violations
from tests.load.sample import build_site
from tests.serving import Site, run_command

pytestmark = pytest.mark.browser
PASSWORD = "trois roues dentees"
PEOPLE = {"awa": "teacher", "olga": "organiser", "mona": "moderator"}
DAY = (now() + timedelta(days=5)).date().isoformat()
MOST_CLICKS = 8


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a tour, a teacher, an organiser and a moderator."""
    data = tmp_path_factory.mktemp("sessions")
    build_site(data, 512)
    for name, role in PEOPLE.items():
        made = run_command(data, "account", f"{name}@example.org", role, "--password", PASSWORD)
        assert made.returncode == 0, made.stderr
    with Site(data) as site:
        yield site


@pytest.fixture
def open_tab(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Tabs of browsers of their own; somebody named is logged in."""
    contexts = []

    def open_one(name: str = "", width: int = 1280, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.url, locale="fr-FR", java_script_enabled=script,
            viewport={"width": width, "height": 800},
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        if name:
            page.goto("/login")
            page.get_by_label("Adresse e-mail").fill(f"{name}@example.org")
            page.get_by_label("Mot de passe").fill(PASSWORD)
            page.get_by_role("button", name="Se connecter").click()
        return page

    yield open_one
    for context in contexts:
        context.close()


class Finger:
    """Clicks, and counts them."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, what: Locator) -> None:
        """Once."""
        what.click()
        self.clicks += 1


def open_board(page: Page) -> None:
    """A class, and its board."""
    page.goto("/classes/open")
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/classes/[a-z2-9]{12}$"))


def fill_invitation(page: Page) -> None:
    """What is said of a guest; fields are reached by the key, not by clicks."""
    for field, value in (("name", "Nadia"), ("job", "menuisière"), ("subject", "Le bois"),
                         ("day", DAY), ("hour", "10:00")):  # fmt: skip
        page.locator(f"#{field}").fill(value)


def invite(page: Page, finger: Finger) -> str:
    """From the board to the link that is to be sent."""
    finger.click(page.get_by_role("link", name="Rencontres"))
    finger.click(page.get_by_role("link", name="Inviter quelqu’un").first)
    fill_invitation(page)
    finger.click(page.get_by_role("button", name="Faire le lien"))
    link = page.locator("[id^=link-]").inner_text().strip()
    finger.click(page.get_by_role("button", name="Copier le lien"))
    return link


def approve(page: Page, subject: str) -> None:
    """An organiser says yes."""
    page.goto("/sessions")
    page.get_by_role("button", name=f"Approuver {subject}").first.click()


def test_a_guest_is_in_the_room_eight_clicks_after_the_board(
    open_tab: Callable[..., Page],
) -> None:
    teacher, organiser, guest = open_tab("awa"), open_tab("olga"), open_tab("", 390)
    finger = Finger()
    open_board(teacher)
    link = invite(teacher, finger)
    assert violations(teacher) == []
    approve(organiser, "Le bois")
    guest.goto(link)
    finger.clicks += 1
    assert violations(guest) == []
    finger.click(guest.get_by_label("J’ai lu cette charte"))
    finger.click(guest.get_by_role("button", name="J’entre"))
    guest.wait_for_url("**/rooms/*")
    assert guest.get_by_text("Cette page n’existe pas").count() == 0
    assert finger.clicks <= MOST_CLICKS


def offer(page: Page, subject: str, kind: str = "offer") -> None:
    """An organiser offers a session of one class."""
    page.goto("/sessions/new")
    page.locator("#subject").fill(subject)
    page.locator("#kind").select_option(kind)
    page.locator("#day").fill(DAY)
    if kind == "offer":
        page.locator("#hour").fill("10:00")
    page.locator("#capacity").fill("1")
    page.get_by_role("button", name="Proposer").click()
    page.wait_for_url(re.compile(r"/sessions/[a-z2-9]{12}$"))


def test_a_form_asks_for_what_its_kind_needs(open_tab: Callable[..., Page]) -> None:
    page = open_tab("olga")
    page.goto("/sessions/new")
    assert page.locator("#hour").is_visible()
    assert not page.locator("#answer_days").is_visible()
    page.locator("#kind").select_option("written")
    assert not page.locator("#hour").is_visible()
    assert page.locator("#answer_days").is_visible()
    offer(page, "Par écrit", "written")
    expect(page.get_by_text("réponses en 10").first).to_be_visible()
    page.get_by_role("link", name="Modifier").click()
    page.locator("#answer_days").fill("7")
    page.get_by_role("button", name="Garder").click()
    expect(page.get_by_text("réponses en 7").first).to_be_visible()
    page.locator("summary", has_text="Annuler la rencontre").click()
    page.get_by_label("Elle n’aura pas lieu").check()
    page.get_by_role("button", name="Annuler la rencontre").click()
    expect(page.get_by_text("Cette rencontre a été annulée")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_fit_every_screen_and_have_no_fault_that_axe_finds(
    open_tab: Callable[..., Page], width: int
) -> None:
    organiser = open_tab("olga", width)
    offer(organiser, f"Le rotor de la turbine {width}")
    path = organiser.url
    teacher, moderator = open_tab("awa", width), open_tab("mona", width)
    open_board(teacher)
    seen = [
        (organiser, path), (organiser, f"{path}/edit"), (organiser, "/sessions/new"),
        (organiser, "/sessions"), (teacher, "/sessions"), (teacher, path),
        (teacher, "/sessions/invite"), (moderator, "/sessions"), (moderator, path),
        (moderator, "/guests/nobody"),
    ]  # fmt: skip
    for page, address in seen:
        page.goto(address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_class_is_booked_and_gives_its_place_back_without_a_script(
    open_tab: Callable[..., Page],
) -> None:
    organiser = open_tab("olga")
    offer(organiser, "Sans script")
    teacher = open_tab("awa", script=False)
    open_board(teacher)
    teacher.goto(organiser.url)
    teacher.get_by_role("button", name="Réserver").click()
    expect(teacher.get_by_text("a sa place").first).to_be_visible()
    teacher.locator("summary", has_text="Rendre la place").click()
    teacher.get_by_label("ne viendra pas").check()
    teacher.get_by_role("button", name="Rendre la place").click()
    expect(teacher.get_by_role("button", name="Réserver")).to_be_visible()
    expect(teacher.get_by_text("a sa place")).to_have_count(0)
