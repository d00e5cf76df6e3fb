"""Google's photo sphere metadata: which part of the sphere a panorama covers, and where north is.

Source: developers.google.com/streetview/spherical-metadata. Angles are degrees, sizes pixels.
"""

import math
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from media.errors import Refused

_NAMESPACE = "{http://ns.google.com/photos/1.0/panorama/}"
_TOLERANCE = 0.005
"""Half a percent: stitchers round sizes, and a picture scaled afterwards rounds them again."""


@dataclass(frozen=True)
class Partial:
    """Degrees covered: across, up and down, and the pitch of the picture's middle."""

    haov: float
    vaov: float
    voffset: float


@dataclass(frozen=True)
class Sphere:
    """What GPano says: ``partial`` is None for a whole sphere; ``heading`` of the middle column."""

    partial: Partial | None
    heading: float | None


def is_whole(width: int, height: int) -> bool:
    """Whether a picture of this size can be a whole equirectangular sphere."""
    return abs(width - 2 * height) <= max(2, _TOLERANCE * width)


def read_sphere(xmp: bytes | None, width: int, height: int) -> Sphere:
    """The part of the sphere that a picture of this size covers.

    Raises Refused: ratio, xmp-entities, xmp-broken, gpano-projection, gpano-values.
    """
    said = _read_properties(xmp) if xmp else {}
    _refuse_projection(said.get("ProjectionType", "equirectangular"))
    heading = _read_number(said, "PoseHeadingDegrees")
    full = _read_number(said, "FullPanoWidthPixels"), _read_number(said, "FullPanoHeightPixels")
    if full[0] is None or full[1] is None:
        return _without_crop(width, height, heading)
    return _read_crop(said, (full[0], full[1]), (width, height), heading)


def _without_crop(width: int, height: int, heading: float | None) -> Sphere:
    if not is_whole(width, height):
        raise Refused("ratio", width=width, height=height)
    return Sphere(None, None if heading is None else heading % 360)


def _read_crop(
    said: dict[str, str], full: tuple[float, float], size: tuple[int, int], heading: float | None
) -> Sphere:
    full_width, full_height = full
    width = _read_number(said, "CroppedAreaImageWidthPixels") or full_width
    height = _read_number(said, "CroppedAreaImageHeightPixels") or full_height
    left = _read_number(said, "CroppedAreaLeftPixels") or 0.0
    top = _read_number(said, "CroppedAreaTopPixels") or 0.0
    _check_crop(full, (width, height), (left, top))
    if abs(size[0] / size[1] - width / height) > 2 * _TOLERANCE * width / height:
        raise Refused("gpano-values", what=f"{size[0]} × {size[1]}, {width:.0f} × {height:.0f}")
    middle = 360 * (left + width / 2) / full_width - 180
    turned = None if heading is None else (heading + middle) % 360
    if width == full_width and height == full_height:
        return Sphere(None, turned)
    pitch = 90 - 180 * (top + height / 2) / full_height
    return Sphere(Partial(360 * width / full_width, 180 * height / full_height, pitch), turned)


def _check_crop(
    full: tuple[float, float], size: tuple[float, float], corner: tuple[float, float]
) -> None:
    for whole, part, start, name in zip(full, size, corner, ("Width", "Height"), strict=True):
        if part < 1 or start < 0 or start + part > whole + 1:
            raise Refused("gpano-values", what=f"CroppedArea{name}")
    if not is_whole(int(full[0]), int(full[1])):
        raise Refused("gpano-values", what="FullPano")


def _read_properties(xmp: bytes) -> dict[str, str]:
    """GPano's properties, written as attributes or as elements."""
    properties: dict[str, str] = {}
    for element in _parse(xmp).iter():
        for name, value in element.attrib.items():
            if name.startswith(_NAMESPACE):
                properties[name.removeprefix(_NAMESPACE)] = value
        if element.tag.startswith(_NAMESPACE) and element.text:
            properties[element.tag.removeprefix(_NAMESPACE)] = element.text.strip()
    return properties


def _parse(xmp: bytes) -> Element:
    try:
        root: Element = fromstring(xmp.strip(b"\0 \r\n\t"), forbid_dtd=True)
    except DefusedXmlException:
        raise Refused("xmp-entities") from None
    except (ParseError, ValueError, LookupError):
        raise Refused("xmp-broken") from None
    return root


def _read_number(said: dict[str, str], name: str) -> float | None:
    if name not in said:
        return None
    try:
        number = float(said[name])
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or abs(number) > 1e6:
        raise Refused("gpano-values", what=f"{name} = {said[name][:20]}")
    return number


def _refuse_projection(projection: str) -> None:
    if projection.strip().lower() != "equirectangular":
        raise Refused("gpano-projection", projection=projection[:30])
