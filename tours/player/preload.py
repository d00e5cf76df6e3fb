"""Which tiles Pannellum asks for first, so that the page can fetch them before its script runs.

Follows `checkZoom`, `testMultiresNode` and `checkSquareInView` of Pannellum 2.5.7.
Axes as there: x to the right, y up, z backwards; yaw grows to the right, pitch upwards.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import acos, ceil, cos, radians, sin, sqrt, tan

STAGE = (860, 514)
"""Pixels of the view in a window of 1280×720."""
TILE = 512

Vector = tuple[float, float, float]

_FACES: dict[str, tuple[Vector, Vector, Vector]] = {
    "f": ((-1, 1, -1), (1, 1, -1), (-1, -1, -1)),
    "b": ((1, 1, 1), (-1, 1, 1), (1, -1, 1)),
    "u": ((-1, 1, 1), (1, 1, 1), (-1, 1, -1)),
    "d": ((-1, -1, -1), (1, -1, -1), (-1, -1, 1)),
    "l": ((-1, 1, 1), (-1, 1, -1), (-1, -1, 1)),
    "r": ((1, 1, -1), (1, 1, 1), (1, -1, -1)),
}
"""Top left, top right and bottom left corners."""


@dataclass(frozen=True)
class _Camera:
    right: Vector
    up: Vector
    ahead: Vector
    zoom: float
    aspect: float

    def sides(self, point: Vector) -> tuple[int, int, int]:
        """On which side of the view a point lies: left or right, below or above, out of depth."""
        depth = _dot(self.ahead, point) or 1e-9
        x = self.zoom * _dot(self.right, point) / depth
        y = self.zoom * self.aspect * _dot(self.up, point) / depth
        return (x > 1) - (x < -1), (y > 1) - (y < -1), int(depth < 0.1)

    def sees(self, corners: list[Vector]) -> bool:
        """Whether a square may be in view; errs, as Pannellum does, towards yes."""
        sides = [self.sides(corner) for corner in corners]
        across, along = sum(x for x, _, _ in sides), sum(y for _, y, _ in sides)
        return abs(across) < 4 and abs(along) < 4 and not all(far for _, _, far in sides)


def first_tiles(levels: int, cube: int, view: Mapping[str, float]) -> list[str]:
    """Names of the tiles seen at `view` (degrees), in the order in which they are asked for."""
    yaw, pitch, hfov = (float(view.get(key, 0)) for key in ("yaw", "pitch", "hfov"))
    return list(_tiles_of(levels, cube, round(yaw, 1), round(pitch, 1), round(hfov or 100, 1)))


@lru_cache(maxsize=512)
def _tiles_of(levels: int, cube: int, yaw: float, pitch: float, hfov: float) -> tuple[str, ...]:
    camera = _camera(radians(yaw), radians(pitch), radians(hfov))
    seen = []
    for level in range(1, _choose_level(levels, radians(hfov)) + 1):
        side = ceil(cube / 2 ** (levels - level))
        for name, corners in _squares(level, side):
            if camera.sees(corners):
                seen.append((level, _angle(camera.ahead, corners), name))
    return tuple(name for _, _, name in sorted(seen))


def _camera(yaw: float, pitch: float, hfov: float) -> _Camera:
    return _Camera(
        right=(cos(yaw), 0, sin(yaw)),
        up=(-sin(yaw) * sin(pitch), cos(pitch), cos(yaw) * sin(pitch)),
        ahead=(sin(yaw) * cos(pitch), sin(pitch), -cos(yaw) * cos(pitch)),
        zoom=1 / tan(hfov / 2),
        aspect=STAGE[0] / STAGE[1],
    )


def _choose_level(levels: int, hfov: float) -> int:
    level = 1
    while level < levels and STAGE[0] > TILE * 2 ** (level - 1) * tan(hfov / 2) * 0.707:
        level += 1
    return level


def _squares(level: int, side: int) -> Iterator[tuple[str, list[Vector]]]:
    """The tiles of a level: name and corners."""
    cuts = [min(at, side) / side for at in range(0, side + TILE, TILE)]
    for face, (corner, right, below) in _FACES.items():
        for y, (top, bottom) in enumerate(pairwise(cuts)):
            for x, (left, end) in enumerate(pairwise(cuts)):
                spots = ((left, top), (end, top), (end, bottom), (left, bottom))
                yield (
                    f"{level}/{face}{y}_{x}.jpg",
                    [_place(corner, right, below, across, down) for across, down in spots],
                )


def _place(corner: Vector, right: Vector, below: Vector, across: float, down: float) -> Vector:
    x, y, z = (
        c + across * (r - c) + down * (b - c) for c, r, b in zip(corner, right, below, strict=True)
    )
    return x, y, z


def _angle(ahead: Vector, corners: list[Vector]) -> float:
    middle = (sum(c[0] for c in corners), sum(c[1] for c in corners), sum(c[2] for c in corners))
    return acos(max(-1, min(1, _dot(ahead, middle) / sqrt(_dot(middle, middle)))))


def _dot(one: Vector, other: Vector) -> float:
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
