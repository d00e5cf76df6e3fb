"""Pictures of panels and portraits: checked, then drawn anew without anything about their maker."""

from pathlib import Path
from typing import Final, Literal, TypedDict

from media.cutting import Put
from media.decoding import check_pixels, decode, read_header, reading
from media.previews import blur, encode, shrink

WIDTH: Final = 1600
SMALL: Final = 640
_QUALITY: Final = 85


class PictureMeta(TypedDict):
    """Size of ``picture.jpg`` in pixels, and its blur as a data: URL."""

    kind: Literal["picture"]
    width: int
    height: int
    blur: str


def check_picture(source: Path | bytes) -> None:
    """Decode the whole picture and keep nothing. Raises Refused with its reason."""
    with reading(source) as data:
        check_pixels(data, read_header(data))


def clean_picture(source: Path | bytes, put: Put) -> PictureMeta:
    """Write ``picture.jpg`` and ``picture-640.jpg``. Raises Refused with its reason."""
    with reading(source) as data:
        pixels = decode(data, read_header(data))
    large = shrink(pixels, WIDTH)
    put("picture.jpg", encode(large, _QUALITY))
    put("picture-640.jpg", encode(shrink(large, SMALL), _QUALITY))
    return PictureMeta(
        kind="picture", width=large.shape[1], height=large.shape[0], blur=blur(large)
    )
