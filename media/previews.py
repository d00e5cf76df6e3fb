"""What is seen before, or instead of, the 360° view: thumbnails, card, small flat picture, blur."""

from base64 import b64encode
from io import BytesIO
from typing import Final

import cv2
import numpy as np
from PIL import Image

from media.cutting import Put, encode, resample
from media.decoding import Pixels
from media.projection import Extent, map_view

VIEWS: Final = {"card.jpg": (1200, 630), "thumb-640.jpg": (640, 360), "thumb-320.jpg": (320, 180)}
"""Flat views ahead, width and height in pixels; the card's size is what social networks show."""
FLAT_WIDTH: Final = 1600
_HFOV: Final = 100.0
_QUALITY: Final = 82


def write_previews(pixels: Pixels, extent: Extent, put: Put) -> str:
    """Write the previews of a panorama; the answer is the blurred one, as a data: URL."""
    base = shrink(pixels, 3 * FLAT_WIDTH)
    flat = shrink(base, FLAT_WIDTH)
    put("flat-1600.jpg", encode(flat, _QUALITY))
    small = Extent(base.shape[1], base.shape[0], extent.haov, extent.vaov, extent.voffset)
    for name, (width, height) in VIEWS.items():
        put(name, encode(_look_ahead(base, small, width, height), _QUALITY))
    return blur(flat)


def _look_ahead(pixels: Pixels, extent: Extent, width: int, height: int) -> Pixels:
    """Drawn at twice the size, then halved: the source has more pixels than a small view."""
    view = np.empty((2 * height, 2 * width, 3), np.uint8)
    widest = min(_HFOV, 0.9 * extent.haov, 0.9 * extent.vaov * width / height)
    resample(pixels, extent, map_view(extent, 2 * width, 2 * height, widest), view)
    return shrink(view, width)


def shrink(pixels: Pixels, width: int) -> Pixels:
    """The picture at ``width`` pixels, or as it is when it is smaller."""
    if pixels.shape[1] <= width:
        return pixels
    size = (width, max(1, round(pixels.shape[0] * width / pixels.shape[1])))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def blur(pixels: Pixels) -> str:
    """A picture of 32 pixels, small enough to stand in the page itself."""
    tiny = Image.fromarray(shrink(pixels, 32))
    buffer = BytesIO()
    tiny.save(buffer, "WEBP", quality=30, method=6)
    return "data:image/webp;base64," + b64encode(buffer.getvalue()).decode()
