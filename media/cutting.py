"""An equirectangular picture becomes the tiles of a cube, in Pannellum's multires layout.

Cubic resampling in strips of one tile row (nothing the size of a face is ever held at full
size), Lanczos for the smaller levels, two threads over the faces. docs/media.md has the figures.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from PIL import Image

from media.planes import Plane, Planes, encode_planes, shrink_plane
from media.projection import FACES, POLES, Extent, map_face
from media.resampling import View

TILE: Final = 512
QUALITY: Final = 80
FALLBACK: Final = 1024
THREADS: Final = 2
_MARGIN: Final = 8
"""Rows beside a strip, for Lanczos: its support is three output pixels, six here."""
_SLICE: Final = 136
"""Rows mapped at a time: the maps take eight bytes a pixel."""
OUTSIDE: Final = (32, 144, 119)
"""Where a partial panorama shows nothing: the ink of our pages, #14213D, as light, blue, red."""
_LANCZOS: Final = Image.Resampling.LANCZOS

Put = Callable[[str, bytes], None]
"""Takes a file: its name inside the asset, its bytes. Called from two threads."""


@dataclass(frozen=True)
class Pyramid:
    """Levels of a cube, 1 being the smallest; ``tile`` and ``cube`` in pixels."""

    cube: int
    tile: int
    levels: int


def plan_pyramid(extent: Extent) -> Pyramid:
    """The levels that Pannellum expects for a cube of this size."""
    tile = min(TILE, extent.cube)
    levels, side = 1, extent.cube
    while side > tile:
        side, levels = -(-side // 2), levels + 1
    return Pyramid(extent.cube, tile, levels)


class Cutter:
    """Cuts one picture; ``progress`` is told the share done, 0 to 1."""

    def __init__(
        self, planes: Planes, extent: Extent, put: Put, progress: Callable[[float], None]
    ) -> None:
        self.planes = planes
        self.extent = extent
        self.put = put
        self.progress = progress
        self.pyramid = plan_pyramid(extent)
        self._lock = threading.Lock()
        self._rows_done = 0

    def cut(self) -> Pyramid:
        """Write every tile and the fallback faces."""
        cv2.setNumThreads(1)  # the threads are ours: OpenCV's own would stand in their way
        with ThreadPoolExecutor(THREADS) as threads:
            for _ in threads.map(self._cut_face, FACES):
                pass
        return self.pyramid

    def _cut_face(self, face: str) -> None:
        cube, tile, levels = self.pyramid.cube, self.pyramid.tile, self.pyramid.levels
        smaller = _make_room(cube // 2)
        for row, top in enumerate(range(0, cube, tile)):
            bottom = min(top + tile, cube)
            start = max(0, top - _MARGIN)
            strip = self._resample(face, start, min(cube, bottom + _MARGIN))
            inner = _take_rows(strip, top - start, bottom - start)
            self._write_row(f"{levels}/{face}{row}", inner)
            if levels > 1:
                _halve_strip(strip.light, inner, smaller, (start, top, bottom))
            self._tell()
        self._write_levels(face, smaller if levels > 1 else inner)

    def _resample(self, face: str, start: int, stop: int) -> Planes:
        """The rows of a face; both are even, so that the colours' rows are whole.

        Towards the poles the source has more columns than the face: there the colours are taken
        at the size of the light and then averaged, which half as many samples would alias.
        """
        side, source = self.pyramid.cube, self.planes
        light = self._resample_planes([source.light], face, side, (start, stop), OUTSIDE[:1])[0]
        colours, outside = [source.blue, source.red], OUTSIDE[1:]
        if face in POLES:
            whole = self._resample_planes(colours, face, side, (start, stop), outside)
            half = (side // 2, (stop - start) // 2)
            return Planes(light, *(shrink_plane(plane, half) for plane in whole))
        rows = (start // 2, stop // 2)
        return Planes(light, *self._resample_planes(colours, face, side // 2, rows, outside))

    def _resample_planes(
        self,
        planes: list[Plane],
        face: str,
        side: int,
        rows: tuple[int, int],
        outside: tuple[int, ...],
    ) -> list[Plane]:
        """Rows of a face of ``side`` pixels, from planes of one size."""
        start, stop = rows
        extent = self.extent.scaled(planes[0].shape[1], planes[0].shape[0])
        strips = [np.empty((stop - start, side), np.uint8) for _ in planes]
        for first in range(start, stop, _SLICE):
            last = min(first + _SLICE, stop)
            view = View(extent, map_face(extent, face, side, first, last))
            for plane, strip, colour in zip(planes, strips, outside, strict=True):
                view.show(plane, strip[first - start : last - start], colour)
        return strips

    def _write_levels(self, face: str, picture: Planes) -> None:
        """The levels below the largest, each from the one above, and the fallback face."""
        side = min(FALLBACK, self.pyramid.cube)
        self.put(f"fallback/{face}.jpg", encode_planes(_resize(picture, side), QUALITY))
        for level in range(self.pyramid.levels - 1, 0, -1):
            height = len(picture.light)
            for row, top in enumerate(range(0, height, self.pyramid.tile)):
                rows = _take_rows(picture, top, min(top + self.pyramid.tile, height))
                self._write_row(f"{level}/{face}{row}", rows)
            picture = _resize(picture, height // 2) if level > 1 else picture

    def _write_row(self, stem: str, row: Planes) -> None:
        width = row.light.shape[1]
        for column, left in enumerate(range(0, width, self.pyramid.tile)):
            tile = _take_columns(row, left, min(left + self.pyramid.tile, width))
            self.put(f"{stem}_{column}.jpg", encode_planes(tile, QUALITY))

    def _tell(self) -> None:
        with self._lock:
            self._rows_done += 1
            rows = len(FACES) * -(-self.pyramid.cube // self.pyramid.tile)
            self.progress(self._rows_done / rows)


def _make_room(side: int) -> Planes:
    half = ((side + 1) // 2, (side + 1) // 2)
    return Planes(*(np.empty(shape, np.uint8) for shape in ((side, side), half, half)))


def _take_rows(planes: Planes, top: int, bottom: int) -> Planes:
    half = slice(top // 2, (bottom + 1) // 2)
    return Planes(planes.light[top:bottom], planes.blue[half], planes.red[half])


def _take_columns(planes: Planes, left: int, right: int) -> Planes:
    half = slice(left // 2, (right + 1) // 2)
    return Planes(planes.light[:, left:right], planes.blue[:, half], planes.red[:, half])


def _halve_strip(light: Plane, inner: Planes, into: Planes, rows: tuple[int, int, int]) -> None:
    """Write the rows of the next level that a strip covers; its margin feeds the filter."""
    start, top, bottom = rows
    side = light.shape[1]
    box = (0, top - start, side, bottom - start)
    picture = Image.fromarray(light).resize((side // 2, (bottom - top) // 2), _LANCZOS, box=box)
    target = _take_rows(into, top // 2, bottom // 2)
    target.light[:] = np.asarray(picture)
    target.blue[:] = shrink_plane(inner.blue, target.blue.shape[::-1])
    target.red[:] = shrink_plane(inner.red, target.red.shape[::-1])


def _resize(planes: Planes, side: int) -> Planes:
    """A whole face at another size; the eye sees Lanczos in the light alone."""
    if len(planes.light) == side:
        return planes
    light = np.asarray(Image.fromarray(planes.light).resize((side, side), _LANCZOS))
    half = ((side + 1) // 2, (side + 1) // 2)
    return Planes(light, shrink_plane(planes.blue, half), shrink_plane(planes.red, half))
