"""`deambule media`: exit codes, and what is told."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from media.commands import media
from tests.media import recordings
from tests.media.pictures import jpeg, xmp


def run(*words: object) -> Result:
    return CliRunner().invoke(media, [str(word) for word in words])


def test_a_sound_panorama_is_described(tmp_path: Path) -> None:
    path = tmp_path / "hall.jpg"
    path.write_bytes(jpeg((1024, 512), xmp=xmp(PoseHeadingDegrees=30)))
    done = run("check", path)
    assert done.exit_code == 0
    facts = json.loads(done.stdout)
    assert facts == {"kind": "panorama", "width": 1024, "height": 512, "cube": 320,
                     "partial": None, "heading": 30.0}  # fmt: skip


def test_a_film_and_a_picture_are_described(tmp_path: Path) -> None:
    film = recordings.film(tmp_path / "press.mp4")
    assert json.loads(run("check", film).stdout)["kind"] == "film"
    path = tmp_path / "arm.jpg"
    path.write_bytes(jpeg((640, 480)))
    assert run("check", path).exit_code == 1
    assert json.loads(run("check", path, "--as", "picture").stdout)["width"] == 640


@pytest.mark.parametrize("command", [["check"], ["cut"]])
def test_a_refused_file_ends_with_one_and_its_sentence(tmp_path: Path, command: list[str]) -> None:
    path = tmp_path / "hall.jpg"
    path.write_bytes(jpeg()[:-3000])
    target = [tmp_path / "out"] if command == ["cut"] else []
    done = run(*command, path, *target)
    assert done.exit_code == 1
    assert "L’image est incomplète" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_panorama_is_cut_into_an_empty_folder_only(tmp_path: Path) -> None:
    path = tmp_path / "hall.jpg"
    path.write_bytes(jpeg((1024, 512)))
    assert run("cut", path, tmp_path / "out").exit_code == 0
    assert (tmp_path / "out/1/f0_0.jpg").is_file()
    assert json.loads((tmp_path / "out/meta.json").read_text())["cube"] == 320
    assert run("cut", path, tmp_path / "out").exit_code == 2
    assert run("cut", tmp_path / "nothing.jpg", tmp_path / "new").exit_code == 2
