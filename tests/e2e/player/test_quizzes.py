"""Questions about a scene and a tour are answered by keys alone, and proven without a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.player import steps
from tests.e2e.player.conftest import Visit
from tests.e2e.test_pages_look import violations
from tests.serving import Site, run_command
from tests.tours.samples import write_bundle, write_panorama
from tests.tours.walking.test_quizzes import with_quizzes

pytestmark = pytest.mark.browser
ENDS = ({"width": 1280, "height": 800}, {"width": 320, "height": 700})


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample with pairs to put together in the attic, and a question at its end."""
    data = tmp_path_factory.mktemp("quizzes")
    bundle = write_bundle(data / "bundle", with_quizzes())
    for seed, name in enumerate(("hall", "attic")):
        write_panorama(bundle / "panoramas" / f"{name}.jpg", seed, width=2048)
    for command in (("db", "upgrade"), ("tour", "import", str(bundle), "--publish")):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data) as site:
        yield site


@pytest.mark.parametrize("in_list", [False, True])
def test_pairs_are_put_together_by_keys_alone(visit: Visit, in_list: bool) -> None:
    page = visit("attic")
    steps.wait_until_sharp(page)
    if in_list:
        steps.show_list(page)
    steps.reach(page, "#hotspot-attic-roles summary")
    page.keyboard.press("Enter")
    box = "#hotspot-attic-roles" if in_list else "#panel"
    for number, name in ((1, "Meule"), (2, "Aile")):
        steps.reach(page, f"{box} .choices > :nth-child({number}) select")
        page.keyboard.type(name)
    steps.reach(page, f"{box} .ask__send button")
    page.keyboard.press("Enter")
    expect(page.locator(f"{box} .explained")).to_contain_text("C’est juste.")
    assert steps.boulons(page) == 3
    assert page.locator("#toasts").get_by_text("Trésor").count() == 0


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("size", ENDS, ids=["wide", "narrow"])
def test_the_end_asks_about_the_whole_tour(
    visit: Visit, has_script: bool, size: dict[str, int], tmp_path: Path
) -> None:
    page = visit("hall", java_script_enabled=has_script, viewport=size)
    page.goto("/tours/mill-tour/end")
    page.locator("#hotspot-whole summary").focus()
    page.keyboard.press("Enter")
    page.screenshot(path=tmp_path / "end.png", full_page=True)
    page.locator("#hotspot-whole input[name=answer]").first.focus()
    page.keyboard.press("Space")
    page.locator("#hotspot-whole .ask__send button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#hotspot-whole .explained")).to_contain_text("C’est juste.")
    page.screenshot(path=tmp_path / "answered.png", full_page=True)
    if has_script:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
