"""Real photographs on the view: a whole sphere, and a panorama that covers only a part of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.player import steps
from tests.e2e.player.conftest import Machines
from tests.serving import Site, run_command
from tests.tours.samples import write_bundle

pytestmark = pytest.mark.browser
DATA = Path(__file__).parents[4] / "shared" / "data"
PHOTOGRAPHS = {
    "hall": DATA / "tours" / "images" / "alma-correlator-facility.jpg",
    "attic": DATA / "panoramas" / "snow.jpg",
}


@pytest.fixture(scope="module")
def photographs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample tour on real photographs."""
    missing = [str(path) for path in PHOTOGRAPHS.values() if not path.exists()]
    if missing:
        pytest.skip(f"needs photographs that are not in the repository: {', '.join(missing)}")
    data = tmp_path_factory.mktemp("photographs")
    bundle = write_bundle(data / "bundle")
    for scene, path in PHOTOGRAPHS.items():
        shutil.copy(path, bundle / "panoramas" / f"{scene}.jpg")
    for command in (("db", "upgrade"), ("tour", "import", str(bundle), "--publish")):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data) as site:
        yield site


@pytest.mark.parametrize("machine", ["webgl", "no webgl"])
@pytest.mark.parametrize("scene", ["hall", "attic"])
def test_a_photograph_is_shown_and_its_plates_are_found(
    photographs: Site, machines: Machines, scene: str, machine: str
) -> None:
    context = machines(machine).new_context(base_url=photographs.url, locale="fr-FR")
    page = context.new_page()
    lost: list[str] = []
    page.on("response", lambda answer: lost.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"/tours/mill-tour/{scene}")
    steps.wait_until_sharp(page)
    slug = {"hall": "maelle", "attic": "ali"}[scene]
    steps.open_by_plate(page, slug)
    steps.expect_found(page, slug)
    assert lost == []
    context.close()
