"""Pannellum's tours become drafts, whatever their panoramas are made of."""

import json
import shutil
from pathlib import Path
from typing import Any

import cv2
import pytest

from media.panoramas import check_panorama
from tests.tours.imports.conftest import Draft, difference
from tours.bundles.check import Checked
from tours.imports.foreign import Unreadable
from tours.imports.pannellum import read_pannellum

SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "tours"
here = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared tours are not on this machine")


def write(folder: Path, data: Any, name: str = "tour.json", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(json.dumps(data, ensure_ascii=False), encoding=encoding)
    return path


def drawn(checked: Checked, number: int = 0) -> Path:
    """The panorama that was drawn for a scene."""
    assert checked.tour is not None
    return checked.root / checked.tour.scenes[number].panorama.file


def test_an_equirectangular_picture_is_kept(sphere: Path, tmp_path: Path, draft: Draft) -> None:
    config = {"type": "equirectangular", "panorama": "sphere.png", "northOffset": 247.5}
    checked, lost = draft(write(tmp_path, config))
    assert lost == []
    assert checked.tour is not None
    assert checked.tour.scenes[0].north == 247.5
    assert difference(sphere, drawn(checked)) < 2


def test_a_jpeg_is_copied_byte_by_byte(sphere: Path, tmp_path: Path, draft: Draft) -> None:
    cv2.imwrite(str(tmp_path / "a.jpg"), cv2.imread(str(sphere)))  # type: ignore[arg-type]  # it is there
    checked, _lost = draft(write(tmp_path, {"panorama": "a.jpg"}))
    assert drawn(checked).read_bytes() == (tmp_path / "a.jpg").read_bytes()


@pytest.mark.parametrize(
    ("pattern", "fallback"),
    [
        ("/%l/%s%y_%x", "/fallback/%s"),
        ("/level%l/%s/%y/%x", "/plain-%s"),
        ("/%s-%x-%y-%l", "/%s"),
    ],
)
def test_tiles_are_stitched_back(
    sphere: Path, tiles: Path, tmp_path: Path, draft: Draft, pattern: str, fallback: str
) -> None:
    for tile in list(tiles.glob("[0-9]/*.jpg")):
        face, (row, column) = tile.stem[0], tile.stem[1:].split("_")
        marks = {"%l": tile.parent.name, "%s": face, "%x": column, "%y": row}
        name = pattern
        for mark, value in marks.items():
            name = name.replace(mark, value)
        target = tmp_path / "moved" / f"{name.lstrip('/')}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tile, target)
    levels = max(int(p.name) for p in tiles.iterdir() if p.name.isdigit())
    tiling = {
        "basePath": "moved",
        "path": pattern,
        "fallbackPath": fallback,
        "extension": "jpg",
        "tileResolution": 512,
        "maxLevel": levels,
        "cubeResolution": 648,
    }
    checked, lost = draft(write(tmp_path, {"type": "multires", "multiRes": tiling}))
    assert lost == []
    assert difference(sphere, drawn(checked)) < 3


def test_fallback_faces_serve_when_tiles_are_missing(
    sphere: Path, tiles: Path, tmp_path: Path, draft: Draft
) -> None:
    tiling = {"basePath": "tiles", "path": "/no/%l%s%y%x", "fallbackPath": "/fallback/%s",
              "maxLevel": 1, "cubeResolution": 648}  # fmt: skip
    checked, _lost = draft(write(tmp_path, {"type": "multires", "multiRes": tiling}))
    assert difference(sphere, drawn(checked)) < 3


def test_six_faces_are_stitched_in_their_order(
    sphere: Path, tiles: Path, tmp_path: Path, draft: Draft
) -> None:
    faces = [f"tiles/fallback/{face}.jpg" for face in "frblud"]
    checked, _lost = draft(write(tmp_path, {"type": "cubemap", "cubeMap": faces}))
    assert difference(sphere, drawn(checked)) < 3


def test_a_partial_panorama_says_what_it_covers(sphere: Path, tmp_path: Path, draft: Draft) -> None:
    pixels = cv2.imread(str(sphere))
    assert pixels is not None
    cv2.imwrite(str(tmp_path / "part.jpg"), pixels[:600, 200:1400])
    config = {"panorama": "part.jpg", "haov": 150, "vaov": 75, "vOffset": 20}
    checked, _lost = draft(write(tmp_path, config))
    partial = check_panorama(drawn(checked)).sphere.partial
    assert partial is not None
    assert (partial.haov, partial.vaov, partial.voffset) == pytest.approx((150, 75, 20), abs=0.5)


def test_default_is_inherited_and_a_byte_order_mark_is_fine(
    sphere: Path, tmp_path: Path, draft: Draft
) -> None:
    config = {
        "default": {"firstScene": "b", "author": "Camille", "hfov": 90, "panorama": "sphere.png"},
        "scenes": {
            "a": {"title": "Première", "pitch": 5},
            "b": {"hotSpots": [{"type": "scene", "sceneId": "a", "yaw": 200, "pitch": -3}]},
        },
    }
    checked, _lost = draft(write(tmp_path, config, encoding="utf-8-sig"))
    tour = checked.tour
    assert tour is not None
    assert tour.start == "b"
    assert tour.scenes[0].title.en == "Première"
    assert tour.scenes[0].view.hfov == 90
    assert tour.scenes[0].panorama.credit == "Camille"
    assert tour.scenes[1].hotspots[0].yaw == -160


@pytest.mark.parametrize(
    ("own", "yaw", "pitch"),
    [
        ({"targetYaw": -23, "targetPitch": 2}, -23, 2),
        ({"targetYaw": "same", "targetPitch": "same"}, 40, 10),
        ({"targetYaw": "sameAzimuth"}, 10, 4),
        ({"targetPitch": 9}, 15, 9),
    ],
)
def test_the_direction_of_arrival_is_kept(
    sphere: Path, tmp_path: Path, draft: Draft, own: dict[str, Any], yaw: float, pitch: float
) -> None:
    link = {"type": "scene", "sceneId": "b", "yaw": 40, "pitch": 10} | own
    config = {
        "default": {"panorama": "sphere.png"},
        "scenes": {
            "a": {"northOffset": 20, "hotSpots": [link]},
            "b": {"northOffset": 50, "yaw": 15, "pitch": 4},
        },
    }
    checked, _lost = draft(write(tmp_path, config))
    assert checked.tour is not None
    arrive = checked.tour.scenes[0].hotspots[0].model_dump()["arrive"]
    assert arrive == {"yaw": yaw, "pitch": pitch}


def test_what_cannot_be_kept_is_listed(sphere: Path, tmp_path: Path, draft: Draft) -> None:
    spots = [
        {"type": "info", "yaw": 0, "pitch": 0, "text": "A *star*", "URL": "https://example.org/"},
        {"type": "info", "yaw": 50, "pitch": 0, "text": "B", "image": "b.jpg"},
        {"type": "scene", "yaw": 90, "pitch": 0, "sceneId": "nowhere"},
    ]
    config = {"panorama": "sphere.png", "autoRotate": -2, "hotSpots": spots}
    checked, lost = draft(write(tmp_path, config))
    assert checked.tour is not None
    assert len(checked.tour.scenes[0].hotspots) == 2
    text = checked.tour.scenes[0].hotspots[0].model_dump()["text"]["en"]
    assert text == "[A \\*star\\*](<https://example.org/>)"
    said = "\n".join(lost)
    assert "« autoRotate »" in said
    assert "« image »" in said
    assert "« nowhere »" in said


def test_a_missing_picture_is_told_and_replaced_by_a_grid(tmp_path: Path, draft: Draft) -> None:
    checked, lost = draft(write(tmp_path, {"panorama": "gone.jpg"}))
    assert any("gone.jpg" in sentence for sentence in lost)
    assert check_panorama(drawn(checked)).width == 2048


def test_pictures_elsewhere_are_not_fetched(tmp_path: Path, draft: Draft) -> None:
    _checked, lost = draft(write(tmp_path, {"panorama": "https://example.org/a.jpg"}))
    assert any("téléchargée" in sentence for sentence in lost)


def test_a_zip_cannot_reach_pictures_outside_of_it(
    sphere: Path, tmp_path: Path, draft: Draft
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    path = write(inside, {"panorama": "../sphere.png"})
    _checked, lost = draft(path, inside=inside)
    assert any("manque" in sentence for sentence in lost)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "JSON"),
        ('{"a": 1}', "Pannellum"),
        ("[1]", "Pannellum"),
        ('{"scenes": {}}', "aucune scène"),
        ('{"scenes": [1]}', "aucune scène"),
        ("[" * 100_000, "imbriquées"),
    ],
)
def test_what_is_no_tour_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "tour.json"
    path.write_text(text)
    with pytest.raises(Unreadable, match=words):
        read_pannellum(path)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tour.json"
    path.write_bytes('{"panorama": "é"}'.encode("latin-1"))
    with pytest.raises(Unreadable, match="UTF-8"):
        read_pannellum(path)


