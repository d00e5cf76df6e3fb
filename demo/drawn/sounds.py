"""Make the sounds: a turbine that is well, then one that knocks. python sounds.py"""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
from ink import BUNDLE

RATE = 44100
TURN = 60 / 94
"""Seconds for one turn of the runner."""


def hum(seconds: float) -> np.ndarray:
    """A machine turning evenly: a low note, its overtones, water rushing."""
    t = np.arange(int(seconds * RATE)) / RATE
    dice = np.random.default_rng(3)
    tone = sum(
        part * np.sin(2 * np.pi * hertz * t + hertz)
        for hertz, part in ((50, 0.3), (100, 0.22), (150, 0.08), (300, 0.04), (25, 0.14))
    )
    rush = np.convolve(dice.normal(0, 1, t.size), np.ones(24) / 24, "same")
    return tone * (1 + 0.06 * np.sin(2 * np.pi * t / TURN)) + 0.22 * rush


def knocks(seconds: float) -> np.ndarray:
    """One dull knock for each turn of the runner."""
    sound = np.zeros(int(seconds * RATE))
    t = np.arange(int(0.16 * RATE)) / RATE
    knock = np.exp(-t * 34) * (np.sin(2 * np.pi * 92 * t) + 0.5 * np.sin(2 * np.pi * 231 * t))
    for start in np.arange(0.25, seconds - 0.2, TURN):
        at = int(start * RATE)
        sound[at : at + knock.size] += knock
    return sound


def fade(sound: np.ndarray, seconds: float = 0.25) -> np.ndarray:
    """Begin and end softly."""
    edge = np.linspace(0, 1, int(seconds * RATE))
    sound = sound.copy()
    sound[: edge.size] *= edge
    sound[-edge.size :] *= edge[::-1]
    return sound


def turbine() -> np.ndarray:
    """Six seconds of unit 2, a beep, six seconds of unit 3."""
    t = np.arange(int(0.18 * RATE)) / RATE
    beep = fade(0.5 * np.sin(2 * np.pi * 880 * t), 0.03)
    well = fade(hum(5.8))
    ill = fade(0.85 * hum(5.9) + 1.1 * knocks(5.9))
    gap = np.zeros(int(0.06 * RATE))
    return 0.55 * np.concatenate([well, gap, beep, gap, ill])


def write_mp3(path: Path, sound: np.ndarray, rate: int = 96_000) -> None:
    """Encode mono samples between −1 and 1."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libmp3lame", rate=RATE, layout="mono")
        stream.bit_rate = rate
        write_samples(file, stream, sound)


def write_samples(
    file: av.container.OutputContainer, stream: av.AudioStream, sound: np.ndarray
) -> None:
    """Hand the samples to the encoder, a thousand and some at a time."""
    whole = np.clip(sound, -1, 1).astype(np.float32)
    give: Callable[[av.AudioFrame | None], object] = lambda f: file.mux(stream.encode(f))  # noqa: E731
    for start in range(0, whole.size, 1152):
        part = whole[start : start + 1152][None, :]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), "fltp", "mono")
        frame.sample_rate, frame.pts = RATE, start
        give(frame)
    give(None)


if __name__ == "__main__":
    (BUNDLE / "sounds").mkdir(parents=True, exist_ok=True)
    write_mp3(BUNDLE / "sounds" / "turbine.mp3", turbine())
