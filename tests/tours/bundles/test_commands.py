"""`deambule tour …` as authors type it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from tests.tours.samples import tour_data, write_yaml
from tours.bundles.archive import pack
from tours.commands import tour

SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "tours"


@pytest.fixture
def run(app: Flask) -> Any:
    """Run a command on the app of the test."""

    def call(*words: object) -> Result:
        info = ScriptInfo(create_app=lambda: app)
        return CliRunner().invoke(tour, [str(word) for word in words], obj=info)

    return call


def listed(run: Any) -> list[dict[str, Any]]:
    """What `list --json` says."""
    rows: list[dict[str, Any]] = json.loads(run("list", "--json").stdout)
    return rows


def test_a_whole_bundle_is_checked_imported_published_and_exported(
    run: Any, sample: Path, tmp_path: Path
) -> None:
    checked = run("check", sample)
    assert checked.exit_code == 0
    assert "Boulons: 33, of which 79%" in checked.stdout
    assert run("import", sample).exit_code == 0
    assert run("publish", "mill-tour").exit_code == 0
    assert listed(run) == [
        {"slug": "mill-tour", "title": "Le moulin", "scenes": 2, "links": 2, "hotspots": 16,
         "published": True}
    ]  # fmt: skip
    assert "2 scenes, 16 hotspots, published" in run("list").stdout
    assert run("export", "mill-tour", tmp_path / "out.zip").exit_code == 0
    again = run("import", tmp_path / "out.zip")
    assert "unchanged" in again.stdout
    assert run("unpublish", "mill-tour").exit_code == 0
    assert not listed(run)[0]["published"]


def test_problems_end_with_one_and_are_told_with_file_and_line(run: Any, bundle: Path) -> None:
    data = tour_data()
    data["scenes"][0]["hotspots"][0]["to"] = "cellar"
    write_yaml(bundle / "tour.yaml", data)
    for command in ("check", "import"):
        result = run(command, bundle)
        assert result.exit_code == 1
        assert "tour.yaml:" in result.stderr
        assert "Aucune scène ne s’appelle « cellar »." in result.stderr
    assert listed(run) == []


@pytest.mark.parametrize(
    "words",
    [("check", "no/such/folder"), ("import",), ("import", "x", "--language", "de"), ("nothing",)],
)
def test_misuse_ends_with_two(run: Any, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_what_is_not_there_ends_with_one(run: Any, tmp_path: Path) -> None:
    for words in (("publish", "x"), ("unpublish", "x"), ("export", "x", tmp_path / "x")):
        result = run(*words)
        assert result.exit_code == 1
        assert "Aucune visite" in result.stderr
    assert run("withdraw", "x").exit_code == 1
    assert not (tmp_path / "x").exists()


def test_an_export_does_not_write_over_anything(run: Any, sample: Path, tmp_path: Path) -> None:
    run("import", sample)
    assert run("export", "mill-tour", tmp_path).exit_code == 2


def test_a_scene_is_withdrawn_by_its_name(run: Any, sample: Path) -> None:
    run("import", sample)
    assert "is withdrawn" in run("withdraw", "attic").stdout
    assert "already" in run("withdraw", "mill-tour/attic").stdout
    assert run("withdraw", "hall", "--tour", "mill-tour").exit_code == 0


def test_the_schema_is_printed(run: Any) -> None:
    assert "TourFile" in json.loads(run("schema").stdout)["$defs"]


def test_a_tour_of_others_arrives_as_a_draft_that_can_be_exported(
    run: Any, sample: Path, tmp_path: Path
) -> None:
    shutil.copy(sample / "panoramas" / "hall.jpg", tmp_path / "hall.jpg")
    spot = {"type": "info", "yaw": 5, "pitch": 0, "text": "A mill"}
    config = {"panorama": "hall.jpg", "hotSpots": [spot], "autoLoad": True}
    (tmp_path / "mill.json").write_text(json.dumps(config))
    result = run("import", tmp_path / "mill.json", "--language", "en")
    assert result.exit_code == 0
    assert "a draft" in result.stdout
    assert "« autoLoad »" in result.stderr
    assert "Le français manque." in result.stderr
    assert run("publish", "mill").exit_code == 1
    assert run("export", "mill", tmp_path / "out").exit_code == 0
    assert "unchanged" in run("import", tmp_path / "out", "--draft").stdout
    assert run("import", tmp_path / "out").exit_code == 1


def test_a_zipped_export_of_marzipano_is_recognised(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "project" / "app-files"
    folder.mkdir(parents=True)
    (folder / "data.js").write_text('var data = {"name": "Old mill", "scenes": [{"id": "a"}]};')
    pack(tmp_path / "project", tmp_path / "project.zip")
    result = run("import", tmp_path / "project.zip")
    assert result.exit_code == 0, result.stderr
    assert listed(run)[0]["slug"] == "old-mill"


@pytest.mark.parametrize("name", ["x.json", "x.js", "x.zip", "x.txt"])
def test_other_files_are_refused(run: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x00\xffnothing")
    result = run("import", tmp_path / name)
    assert result.exit_code == 1
    assert name in result.stderr


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared tours are not on this machine")
def test_the_tours_of_others_at_hand_all_come_in(run: Any) -> None:
    files = [*SHARED.glob("configs/*.json"), *SHARED.glob("marzipano/*.js")]
    for path in files:
        assert run("import", path, "--language", "en").exit_code == 0, path.name
    rows = {row["slug"]: (row["scenes"], row["links"], row["hotspots"]) for row in listed(run)}
    assert rows == {
        "compass": (1, 0, 0),
        "cube-map": (1, 0, 0),
        "hot-spots": (1, 0, 3),
        "multiresolution": (1, 0, 0),
        "sample-tour": (3, 3, 6),
        "tour": (2, 2, 2),
    }


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared tours are not on this machine")
def test_a_tour_made_elsewhere_is_checked_as_the_bundle_it_would_become(run: Any) -> None:
    checked = run("check", "--quick", SHARED / "configs" / "tour.json")
    assert checked.exit_code == 1
    assert "approved_by" in checked.stderr
    assert "zip" not in checked.stderr