@pytest.mark.parametrize("value", [None, "x", [], {}, True, 1e400, "nan"])
def test_wrong_values_become_ordinary_ones(
    sphere: Path, tmp_path: Path, draft: Draft, value: Any
) -> None:
    spot = {"type": value, "yaw": value, "pitch": value, "text": value, "sceneId": None}
    config = {"panorama": "sphere.png", "hfov": value, "yaw": value, "pitch": value,
              "hotSpots": [spot, value]}  # fmt: skip
    checked, _lost = draft(write(tmp_path, config))
    assert checked.tour is not None


@here
@pytest.mark.parametrize(
    ("name", "scenes", "hotspots"),
    [("compass", 1, 0), ("cube-map", 1, 0), ("hot-spots", 1, 3), ("multiresolution", 1, 0),
     ("tour", 2, 2)],
)  # fmt: skip
def test_the_tours_of_pannellums_author_become_drafts(
    draft: Draft, name: str, scenes: int, hotspots: int
) -> None:
    checked, lost = draft(SHARED / "configs" / f"{name}.json")
    tour = checked.tour
    assert tour is not None
    assert len(tour.scenes) == scenes
    assert sum(len(scene.hotspots) for scene in tour.scenes) == hotspots
    assert any("manque" in sentence for sentence in lost) == (name != "tour")
