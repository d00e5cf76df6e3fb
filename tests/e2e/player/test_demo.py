"""The demo's mission, played to each of its endings, on the view and in the list."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from ruamel.yaml import YAML

from tests.e2e.player import steps
from tests.e2e.player.conftest import Machines
from tests.serving import Site, run_command

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DEMO = Path(__file__).parents[3] / "demo" / "tidal-plant"
TOUR: dict[str, Any] = YAML(typ="safe").load(DEMO / "tour.yaml")
MISSION = TOUR["mission"]
SCENE_OF = {
    hotspot["slug"]: scene["slug"] for scene in TOUR["scenes"] for hotspot in scene["hotspots"]
}
HOTSPOTS = {hotspot["slug"]: hotspot for scene in TOUR["scenes"] for hotspot in scene["hotspots"]}
TITLES = {ending["slug"]: ending["title"]["fr"] for ending in MISSION["endings"]}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo tour alone."""
    data = tmp_path_factory.mktemp("demo")
    for command in (("db", "upgrade"), ("tour", "import", str(DEMO), "--publish")):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data) as site:
        yield site


@pytest.fixture
def page(machines: Machines, demo: Site) -> Iterator[Page]:
    """A new visitor's tab."""
    context = machines("webgl").new_context(
        base_url=demo.url, locale="fr-FR", viewport={"width": 1280, "height": 720}
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("way", ["view", "list"])
def test_the_mission_is_played_to_each_ending(page: Page, way: str) -> None:
    for number, slug in enumerate(MISSION["clues"][: MISSION["needed"]]):
        page.goto(f"/tours/{TOUR['slug']}/{SCENE_OF[slug]}")
        steps.wait_until_ready(page)
        if way == "list" and number == 0:
            steps.show_list(page)
        find_clue(page, way, HOTSPOTS[slug])
    options = MISSION["decision"]["options"]
    for number, option in enumerate(options):
        if number:
            steps.reach(page, ".mission__again summary")
            page.keyboard.press("Enter")
        page.focus("#scene-title")
        steps.reach(page, f'[data-decision] button[value="{option["slug"]}"]')
        page.keyboard.press("Enter")
        expect(page.locator("#ending h3")).to_have_text(TITLES[option["ending"]])
    assert {option["ending"] for option in options} == set(TITLES), "every ending was reached"
    steps.reach(page, "#ending a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/end")


def find_clue(page: Page, way: str, clue: dict[str, Any]) -> None:
    """Find one clue as its kind wants it, and close its panel."""
    if way == "view":
        steps.open_by_plate(page, clue["slug"])
    else:
        steps.open_in_list(page, clue["slug"])
    if clue["kind"] == "question":
        answer_right(page, clue)
    elif clue["kind"] in ("film", "sound"):
        steps.send(page)
    steps.expect_found(page, clue["slug"])
    if way == "view":
        page.keyboard.press("Escape")
        expect(page.locator("#panel")).to_be_hidden()


def answer_right(page: Page, question: dict[str, Any]) -> None:
    """Give the right answer."""
    if question["type"] == "number":
        steps.write(page, "answer", str(question["answer"]).replace(".", ","))
    elif question["type"] == "truefalse":
        steps.choose(page, ["true" if question["answer"] else "false"])
    else:
        right = [str(n) for n, one in enumerate(question["options"]) if one.get("right")]
        steps.choose(page, right)
