"""From an image file to pixels: checked, upright, eight bits, opaque, sRGB.

JPEG goes through libjpeg-turbo straight into one array (three bytes a pixel); the other formats
go through Pillow in strips, because its own pictures take four bytes a pixel and a second copy
of 16384×8192 would not fit in the memory that a small server has.
"""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from media.colours import is_srgb, strip_to_srgb, to_srgb
from media.containers import MAX_HEIGHT, MAX_WIDTH, Buffer, check_container, check_size
from media.errors import Refused

Pixels = NDArray[np.uint8]
"""Height × width × 3, red green blue."""

MAX_FILE_BYTES = 1 << 30
STRIP = 512
Image.MAX_IMAGE_PIXELS = MAX_WIDTH * MAX_HEIGHT
_READERS = ("JPEG", "PNG", "WEBP", "TIFF")
_ORIENTATION = 0x0112
_CHECKED_SIDE = 64


@dataclass(frozen=True)
class Header:
    """What a file says before its pixels are decoded; width and height as one sees them."""

    format: str
    mode: str
    width: int
    height: int
    orientation: int
    icc: bytes | None
    xmp: bytes | None

    @property
    def has_plain_planes(self) -> bool:
        """Whether the planes of the file may be used as they are: upright, no profile."""
        is_colour = self.format == "JPEG" and self.mode == "RGB"
        return is_colour and self.orientation == 1 and is_srgb(self.icc)


@contextmanager
def reading(source: Path | bytes) -> Iterator[Buffer]:
    """The bytes of a file, mapped rather than read."""
    if isinstance(source, bytes):
        yield source
        return
    size = source.stat().st_size
    if size == 0:
        raise Refused("empty")
    if size > MAX_FILE_BYTES:
        raise Refused("too-heavy", megabytes=size >> 20, limit=MAX_FILE_BYTES >> 20)
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


def read_header(data: Buffer) -> Header:
    """Check the file around the pixels. Raises Refused with its reason."""
    image_format = check_container(data)
    with _opened(data) as image:
        check_size(*image.size)
        if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
            raise Refused("animated")
        if image.mode == "F":
            raise Refused("depth")
        return _describe(image, image_format)


def _describe(image: Image.Image, image_format: str) -> Header:
    orientation = _read_orientation(image)
    width, height = image.size if orientation < 5 else image.size[::-1]
    xmp = image.info.get("xmp")
    return Header(
        image_format,
        image.mode,
        width,
        height,
        orientation,
        image.info.get("icc_profile"),
        xmp.encode() if isinstance(xmp, str) else xmp,
    )


def _read_orientation(image: Image.Image) -> int:
    """EXIF's orientation, 1 to 8; broken EXIF data turn nothing."""
    try:
        orientation = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - Pillow's EXIF reader raises anything on hostile bytes
        return 1
    return orientation if orientation in range(1, 9) else 1


@contextmanager
def _opened(data: Buffer) -> Iterator[Image.Image]:
    """A Pillow picture; whatever its readers raise becomes a refusal."""
    file: Any = data if isinstance(data, mmap.mmap) else BytesIO(data)
    file.seek(0)
    try:
        with Image.open(file, formats=_READERS) as image:
            yield image
    except (Refused, MemoryError):
        raise
    except UnidentifiedImageError:
        raise Refused("not-an-image") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(
            "too-large", width=0, height=0, max_width=MAX_WIDTH, max_height=MAX_HEIGHT
        ) from None
    except Exception as error:  # Pillow's readers raise anything on hostile bytes
        raise Refused(_name_damage(error)) from error


def _name_damage(error: Exception) -> str:
    text = str(error).lower()
    is_cut = any(word in text for word in ("truncated", "premature", "not enough", "incomplete"))
    return "truncated" if is_cut else "damaged"


def check_pixels(data: Buffer, header: Header) -> None:
    """Decode everything and keep nothing: only that finds what is cut or damaged."""
    if _is_plain_jpeg(header):
        _decode_jpeg(data, _CHECKED_SIDE, _CHECKED_SIDE)
        return
    with _opened(data) as image:
        image.load()


def decode_small(data: Buffer, header: Header, width: int) -> Pixels:
    """A plain JPEG scaled down by up to eight, not under ``width`` pixels wide.

    Raises Refused as `decode` does, because all of the data are read.
    """
    return _decode_jpeg(data, min(width, header.width), 1)


def decode(data: Buffer, header: Header) -> Pixels:
    """The upright picture in sRGB. Raises Refused when the data end early or are damaged."""
    if _is_plain_jpeg(header):
        pixels = _decode_jpeg(data)
        to_srgb(pixels, header.icc, STRIP)
    else:
        pixels = np.concatenate(list(_read_with_pillow(data)))
    return _turn(pixels, header.orientation)


def read_strips(data: Buffer, header: Header) -> Iterator[Pixels]:
    """The upright picture in sRGB, a strip of ``STRIP`` rows at a time. Raises Refused.

    What Pillow decodes already takes four bytes a pixel; a second copy is not made of it.
    """
    if not _is_plain_jpeg(header) and header.orientation == 1:
        yield from _read_with_pillow(data)
        return
    pixels = decode(data, header)
    for top in range(0, len(pixels), STRIP):
        yield pixels[top : top + STRIP]


def _is_plain_jpeg(header: Header) -> bool:
    return header.format == "JPEG" and (
        header.mode == "RGB" or (header.mode == "L" and header.icc is None)
    )


def _decode_jpeg(data: Buffer, width: int = 0, height: int = 0) -> Pixels:
    """Whole, or scaled down by up to eight when only the data are to be checked."""
    try:
        return _call_turbo(data, (width, height), strict=True)
    except ValueError as error:
        if "extraneous" not in str(error):
            raise Refused(_name_damage(error)) from error
    try:  # padding between segments is only a warning, and some cameras write it
        return _call_turbo(data, (width, height), strict=False)
    except ValueError as error:
        raise Refused("damaged") from error


def _call_turbo(data: Buffer, least: tuple[int, int], *, strict: bool) -> Pixels:
    pixels: Pixels = simplejpeg.decode_jpeg(
        data, "RGB", min_width=least[0], min_height=least[1], strict=strict
    )
    return pixels


def _read_with_pillow(data: Buffer) -> Iterator[Pixels]:
    with _opened(data) as image:
        image.load()
        for top in range(0, image.height, STRIP):
            box = (0, top, image.width, min(top + STRIP, image.height))
            yield strip_to_srgb(image.crop(box), image.info.get("icc_profile"))


def _turn(pixels: Pixels, orientation: int) -> Pixels:
    """Undo EXIF's orientation (CIPA DC-008, tag 0x0112)."""
    if orientation >= 5:
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)
