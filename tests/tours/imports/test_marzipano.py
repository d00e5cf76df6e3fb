"""Exports of the Marzipano Tool become drafts."""

import json
import shutil
from math import radians
from pathlib import Path
from typing import Any

import pytest

from tests.tours.imports.conftest import Draft, difference
from tours.imports.foreign import Unreadable
from tours.imports.marzipano import read_marzipano

SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "tours" / "marzipano"
LEVELS = [
    {"tileSize": 256, "size": 256, "fallbackOnly": True},
    {"tileSize": 512, "size": 648},
]


def scene(key: str, **own: Any) -> dict[str, Any]:
    view = {"pitch": radians(10), "yaw": radians(20), "fov": radians(60)}
    common = {"id": key, "name": key.title(), "levels": LEVELS, "faceSize": 648}
    return {**common, "initialViewParameters": view, "linkHotspots": [], "infoHotspots": [], **own}


def export(folder: Path, *scenes: dict[str, Any], before: str = "var data = ") -> Path:
    folder.mkdir(exist_ok=True)
    data = {"scenes": list(scenes), "name": "Tour", "settings": {"autorotateEnabled": True}}
    path = folder / "data.js"
    path.write_text(f"/* an export */\n{before}{json.dumps(data)};\n", "utf-8")
    return path


def test_radians_downwards_become_degrees_upwards(tmp_path: Path, draft: Draft) -> None:
    link = {"yaw": radians(190), "pitch": radians(-30), "rotation": 0, "target": "b"}
    info = {"yaw": 0, "pitch": radians(5), "title": "A", "text": "<b>Bold</b> &amp; *bare*"}
    path = export(tmp_path / "x", scene("a", linkHotspots=[link], infoHotspots=[info]), scene("b"))
    checked, lost = draft(path)
    assert checked.tour is not None
    first = checked.tour.scenes[0]
    assert (first.view.yaw, first.view.pitch) == (20, -10)
    assert first.view.hfov == pytest.approx(91.5, abs=0.1)
    way, told = first.hotspots
    assert (way.yaw, way.pitch, way.title.en) == (-170, 30, "B")
    assert told.pitch == -5
    assert told.model_dump()["text"]["en"] == "Bold & \\*bare\\*"
    assert any("rotation automatique" in sentence for sentence in lost)


def test_tiles_are_stitched_back(sphere: Path, tiles: Path, tmp_path: Path, draft: Draft) -> None:
    """An export keeps them as level/face/row/column."""
    path = export(tmp_path / "x", scene("a"))
    for tile in tiles.glob("2/*.jpg"):
        row, column = tile.stem[1:].split("_")
        target = tmp_path / "x" / "tiles" / "a" / "1" / tile.stem[0] / row / f"{column}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tile, target)
    checked, lost = draft(path)
    assert not [sentence for sentence in lost if "manque" in sentence]
    assert difference(sphere, checked.root / "panoramas" / "a.jpg") < 3


def test_a_script_written_by_hand_is_read(tmp_path: Path) -> None:
    path = tmp_path / "data.js"
    path.write_text(
        'const data = { // a tour\n "name": "http://x/ // y",\n "scenes": [{"id": "a",},],\n};'
    )
    tour = read_marzipano(path)
    assert tour.name == "http://x/ // y"
    assert [s.id for s in tour.scenes] == ["a"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("alert(1)", "Marzipano"),
        ("var data = {", "Ligne 1"),
        ("var data = {scenes: []}", "Ligne 1"),
        ('var data = {"scenes": []}', "aucune scène"),
        ('var data = {"scenes": 3}', "aucune scène"),
        ("var data = 3", "aucune scène"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "data.js"
    path.write_text(text)
    with pytest.raises(Unreadable, match=words):
        read_marzipano(path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared tours are not on this machine")
def test_the_sample_tour_becomes_a_draft(draft: Draft) -> None:
    checked, lost = draft(SHARED / "sample-tour-data.js")
    tour = checked.tour
    assert tour is not None
    assert [s.slug for s in tour.scenes] == ["oriente-station", "electricity-museum", "jeronimos"]
    kinds = [h.kind for s in tour.scenes for h in s.hotspots]
    assert (kinds.count("link"), kinds.count("info")) == (3, 3)
    assert sum("manque" in sentence for sentence in lost) == 3
