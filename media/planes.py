"""A picture as JPEG keeps it: one plane of light, two of colour at half its size.

Cutting works on planes, because a JPEG comes as planes and tiles leave as planes: half of the
memory and of the resampling of three full colours, and the colours are not scaled up and down on
the way. Conversions after JFIF 1.02 (full range).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import av
import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
"""Height × width."""

_ALIKE: Final = 3.0
"""Two decoders may differ by rounding; this much, on average, is another picture."""


@dataclass(frozen=True)
class Planes:
    """Light, blue and red; the colours have half as many rows and columns, rounded up."""

    light: Plane
    blue: Plane
    red: Plane

    def __iter__(self) -> Iterator[Plane]:
        """The three planes in JPEG's order."""
        return iter((self.light, self.blue, self.red))

    def show(self, small: NDArray[np.uint8]) -> bool:
        """Whether they are what a smaller red-green-blue picture shows."""
        size = (small.shape[1] // 4, small.shape[0] // 4)
        one = shrink_plane(self.light, size).astype(np.int16)
        other = shrink_plane(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), size)
        return float(np.abs(one - other).mean()) < _ALIKE


def split(strips: Iterable[NDArray[np.uint8]], size: tuple[int, int]) -> Planes:
    """Planes of a picture of ``size`` (width, height) from strips of red-green-blue pixels.

    Every strip but the last one has an even number of rows.
    """
    half = ((size[1] + 1) // 2, (size[0] + 1) // 2)
    planes = Planes(np.empty(size[::-1], np.uint8), np.empty(half, np.uint8),
                    np.empty(half, np.uint8))  # fmt: skip
    top = 0
    for pixels in strips:
        light, red, blue = cv2.split(cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb))
        planes.light[top : top + len(pixels)] = light
        rows = slice(top // 2, (top + len(pixels) + 1) // 2)
        planes.blue[rows] = shrink_plane(blue, (half[1], rows.stop - rows.start))
        planes.red[rows] = shrink_plane(red, (half[1], rows.stop - rows.start))
        top += len(pixels)
    return planes


def join(planes: Planes, width: int) -> NDArray[np.uint8]:
    """Red-green-blue pixels again, ``width`` wide or less."""
    height, full = planes.light.shape
    size = (min(width, full), max(1, round(height * min(1.0, width / full))))
    light, blue, red = (_scale(plane, size) for plane in planes)
    return np.asarray(cv2.cvtColor(cv2.merge([light, red, blue]), cv2.COLOR_YCrCb2RGB), np.uint8)


def _scale(plane: Plane, size: tuple[int, int]) -> Plane:
    is_larger = plane.shape[1] >= size[0]
    way = cv2.INTER_AREA if is_larger else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(plane, size, interpolation=way), np.uint8)


def shrink_plane(plane: Any, size: tuple[int, int]) -> Plane:
    """The plane at ``size`` (width, height), each pixel the mean of those that it covers."""
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.uint8)


def decode_planes(data: Any) -> Planes | None:
    """The planes of a JPEG as they are; None when they are of an unusual sort.

    FFmpeg checks little: the data must have been decoded strictly as well.
    """
    try:
        decoder = av.CodecContext.create("mjpeg", "r")
        decoder.thread_count = 1
        frame = decoder.decode(av.Packet(bytes(data)))[0]
    except (av.FFmpegError, IndexError, ValueError):
        return None
    if not isinstance(frame, av.VideoFrame) or frame.format.name != "yuvj420p":
        return None
    return Planes(*(_view(plane) for plane in frame.planes))


def _view(plane: Any) -> Plane:
    """The decoder's own memory, without the padding of its lines."""
    lines = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return lines[: plane.height, : plane.width]


def encode_planes(planes: Planes, quality: int) -> bytes:
    """A JPEG that holds pixels and nothing else."""
    parts = (np.ascontiguousarray(plane) for plane in planes)
    data: bytes = simplejpeg.encode_jpeg_yuv_planes(*parts, quality)
    return data
