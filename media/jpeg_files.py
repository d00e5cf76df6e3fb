"""The segments of a JPEG file: walked to the end, and stripped of what tells about its maker.

Layout after ITU-T T.81 annex B; multi-picture files after CIPA DC-007.
"""

import re
from collections.abc import Iterator
from mmap import mmap
from typing import Final, NamedTuple

from media.errors import Refused

_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_ALONE = frozenset({0x01, *range(0xD0, 0xDA)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SOS, _EOI, _COMMENT = 0xDA, 0xD9, 0xFE
_MAX_SCANS: Final = 200
"""A progressive picture has about ten; each scan costs a pass over the whole picture."""
_MAX_SIDE: Final = 16384
_MAX_PIXELS: Final = 16384 * 8192
_TRAILERS = (b"SEFT", b"8db42d694ccc418790edff439fe026bf")
"""How Samsung's and Insta360's own data end; they are read by nobody and served to nobody."""
_KEPT = frozenset({0xE0, 0xE2, 0xEE})
"""JFIF, colour profile and Adobe's colour transform: without them colours change."""


class Segment(NamedTuple):
    """A marker with its body; ``start`` is where its 0xFF stands, ``end`` is after the body."""

    marker: int
    start: int
    end: int


def segments(data: bytes | mmap, start: int = 0) -> Iterator[Segment]:
    """Every segment of the picture that begins at ``start``, the last one being EOI.

    Raises Refused when the file ends before the picture does.
    """
    position = start + 2
    while True:
        found = _NEXT_MARKER.search(data, position)
        if found is None:
            raise Refused("truncated")
        marker, body = data[found.end() - 1], found.end()
        size = 0 if marker in _ALONE else int.from_bytes(data[body : body + 2], "big")
        if body + size > len(data):
            raise Refused("truncated")
        yield Segment(marker, found.end() - 2, body + size)
        if marker == _EOI:
            return
        position = body + size


def walk_jpeg(data: bytes | mmap) -> None:
    """Check that the file is one JPEG (or a multi-picture file) and nothing else."""
    end, is_multiple = _walk_one(data, 0)
    while is_multiple and (following := _skip_padding(data, end)) < len(data):
        if data[following : following + 2] != b"\xff\xd8":
            break
        end = _walk_one(data, following)[0]
    trailer = bytes(data[end:]).rstrip(b"\0\r\n ")
    if trailer and not trailer.endswith(_TRAILERS):
        raise Refused("polyglot", what=f"{len(trailer)} octets")


def _walk_one(data: bytes | mmap, start: int) -> tuple[int, bool]:
    """Where the picture ends, and whether it announces others behind it."""
    scans, is_multiple, end = 0, False, start
    for segment in segments(data, start):
        end = segment.end
        scans += segment.marker == _SOS
        if scans > _MAX_SCANS:
            raise Refused("damaged")
        if segment.marker in _FRAMES:
            _check_frame(data, segment)
        body = segment.start + 4
        is_multiple |= segment.marker == 0xE2 and data[body : body + 3] == b"MPF"
        _refuse_script(data, segment)
    return end, is_multiple


def _check_frame(data: bytes | mmap, segment: Segment) -> None:
    height = int.from_bytes(data[segment.start + 5 : segment.start + 7], "big")
    width = int.from_bytes(data[segment.start + 7 : segment.start + 9], "big")
    if max(width, height) > _MAX_SIDE or width * height > _MAX_PIXELS:
        raise Refused("too-large", width=width, height=height, max_width=16384, max_height=8192)


def _refuse_script(data: bytes | mmap, segment: Segment) -> None:
    """A length of 0x2F2A reads as the start of a comment in JavaScript; no encoder writes it."""
    if data[segment.start + 2 : segment.start + 4] == b"/*" and segment.marker == 0xE0:
        raise Refused("polyglot", what="script")


def _skip_padding(data: bytes | mmap, position: int) -> int:
    while position < len(data) and data[position] == 0:
        position += 1
    return position


def strip_jpeg(data: bytes) -> bytes:
    """The same pixels without EXIF, XMP, IPTC, comments and whatever follows the picture."""
    kept = [data[:2]]
    position = 2
    for segment in segments(data):
        is_told = segment.marker == _COMMENT or 0xE0 <= segment.marker <= 0xEF
        if is_told and segment.marker not in _KEPT:
            kept.append(data[position : segment.start])
            position = segment.end
    kept.append(data[position : segment.end])
    return b"".join(kept)
