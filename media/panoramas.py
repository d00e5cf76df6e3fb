"""Panoramas: checked whole, then cut into the tiles that the player shows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal, TypedDict

from media.containers import Buffer
from media.cutting import Cutter, Put
from media.decoding import (
    Header,
    Pixels,
    check_pixels,
    decode_small,
    read_header,
    read_strips,
    reading,
)
from media.errors import Refused
from media.gpano import Partial, Sphere, read_sphere
from media.planes import Planes, decode_planes, join, split
from media.previews import write_previews
from media.projection import Extent

MIN_WIDTH: Final = 64
BASE_WIDTH: Final = 3200


class PartialMeta(TypedDict):
    """Degrees that a partial panorama covers, and the pitch of its middle."""

    haov: float
    vaov: float
    voffset: float


class PanoramaMeta(TypedDict):
    """What the player needs to know; pixels and degrees."""

    kind: Literal["panorama"]
    width: int
    height: int
    tile: int
    levels: int
    cube: int
    blur: str
    partial: PartialMeta | None
    heading: float | None


@dataclass(frozen=True)
class Checked:
    """A panorama that may be cut: upright size, part of the sphere, heading of its middle."""

    width: int
    height: int
    sphere: Sphere

    @property
    def extent(self) -> Extent:
        """The size and the part of the sphere together."""
        covers = asdict(self.sphere.partial) if self.sphere.partial else {}
        return Extent(self.width, self.height, **covers)


def check_panorama(source: Path | bytes) -> Checked:
    """Decode the whole panorama and keep nothing. Raises Refused with its reason."""
    with reading(source) as data:
        header = read_header(data)
        checked = _check_header(header)
        check_pixels(data, header)
    return checked


def cut_panorama(
    source: Path | bytes, put: Put, progress: Callable[[float], None] = lambda _share: None
) -> PanoramaMeta:
    """Write tiles, fallback faces and previews through ``put``. Raises Refused.

    ``put`` may have been given files when the refusal comes; they are the caller's to remove.
    """
    with reading(source) as data:
        header = read_header(data)
        checked = _check_header(header)
        planes, small = _decode(data, header)
    with ThreadPoolExecutor(1) as beside:
        blur = beside.submit(write_previews, small, checked.extent, put)
        pyramid = Cutter(planes, checked.extent, put, progress).cut()
    return PanoramaMeta(
        kind="panorama",
        width=checked.width,
        height=checked.height,
        tile=pyramid.tile,
        levels=pyramid.levels,
        cube=pyramid.cube,
        blur=blur.result(),
        partial=_tell_partial(checked.sphere.partial),
        heading=checked.sphere.heading,
    )


def _decode(data: Buffer, header: Header) -> tuple[Planes, Pixels]:
    """The planes to cut, and a picture of at least ``BASE_WIDTH`` pixels for the previews.

    libjpeg decodes the small one strictly, which finds what is cut or damaged; FFmpeg decodes the
    planes beside it, and follows conventions of cameras' films that libjpeg does not, so that the
    two are compared.
    """
    if header.has_plain_planes:
        with ThreadPoolExecutor(1) as beside:
            decoding = beside.submit(decode_planes, data)
            small = decode_small(data, header, BASE_WIDTH)
        planes = decoding.result()
        if planes is not None and planes.show(small):
            return planes, small
    planes = split(read_strips(data, header), (header.width, header.height))
    return planes, join(planes, BASE_WIDTH)


def _tell_partial(partial: Partial | None) -> PartialMeta | None:
    if partial is None:
        return None
    return PartialMeta(haov=partial.haov, vaov=partial.vaov, voffset=partial.voffset)


def _check_header(header: Header) -> Checked:
    sphere = read_sphere(header.xmp, header.width, header.height)
    if header.width < MIN_WIDTH or header.height < MIN_WIDTH // 4:
        raise Refused(
            "too-small",
            width=header.width,
            height=header.height,
            min_width=MIN_WIDTH,
            min_height=MIN_WIDTH // 2,
        )
    return Checked(header.width, header.height, sphere)
