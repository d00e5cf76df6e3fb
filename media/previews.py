"""What is seen before, or instead of, the 360° view: thumbnails, card, small flat picture, blur."""

from base64 import b64encode
from io import BytesIO
from typing import Final

import cv2
import numpy as np
import simplejpeg
from PIL import Image

from media.cutting import Put
from media.decoding import Pixels
from media.projection import Extent, map_view
from media.resampling import View

CARD: Final = (1200, 630)
"""Width and height in pixels of a flat view ahead: the size that social networks show."""
THUMBS: Final = (640, 320)
FLAT_WIDTH: Final = 1600
_HFOV: Final = 100.0
_INK: Final = (20, 33, 61)
_QUALITY: Final = 82


def write_previews(pixels: Pixels, extent: Extent, put: Put) -> str:
    """Write the previews of a panorama from a picture of about ``BASE_WIDTH`` pixels.

    The answer is the blurred one, as a data: URL.
    """
    small = extent.scaled(pixels.shape[1], pixels.shape[0])
    card = _look_ahead(pixels, small, *CARD)
    put("card.jpg", encode(card, _QUALITY))
    for width in THUMBS:
        put(f"thumb-{width}.jpg", encode(shrink(card, width), _QUALITY))
    flat = shrink(pixels, FLAT_WIDTH)
    put("flat-1600.jpg", encode(flat, _QUALITY))
    return blur(flat)


def _look_ahead(pixels: Pixels, extent: Extent, width: int, height: int) -> Pixels:
    view = np.empty((height, width, 3), np.uint8)
    widest = min(_HFOV, 0.9 * extent.haov, 0.9 * extent.vaov * width / height)
    View(extent, map_view(extent, width, height, widest)).show(pixels, view, _INK)
    return view


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


def encode(pixels: Pixels, quality: int) -> bytes:
    """A JPEG that holds pixels and nothing else."""
    block = np.ascontiguousarray(pixels)
    data: bytes = simplejpeg.encode_jpeg(block, quality, "RGB", "420")
    return data
