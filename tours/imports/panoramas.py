"""The panoramas of a Pannellum configuration, drawn as one equirectangular JPEG."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tours.imports.foreign import MissingPicture
from tours.imports.numbers import number
from tours.imports.pictures import read, save, save_part, stitch
from tours.imports.tiles import MAX_SIDE, read_cube

Find = Callable[[str], Path]
"""The file that an address of the configuration names."""
CUBE_ORDER = "frblud"
"""The order of `cubeMap`."""
JPEG = (".jpg", ".jpeg")


def is_remote(address: str) -> bool:
    """Whether an address is on another machine."""
    return bool(re.match(r"(?:[a-z]+:)?//", address))


def draw_equirectangular(config: Mapping[str, Any], find: Find, path: Path) -> None:
    """Copy it, or make it say which part of the sphere it covers. Raises MissingPicture."""
    source = _existing(config.get("panorama"), find)
    if {"haov", "vaov", "vOffset"} & set(config):
        haov, vaov = (number(config.get(name), whole) for name, whole in _WHOLE.items())
        if (haov, vaov) != (360.0, 180.0):
            save_part(read(source), path, haov, vaov, number(config.get("vOffset")))
            return
    if source.suffix.lower() in JPEG and not _is_stretched(source):
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)
    else:
        _save_whole(source, path)


_WHOLE = {"haov": 360.0, "vaov": 180.0}


def _existing(address: Any, find: Find) -> Path:
    name = str(address or "?")
    if is_remote(name):
        raise MissingPicture(name)
    source = find(name)
    if not source.is_file():
        raise MissingPicture(name)
    return source


def _is_stretched(source: Path) -> bool:
    """Pannellum lays any picture round the sphere; one without GPano must be 2:1 here."""
    high, wide = read(source).shape[:2]
    return abs(wide - 2 * high) > max(2, 0.005 * wide) and b"GPano" not in source.read_bytes()


def _save_whole(source: Path, path: Path) -> None:
    pixels = read(source)
    high, wide = pixels.shape[:2]
    if abs(wide - 2 * high) > 2:
        pixels = np.asarray(cv2.resize(pixels, (wide, wide // 2), interpolation=cv2.INTER_AREA))
    save(path, pixels)


def draw_cubemap(config: Mapping[str, Any], find: Find, path: Path) -> None:
    """Six faces: front, right, back, left, up, down. Raises MissingPicture."""
    names = config.get("cubeMap")
    if not isinstance(names, list) or len(names) != 6:
        raise MissingPicture("cubeMap")
    files = [_existing(name, find) for name in names]
    stitch({face: read(file) for face, file in zip(CUBE_ORDER, files, strict=True)}, path)


def draw_multires(config: Mapping[str, Any], find: Find, path: Path) -> None:
    """The best level whose tiles are there, else the fallback faces. Raises MissingPicture."""
    tiles = config.get("multiRes")
    if not isinstance(tiles, dict):
        raise MissingPicture("multiRes")
    base, ending = str(tiles.get("basePath") or ""), str(tiles.get("extension") or "jpg")
    best = max(1, min(12, int(number(tiles.get("maxLevel"), 1))))
    side = number(tiles.get("cubeResolution"), MAX_SIDE)
    levels = [n for n in range(best, 0, -1) if side / 2 ** (best - n) <= MAX_SIDE]

    def name(level: int, face: str, column: int, row: int) -> Path:
        pattern = str(tiles.get("path") or "/%l/%s%y_%x")
        return find(f"{base}{_fill(pattern, level, face, column, row)}.{ending}")

    def fallback(_level: int, face: str, column: int, row: int) -> Path:
        pattern = str(tiles.get("fallbackPath") or "/fallback/%s")
        if column or row:
            return Path("/nowhere/at/all")
        return find(f"{base}{_fill(pattern, 0, face, 0, 0)}.{ending}")

    try:
        faces = read_cube(name, levels)
    except MissingPicture as missing:
        try:
            faces = read_cube(fallback, [0])
        except MissingPicture:
            raise missing from None
    stitch(faces, path)


def _fill(pattern: str, level: int, face: str, column: int, row: int) -> str:
    marks = {"%l": str(level), "%s": face, "%x": str(column), "%y": str(row)}
    return re.sub(r"%[lsxy]", lambda found: marks[found[0]], pattern)
