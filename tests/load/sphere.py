"""A detailed panorama for benchmarks, always the same, and how well tiles show it."""

import math
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]

SAMPLES: Final = 4
"""Sub-pixels across and down: sixteen samples for each pixel of the reference."""


def draw_sphere(path: Path, width: int) -> None:
    """Clouds at every scale, fine edges and grain: about 3 bits a pixel as a JPEG."""
    height = width // 2
    random = np.random.default_rng(7)
    picture = np.full((height, width, 3), 128, np.float32)
    octave = 8
    while octave <= width // 4:
        noise = random.random((octave // 2, octave, 3), dtype=np.float32) - 0.5
        noise[:, -1] = noise[:, 0]
        picture += cv2.resize(noise, (width, height)) * np.float32(190 * (8 / octave) ** 0.45)
        octave *= 2
    pixels = np.clip(picture, 0, 255).astype(np.uint8)
    _draw_edges(pixels, random)
    path.write_bytes(simplejpeg.encode_jpeg(pixels, 92, "RGB", "420"))


def _draw_edges(pixels: Pixels, random: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    for index in range(4000):
        x, y, size = random.integers((0, 0, 4), (width, height, width // 80)).tolist()
        colour = random.integers(0, 256, 3).tolist()
        if index % 2:
            cv2.rectangle(pixels, (x, y), (x + size, y + size // 2), colour, 2, cv2.LINE_AA)
        else:
            cv2.line(pixels, (x, y), (x + size, y - size // 3), colour, 1, cv2.LINE_AA)


def sampled_tiles(cube: int) -> list[tuple[str, int, int]]:
    """Face, row and column of tiles that stand for all: middles, edges, corners, a pole."""
    last = (cube - 1) // 512
    middle = last // 2
    return [("f", middle, middle), ("f", 0, 0), ("r", middle, last), ("b", middle, middle),
            ("u", middle, middle), ("d", 0, middle)]  # fmt: skip


def signal_to_noise(source: Pixels, folder: Path, level: int, cube: int) -> float:
    """PSNR in dB of tiles in Pannellum's layout against a supersampled reference."""
    error, count = 0.0, 0
    for face, row, column in sampled_tiles(cube):
        tile = simplejpeg.decode_jpeg((folder / f"{level}/{face}{row}_{column}.jpg").read_bytes())
        exact = _supersample(source, face, row * 512, column * 512, tile.shape[:2], cube)
        error += float(((tile - exact) ** 2).sum())
        count += tile.size
    return 10 * math.log10(255**2 * count / error)


def _supersample(
    source: Pixels, face: str, top: int, left: int, size: tuple[int, ...], cube: int
) -> Floats:
    total = np.zeros((*size[:2], 3))
    for step in range(SAMPLES**2):
        down = (np.arange(size[0]) + top + (step // SAMPLES + 0.5) / SAMPLES) * 2 / cube - 1
        across = (np.arange(size[1]) + left + (step % SAMPLES + 0.5) / SAMPLES) * 2 / cube - 1
        total += _sample(source, face, *np.meshgrid(across, down))
    return total / SAMPLES**2


def _sample(source: Pixels, face: str, across: Floats, down: Floats) -> NDArray[Any]:
    """Colours in the directions of a face's points; x right, y down, z ahead."""
    one = np.ones_like(across)
    x, y, z = {
        "f": (across, down, one), "b": (-across, down, -one), "r": (one, down, -across),
        "l": (-one, down, across), "u": (across, -one, down), "d": (across, one, -down),
    }[face]  # fmt: skip
    height, width = source.shape[:2]
    columns = (np.arctan2(x, z) / (2 * math.pi) + 0.5) * width - 0.5
    rows = (np.arctan2(y, np.hypot(x, z)) / math.pi + 0.5) * height - 0.5
    return cv2.remap(source, columns.astype(np.float32),
                     np.clip(rows, 1, height - 2.01).astype(np.float32),
                     cv2.INTER_CUBIC, borderMode=cv2.BORDER_WRAP)  # fmt: skip
