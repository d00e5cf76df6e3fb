"""Pixels of a face or a view, taken from an equirectangular picture."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from media.projection import Extent, Floats, Maps


class View:
    """Where the pixels lie, worked out once for every plane of the same size."""

    def __init__(self, extent: Extent, maps: Maps) -> None:
        self._columns, self._rows = maps
        self._outside = _find_outside(extent, *maps)
        self._border = cv2.BORDER_WRAP if extent.is_round else cv2.BORDER_REPLICATE
        # Wrapping crosses the seam behind; it must not bring in the other pole.
        np.clip(self._rows, 1, extent.height - 2.01, out=self._rows)

    def show(self, pixels: Any, into: NDArray[np.uint8], outside: int | tuple[int, ...]) -> None:
        """Write the view of ``pixels``, by cubic resampling; ``outside`` where there are none."""
        cv2.remap(
            pixels, self._columns, self._rows, cv2.INTER_CUBIC, dst=into, borderMode=self._border
        )
        if self._outside is not None:
            into[self._outside] = outside


def _find_outside(extent: Extent, columns: Floats, rows: Floats) -> NDArray[np.bool_] | None:
    """Where a partial picture has nothing to show."""
    outside = None
    if extent.vaov < 179.999:
        outside = (rows < -0.5) | (rows > extent.height - 0.5)
    if not extent.is_round:
        beside = (columns < -0.5) | (columns > extent.width - 0.5)
        outside = beside if outside is None else outside | beside
    return outside
