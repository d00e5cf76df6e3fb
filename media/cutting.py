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
import simplejpeg
from PIL import Image

from media.decoding import Pixels
from media.projection import FACES, Extent, Floats, map_face

TILE: Final = 512
QUALITY: Final = 80
FALLBACK: Final = 1024
THREADS: Final = 2
_MARGIN: Final = 8
"""Rows beside a strip, for Lanczos: its support is three output pixels, six here."""
_SLICE: Final = 136
"""Rows mapped at a time: the maps take eight bytes a pixel."""
_OUTSIDE: Final = (20, 33, 61)
"""Where a partial panorama shows nothing: the ink of our pages."""

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

    def __init__(self, pixels: Pixels, extent: Extent, put: Put,
                 progress: Callable[[float], None]) -> None:
        self.pixels = pixels
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
        smaller = Image.new("RGB", (cube // 2, cube // 2))
        for row, top in enumerate(range(0, cube, tile)):
            strip, start = self._resample(face, top, min(top + tile, cube))
            self._write_row(f"{levels}/{face}{row}", strip[top - start:top - start + tile])
            if levels > 1:
                smaller.paste(_halve_strip(strip, start, top, cube, tile), (0, top // 2))
            self._tell()
        self._write_levels(face, smaller if levels > 1 else Image.fromarray(strip))

    def _resample(self, face: str, top: int, bottom: int) -> tuple[Pixels, int]:
        """Rows of a face with their margin, and the row at which they start."""
        start, stop = max(0, top - _MARGIN), min(self.pyramid.cube, bottom + _MARGIN)
        strip = np.empty((stop - start, self.pyramid.cube, 3), np.uint8)
        for first in range(start, stop, _SLICE):
            last = min(first + _SLICE, stop)
            maps = map_face(self.extent, face, first, last)
            resample(self.pixels, self.extent, maps, strip[first - start:last - start])
        return strip, start

    def _write_levels(self, face: str, picture: Image.Image) -> None:
        """The levels below the largest, each from the one above, and the fallback face."""
        side = min(FALLBACK, self.pyramid.cube)
        fallback = picture if picture.width == side else picture.resize((side, side), _LANCZOS)
        self.put(f"fallback/{face}.jpg", encode(np.asarray(fallback)))
        for level in range(self.pyramid.levels - 1, 0, -1):
            rows = np.asarray(picture)
            for row, top in enumerate(range(0, picture.height, self.pyramid.tile)):
                self._write_row(f"{level}/{face}{row}", rows[top:top + self.pyramid.tile])
            half = (picture.width // 2, picture.height // 2)
            picture = picture.resize(half, _LANCZOS) if level > 1 else picture

    def _write_row(self, stem: str, row: Pixels) -> None:
        for column, left in enumerate(range(0, row.shape[1], self.pyramid.tile)):
            self.put(f"{stem}_{column}.jpg", encode(row[:, left:left + self.pyramid.tile]))

    def _tell(self) -> None:
        with self._lock:
            self._rows_done += 1
            rows = len(FACES) * -(-self.pyramid.cube // self.pyramid.tile)
            self.progress(self._rows_done / rows)


_LANCZOS = Image.Resampling.LANCZOS


def _halve_strip(strip: Pixels, start: int, top: int, cube: int, tile: int) -> Image.Image:
    """The rows of the next level that a strip covers; its margin feeds the filter."""
    bottom = min(top + tile, cube)
    box = (0, top - start, cube, bottom - start)
    return Image.fromarray(strip).resize((cube // 2, (bottom - top) // 2), _LANCZOS, box=box)


def resample(pixels: Pixels, extent: Extent, maps: tuple[Floats, Floats], into: Pixels) -> None:
    """Cubic resampling; the seam of a whole turn is crossed, the poles are not."""
    columns, rows = maps
    outside = _find_outside(extent, columns, rows)
    np.clip(rows, 1, extent.height - 2.01, out=rows)  # wrapping must not bring in the other pole
    border = cv2.BORDER_WRAP if extent.is_round else cv2.BORDER_REPLICATE
    cv2.remap(pixels, columns, rows, cv2.INTER_CUBIC, dst=into, borderMode=border)
    if outside is not None:
        into[outside] = _OUTSIDE


def _find_outside(extent: Extent, columns: Floats, rows: Floats) -> np.ndarray | None:
    """Where a partial picture has nothing to show."""
    outside = None
    if extent.vaov < 179.999:
        outside = (rows < -0.5) | (rows > extent.height - 0.5)
    if not extent.is_round:
        beside = (columns < -0.5) | (columns > extent.width - 0.5)
        outside = beside if outside is None else outside | beside
    return outside


def encode(pixels: Pixels, quality: int = QUALITY) -> bytes:
    """A JPEG that holds pixels and nothing else."""
    block = np.ascontiguousarray(pixels)
    data: bytes = simplejpeg.encode_jpeg(block, quality, "RGB", "420")
    return data
