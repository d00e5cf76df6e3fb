"""Draw the film of the tide, fifteen seconds, with its sound: python film.py"""

from math import cos, pi, sin

import av
import numpy as np
from ink import BASIN, BUNDLE, INK, PAPER, SEA, SKY, STONE, TEAL, VERMILION, YELLOW, canvas, shrink
from PIL import Image, ImageDraw
from sounds import RATE, fade, hum, write_samples

WIDE, HIGH, FRAMES, SECONDS = 640, 360, 20, 15.0
LOW, FULL = 470.0, 250.0
"""Heights of low and high water in the drawing, in its double pixels from the top."""
Pen = ImageDraw.ImageDraw


def levels(t: float) -> tuple[float, float, bool, float]:
    """At second t: sea, basin (0 low, 1 full), whether the gates are open, turbine's speed."""
    sea = 0.5 - 0.5 * cos(2 * pi * min(t, 14.0) / 10.5)
    if t < 5.2:
        return sea, max(0.28, sea), True, 0.0
    if t < 7.2:
        return sea, 1.0, False, 0.0
    if t < 11.2:
        part = (t - 7.2) / 4.0
        return sea, 1 - 0.66 * part, False, min(1.0, 4 * part, 8 * (1 - part))
    return sea, max(0.34, sea), sea > 0.34, 0.0


def _water(pen: Pen, left: int, right: int, level: float, t: float, colour: str) -> None:
    y = LOW + (FULL - LOW) * level
    top = [(x, y + 5 * sin(x / 38 + 3 * t)) for x in range(left, right + 1, 8)]
    pen.polygon([*top, (right, 640), (left, 640)], colour)


def _turbine(pen: Pen, angle: float, speed: float) -> None:
    pen.rounded_rectangle((520, 540, 800, 620), 30, "#0F5763")
    pen.ellipse((560, 548, 680, 612), TEAL, INK, 4)
    for k in range(4):
        reach = 40 * cos(angle + k * pi / 2)
        pen.line((716, 580, 716 + 10 * sin(angle + k), 580 + reach), "#D9A05B", 12)
    pen.ellipse((704, 568, 728, 592), VERMILION)
    if speed > 0:
        for i in range(3):
            x = 830 - ((angle * 40 + 90 * i) % 330)
            pen.line((x, 580, x - 34, 580), PAPER, 6)


def _lamp(pen: Pen, speed: float) -> None:
    pen.line(((660, 130), (660, 84)), INK, 8)
    glow = int(26 + 20 * speed)
    if speed > 0.05:
        pen.ellipse((660 - glow, 60 - glow, 660 + glow, 60 + glow), "#FFE9A0")
    pen.ellipse((634, 34, 686, 86), YELLOW if speed > 0.05 else "#8D98A5", INK, 5)


def _moon(pen: Pen, t: float) -> None:
    a = pi * (0.15 + 0.7 * t / SECONDS)
    x, y = 640 - 520 * cos(a), 230 - 170 * sin(a)
    pen.ellipse((x - 30, y - 30, x + 30, y + 30), PAPER)
    pen.ellipse((x - 14, y - 10, x - 2, y + 2), "#DAD6CB")


def picture(t: float, angle: float) -> Image.Image:
    """The film's picture at second t, the runner turned by `angle` (radians)."""
    sea, basin, is_open, speed = levels(t)
    drawn, pen = canvas(WIDE, HIGH, SKY)
    _moon(pen, t)
    pen.polygon([(900, 300), (1280, 190), (1280, 640), (900, 640)], "#8FB08C")
    _water(pen, 0, 540, sea, t, SEA)
    _water(pen, 760, 1280, basin, t, BASIN)
    pen.polygon([(0, 640), (1280, 640), (1280, 720), (0, 720)], "#B59B76")
    pen.polygon([(520, 170), (800, 170), (830, 650), (490, 650)], STONE, INK)
    pen.rectangle((500, 130, 820, 176), INK)
    gate = 236 if is_open else 330
    if is_open:
        pen.rectangle((504, 300, 816, 430), SEA)
    pen.rectangle((620, gate, 668, gate + 110), YELLOW, INK, 5)
    if is_open and t > 0.4:
        for i in range(4):
            x = 500 + (140 * t + 90 * i) % 320
            pen.line((x, 370, x + 36, 370), PAPER, 6)
    _turbine(pen, angle, speed)
    _lamp(pen, speed)
    return shrink(drawn)


def _sound() -> np.ndarray:
    t = np.arange(int(SECONDS * RATE)) / RATE
    dice = np.random.default_rng(5)
    wash = np.convolve(dice.normal(0, 1, t.size), np.ones(60) / 60, "same")
    waves = wash * (0.5 + 0.4 * np.sin(2 * np.pi * t / 3.1))
    steps = np.arange(0, SECONDS + 0.1, 0.1)
    speed = np.interp(t, steps, [levels(x)[3] for x in steps])
    return fade(0.8 * waves + 0.4 * speed * hum(SECONDS)[: t.size], 0.5)


def film() -> None:
    """Encode H.264 and AAC."""
    with av.open(
        str(BUNDLE / "films" / "tide.mp4"), "w", options={"movflags": "faststart"}
    ) as file:
        moving = file.add_stream("libx264", rate=FRAMES, options={"crf": "24", "preset": "slow"})
        moving.width, moving.height, moving.pix_fmt = WIDE, HIGH, "yuv420p"
        heard = file.add_stream("aac", rate=RATE, layout="mono")
        heard.bit_rate = 64_000
        angle = 0.0
        for i in range(int(SECONDS * FRAMES)):
            angle += levels(i / FRAMES)[3] * 2 * pi * 94 / 60 / FRAMES
            frame = av.VideoFrame.from_image(picture(i / FRAMES, angle))
            file.mux(moving.encode(frame))
        file.mux(moving.encode(None))
        write_samples(file, heard, _sound())


if __name__ == "__main__":
    film()
