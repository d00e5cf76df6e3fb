"""Colours of any file become sRGB: profiles, CMYK, sixteen bits, grey, palettes, transparency."""

from functools import lru_cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_WHITE = (255, 255, 255)
_PROFILED = frozenset({"RGB", "CMYK", "L"})


def to_srgb(pixels: NDArray[np.uint8], icc: bytes | None, rows: int) -> None:
    """Turn the pixels of a profile into sRGB, in place, ``rows`` at a time."""
    transform = find_transform(icc, "RGB")
    if transform is None:
        return
    for top in range(0, len(pixels), rows):
        strip = Image.fromarray(pixels[top : top + rows])
        pixels[top : top + rows] = np.asarray(transform.apply(strip))


def strip_to_srgb(strip: Image.Image, icc: bytes | None) -> NDArray[np.uint8]:
    """A strip of any mode, as height × width × 3 bytes of sRGB; what is clear becomes white."""
    strip = _flatten(_to_eight_bits(strip))
    transform = find_transform(icc, strip.mode)
    strip = strip.convert("RGB") if transform is None else transform.apply(strip)
    return np.asarray(strip)


def is_srgb(icc: bytes | None) -> bool:
    """Whether colours with this profile need no conversion."""
    return find_transform(icc, "RGB") is None


@lru_cache(maxsize=4)
def find_transform(icc: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    """From the profile to sRGB; None when there is nothing to do or the profile does not fit."""
    if not icc or mode not in _PROFILED:
        return None
    try:
        profile = ImageCms.getOpenProfile(BytesIO(icc))
        if "sRGB" in ImageCms.getProfileDescription(profile):
            return None
        return ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError):
        return None


def _to_eight_bits(strip: Image.Image) -> Image.Image:
    """Sixteen-bit grey: Pillow's own conversion cuts it off at 255 instead of scaling it."""
    if strip.mode not in ("I", "I;16", "I;16B", "I;16L"):
        return strip
    values = np.asarray(strip).astype(np.uint32)
    return Image.fromarray((np.minimum(values, 65535) // 257).astype(np.uint8))


def _flatten(strip: Image.Image) -> Image.Image:
    if strip.mode == "P":
        strip = strip.convert("RGBA")
    if strip.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        clear = strip.convert("RGBA")
        ground = Image.new("RGBA", strip.size, (*_WHITE, 255))
        return Image.alpha_composite(ground, clear).convert("RGB")
    return strip if strip.mode in _PROFILED else strip.convert("RGB")
