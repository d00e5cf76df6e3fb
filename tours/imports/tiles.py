"""Cube faces put together from tiles. Heavy: for the command and the worker."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from tours.imports.foreign import MissingPicture
from tours.imports.pictures import Pixels, read

FACES = "frblud"
MAX_SIDE = 4096
MAX_TILES = 64
"""Tiles along a side."""
TileName = Callable[[int, str, int, int], Path]
"""The file of a level, a face, a column and a row."""


def read_cube(name: TileName, levels: list[int]) -> dict[str, Pixels]:
    """The faces of the best level that is whole, from `levels`, best first.

    Raises MissingPicture when none is.
    """
    for level in levels:
        if all(name(level, face, 0, 0).is_file() for face in FACES):
            return {face: _face(name, level, face) for face in FACES}
    first = name(levels[0], "f", 0, 0) if levels else Path("?")
    raise MissingPicture("/".join(first.parts[-3:]))


def _face(name: TileName, level: int, face: str) -> Pixels:
    rows: list[Pixels] = []
    while len(rows) < MAX_TILES and name(level, face, 0, len(rows)).is_file():
        rows.append(_row(name, level, face, len(rows)))
    wide = min(row.shape[1] for row in rows)
    whole = np.concatenate([row[:, :wide] for row in rows])
    if abs(whole.shape[0] - whole.shape[1]) > 2:
        raise MissingPicture(f"{face} ({level})")
    return whole


def _row(name: TileName, level: int, face: str, row: int) -> Pixels:
    tiles: list[Pixels] = []
    while len(tiles) < MAX_TILES and name(level, face, len(tiles), row).is_file():
        tiles.append(read(name(level, face, len(tiles), row)))
    high = min(tile.shape[0] for tile in tiles)
    return np.concatenate([tile[:high] for tile in tiles], axis=1)
