"""Tours of others, drawn small."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from media.panoramas import cut_panorama
from tours.bundles.check import Checked, check_bundle
from tours.imports import to_bundle

Pixels = NDArray[np.uint8]


@pytest.fixture
def sphere(tmp_path: Path) -> Path:
    """A panorama whose every side and pole looks different, smooth enough to be compared."""
    yaw = np.linspace(-np.pi, np.pi, 2048, endpoint=False)[None, :]
    pitch = np.linspace(np.pi / 2, -np.pi / 2, 1024)[:, None]
    flat = np.cos(pitch)
    parts = (flat * np.sin(yaw), np.broadcast_to(np.sin(pitch), (1024, 2048)), flat * np.cos(yaw))
    pixels = np.stack([(part * 110 + 128).astype(np.uint8) for part in parts], axis=2)
    path = tmp_path / "sphere.png"
    cv2.imwrite(str(path), pixels)
    return path


@pytest.fixture
def tiles(sphere: Path, tmp_path: Path) -> Path:
    """The same panorama as Pannellum's tiles, and its fallback faces."""
    folder = tmp_path / "tiles"

    def put(name: str, data: bytes, _content_type: str = "") -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    cut_panorama(sphere, put)
    return folder


Draft = Callable[..., tuple[Checked, list[str]]]


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Turn a file into a draft bundle and read it; what was lost beside it."""

    def make(path: Path, **options: Any) -> tuple[Checked, list[str]]:
        lost = to_bundle(path, tmp_path / "draft", options.pop("language", "en"), **options)
        checked = check_bundle(tmp_path / "draft")
        assert [str(p) for p in checked.problems if not p.is_unfinished] == []
        return checked, [str(sentence) for sentence in lost]

    return make


def difference(one: Path, other: Path) -> float:
    """How far two panoramas are from each other, on average, from 0 to 255."""
    pixels = [cv2.imread(str(path)) for path in (one, other)]
    assert all(p is not None for p in pixels)
    small = [cv2.resize(p, (512, 256), interpolation=cv2.INTER_AREA) for p in pixels]  # type: ignore[arg-type]  # looked at above
    return float(np.abs(small[0].astype(int) - small[1].astype(int)).mean())
