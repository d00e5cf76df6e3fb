"""Panoramas of others as equirectangular JPEG files. Heavy: for the command and the worker."""

import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from tours.imports.foreign import MissingPicture

Pixels = NDArray[np.uint8]
MAX_WIDTH = 16384
STRIP = 64
"""Rows drawn at once: the maps of a whole panorama would need gigabytes."""
QUALITY = 92
TONES = ((0xEF, 0xF7, 0xFB), (0x8E, 0xA3, 0xB5))
"""Paper and a darker step of it, as blue, green, red."""


def draw_placeholder(path: Path) -> None:
    """A grid of 10 degrees where a panorama should be: one sees where one looks."""
    pixels = np.full((1024, 2048, 3), TONES[0], np.uint8)
    step = 2048 / 36
    for n in range(36):
        at = round(n * step)
        cv2.line(pixels, (at, 0), (at, 1023), TONES[1], 3 if n % 9 == 0 else 1)
        cv2.line(pixels, (0, at), (2047, at), TONES[1], 3 if n == 9 else 1)
    save(path, pixels)


def save(path: Path, pixels: Pixels) -> None:
    """Write a JPEG. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not cv2.imwrite(str(path), pixels, [cv2.IMWRITE_JPEG_QUALITY, QUALITY]):
        raise OSError(f"{path.name} could not be written")


def read(path: Path) -> Pixels:
    """A picture as blue, green, red. Raises MissingPicture."""
    try:
        with Image.open(path) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise MissingPicture(path.name) from error
    return np.ascontiguousarray(np.asarray(upright)[:, :, ::-1])


def stitch(faces: dict[str, Pixels], path: Path) -> None:
    """Write the equirectangular picture of six square cube faces f, r, b, l, u, d.

    Faces are as Pannellum and Marzipano name them: the lower edge of `u` and the upper edge of `d`
    touch `f`.
    """
    side = min(face.shape[0] for face in faces.values())
    width = min(MAX_WIDTH, 4 * side)
    height = width // 2
    out = np.empty((height, width, 3), np.uint8)
    yaw = ((np.arange(width) + 0.5) / width * 2 - 1) * math.pi
    for top in range(0, height, STRIP):
        rows = np.arange(top, min(height, top + STRIP))
        pitch = (0.5 - (rows + 0.5) / height) * math.pi
        out[rows] = _draw_strip(faces, yaw[None, :], pitch[:, None])
    save(path, out)


def _draw_strip(faces: dict[str, Pixels], yaw: Any, pitch: Any) -> Pixels:
    right = np.cos(pitch) * np.sin(yaw)
    ahead = np.cos(pitch) * np.cos(yaw)
    up = np.broadcast_to(np.sin(pitch), right.shape)
    sides = {
        "f": (ahead, right, -up),
        "r": (right, -ahead, -up),
        "b": (-ahead, -right, -up),
        "l": (-right, ahead, -up),
        "u": (up, right, ahead),
        "d": (-up, right, -ahead),
    }
    furthest = np.maximum(np.maximum(abs(right), abs(ahead)), abs(up))
    strip = np.zeros((*right.shape, 3), np.uint8)
    for name, (depth, across, down) in sides.items():
        seen = depth >= furthest * (1 - 1e-12)
        if seen.any():
            strip[seen] = _sample(faces[name], across[seen] / depth[seen], down[seen] / depth[seen])
    return strip


def _sample(face: Pixels, across: Any, down: Any) -> Pixels:
    """Pixels of a face, at positions from −1 to 1."""
    high, wide = face.shape[:2]
    columns = ((across + 1) / 2 * wide - 0.5).astype(np.float32)
    rows = ((down + 1) / 2 * high - 0.5).astype(np.float32)
    # cv2.remap takes at most 32,767 columns: a long list of points is folded.
    count = columns.size
    fold = 4096
    padded = -(-count // fold) * fold
    across_map, down_map = (np.resize(v, padded).reshape(-1, fold) for v in (columns, rows))
    drawn = cv2.remap(face, across_map, down_map, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(drawn, np.uint8).reshape(-1, 3)[:count]


GPANO = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
    'syntax-ns#"><rdf:Description xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" '
    'GPano:ProjectionType="equirectangular" GPano:FullPanoWidthPixels="{full_width}" '
    'GPano:FullPanoHeightPixels="{full_height}" GPano:CroppedAreaImageWidthPixels="{width}" '
    'GPano:CroppedAreaImageHeightPixels="{height}" GPano:CroppedAreaLeftPixels="{left}" '
    'GPano:CroppedAreaTopPixels="{top}"/></rdf:RDF></x:xmpmeta>'
)


def save_part(pixels: Pixels, path: Path, haov: float, vaov: float, voffset: float) -> None:
    """Write a panorama that covers `haov` by `vaov` degrees, its middle at pitch `voffset`.

    What it covers is written into the file as GPano says it.
    """
    width = pixels.shape[1]
    height = max(1, round(width * vaov / haov))
    if abs(height - pixels.shape[0]) > 1:
        pixels = np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA))
    height = pixels.shape[0]
    full_width = round(width * 360 / haov)
    full_height = full_width // 2
    top = round((90 - voffset) / 180 * full_height - height / 2)
    said = GPANO.format(
        full_width=full_width,
        full_height=full_height,
        width=width,
        height=height,
        left=(full_width - width) // 2,
        top=max(0, min(full_height - height, top)),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
    picture.save(path, quality=QUALITY, subsampling=0, xmp=said.encode())
