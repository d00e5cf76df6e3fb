"""Image files from outside: where the picture ends, and what else the file carries.

Pillow stops reading where the picture ends, so a file may be a picture and a zip, a page or a
script at once. Here every byte is accounted for before any decoder sees it.
"""

import re
import struct
import zipfile
from io import BytesIO
from mmap import mmap
from typing import Final

from media.errors import Refused
from media.jpeg_files import walk_jpeg

Buffer = bytes | mmap

MAX_WIDTH: Final = 16384
MAX_HEIGHT: Final = 8192
_TEXTS = re.compile(
    rb"<script|<\?php|<!doctype html|<html|<svg|%PDF-|/\*.{0,64}?\*/\s*=",
    re.IGNORECASE | re.DOTALL,
)
_EDGE = 65536


def name_format(data: Buffer) -> str:
    """JPEG, PNG, WEBP or TIFF, told by the first bytes. Raises Refused."""
    head = data[:16]
    if not head:
        raise Refused("empty")
    if head[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[:4] in (b"II*\0", b"MM\0*"):
        return "TIFF"
    return _refuse_format(head)


def _refuse_format(head: bytes) -> str:
    known = {b"GIF8": "GIF", b"BM": "BMP", b"8BPS": "PSD", b"\0\0\x01\0": "ICO", b"%PDF": "PDF"}
    for magic, name in known.items():
        if head.startswith(magic):
            raise Refused("unknown-format", format=name)
    if head[4:8] == b"ftyp":
        raise Refused("unknown-format", format="HEIC/AVIF")
    raise Refused("not-an-image")


def check_container(data: Buffer) -> str:
    """The format's name, after every byte of the file was found to belong to the picture.

    Raises Refused: truncated, animated, polyglot, too-large.
    """
    image_format = name_format(data)
    walk = {"JPEG": walk_jpeg, "PNG": _walk_png, "WEBP": _walk_webp}.get(image_format)
    if walk is not None:
        walk(data)
    _refuse_passengers(data)
    return image_format


def check_size(width: int, height: int) -> None:
    """Raise Refused when a picture of this size is not to be decoded at all."""
    if width > MAX_WIDTH or height > MAX_WIDTH or width * height > MAX_WIDTH * MAX_HEIGHT:
        raise Refused(
            "too-large", width=width, height=height, max_width=MAX_WIDTH, max_height=MAX_HEIGHT
        )


def _refuse_passengers(data: Buffer) -> None:
    """Zips are found by their end, pages and scripts near either end of the file."""
    for edge in (data[:_EDGE], data[-_EDGE:]):
        found = _TEXTS.search(edge)
        if found:
            raise Refused("polyglot", what=found.group()[:9].decode("latin-1").strip("<*/ "))
    if zipfile.is_zipfile(BytesIO(data[-_EDGE - 22 :])):
        raise Refused("polyglot", what="zip")


def _walk_png(data: Buffer) -> None:
    """Follow the chunks to IEND, checking no checksum: the decoder does."""
    position, end = 8, len(data)
    while True:
        if position + 12 > end:
            raise Refused("truncated")
        length, name = struct.unpack(">I4s", data[position : position + 8])
        if name == b"IHDR":
            check_size(*struct.unpack(">II", data[position + 8 : position + 16]))
        if name == b"acTL":
            raise Refused("animated")
        position += 12 + length
        if name == b"IEND":
            break
    refuse_trailer(data, position)


def _walk_webp(data: Buffer) -> None:
    """The RIFF length, the canvas and the animation flag."""
    length = struct.unpack("<I", data[4:8])[0] + 8
    if length > len(data) or len(data) < 30:
        raise Refused("truncated")
    name, body = data[12:16], data[20:30]
    if name == b"VP8X":
        if body[0] & 0x02:
            raise Refused("animated")
        sides = int.from_bytes(body[4:7], "little"), int.from_bytes(body[7:10], "little")
        check_size(1 + sides[0], 1 + sides[1])
    elif name == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        check_size(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    refuse_trailer(data, length)


def refuse_trailer(data: Buffer, position: int) -> None:
    """Raise Refused when anything but padding follows the picture."""
    if bytes(data[position:]).strip(b"\0\r\n "):
        raise Refused("polyglot", what=f"{len(data) - position} octets")
