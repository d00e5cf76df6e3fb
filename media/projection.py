"""Where each pixel of a cube face, or of a flat view, lies on an equirectangular picture.

Axes: x to the right, y down, z forward (yaw 0, pitch 0). Positions are pixel centres, so that
pixel i of n covers (i … i+1)/n of the face; maps hold source columns and rows for cv2.remap.
"""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Maps = tuple[Floats, Floats]
"""Columns and rows of the source, one of each for every pixel."""

FACES: Final = ("f", "r", "b", "l", "u", "d")
"""Front, right, back, left, up, down, as Pannellum names them."""
POLES: Final = ("u", "d")
_TURNS: Final = {"f": 0.0, "r": 0.25, "b": 0.5, "l": 0.75}
MAX_CUBE: Final = 8 * int(16384 / math.pi / 8)


@dataclass(frozen=True)
class Extent:
    """An equirectangular picture: pixels, and the degrees that it covers (middle at yaw 0)."""

    width: int
    height: int
    haov: float = 360.0
    vaov: float = 180.0
    voffset: float = 0.0

    @property
    def is_round(self) -> bool:
        """Whether the left edge continues the right one."""
        return self.haov >= 359.999

    @property
    def columns(self) -> float:
        """Columns that the whole turn would have."""
        return self.width * 360 / self.haov

    @property
    def rows(self) -> float:
        """Rows that the whole sphere would have."""
        return self.height * 180 / self.vaov

    def scaled(self, width: int, height: int) -> "Extent":
        """The same part of the sphere at another size."""
        return replace(self, width=width, height=height)

    @property
    def cube(self) -> int:
        """Side of a cube face that keeps all details, after Pannellum's generate.py."""
        return max(8, min(MAX_CUBE, 8 * int(self.columns / math.pi / 8)))


def map_face(extent: Extent, face: str, side: int, top: int, bottom: int) -> Maps:
    """Source columns and rows for the rows ``top`` to ``bottom`` of a face of ``side`` pixels."""
    across = _centres(side, 0, side)[None, :]
    down = _centres(side, top, bottom)[:, None]
    if face in _TURNS:
        yaw, pitch = _look_at_side(across, down)
        return _to_columns(extent, yaw, _TURNS[face]), _to_rows(extent, pitch)
    sign = np.float32(1 if face == "u" else -1)
    yaw = np.arctan2(across, down * sign)
    pitch = np.arctan2(sign, np.sqrt(across * across + down * down))
    return _to_columns(extent, yaw, 0.0), _to_rows(extent, pitch)


def map_view(extent: Extent, width: int, height: int, hfov: float) -> Maps:
    """Source columns and rows for a flat view ahead, ``hfov`` degrees wide."""
    reach = math.tan(math.radians(hfov) / 2)
    across = (_centres(width, 0, width) * np.float32(reach))[None, :]
    down = (_centres(height, 0, height) * np.float32(reach * height / width))[:, None]
    tilt = math.radians(extent.voffset)
    up = np.float32(math.sin(tilt)) - down * np.float32(math.cos(tilt))
    ahead = np.float32(math.cos(tilt)) + down * np.float32(math.sin(tilt))
    yaw = np.arctan2(across, ahead)
    pitch = np.arctan2(up, np.sqrt(across * across + ahead * ahead))
    return _to_columns(extent, yaw, 0.0), _to_rows(extent, pitch)


def _look_at_side(across: Floats, down: Floats) -> tuple[Floats, Floats]:
    """One arctangent a column for yaw, one a pixel for pitch: the side faces are two thirds."""
    yaw = np.arctan(across)
    pitch = np.arctan(-down / np.sqrt(1 + across * across))
    return np.broadcast_to(yaw, pitch.shape), pitch


def _centres(side: int, start: int, stop: int) -> Floats:
    """Pixel centres of a side that spans -1 … 1."""
    return ((np.arange(start, stop, dtype=np.float64) * 2 + 1) / side - 1).astype(np.float32)


def _to_columns(extent: Extent, yaw: Floats, turn: float) -> Floats:
    columns = yaw * np.float32(extent.columns / (2 * math.pi))
    columns += np.float32(extent.width / 2 - 0.5 + turn * extent.columns)
    if turn >= 0.5:
        columns -= np.float32(extent.columns)
    return columns


def _to_rows(extent: Extent, pitch: Floats) -> Floats:
    rows = pitch * np.float32(-extent.rows / math.pi)
    rows += np.float32(extent.height / 2 - 0.5 + extent.voffset / 180 * extent.rows)
    return rows
