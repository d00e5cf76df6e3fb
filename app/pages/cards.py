"""A reward's picture to share: 1200×630 pixels, drawn with Pillow, naming no one."""

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
INK, YELLOW, PAPER, VERMILION = "#14213D", "#FFC61A", "#FBF7EF", "#E4572E"
FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
FACES = {"heading": "bricolage.woff2", "text": "atkinson-400.woff2"}
MARGIN = 70
SCALE = 2
"""Drawn twice as large, then reduced: Pillow draws shapes without smoothing."""


@lru_cache(maxsize=8)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """One of the house's faces at a size in pixels."""
    return ImageFont.truetype(str(FONTS / FACES[name]), size * SCALE)


def draw_card(title: str, text: str, factory: str, icon: str, accent: str) -> Image.Image:
    """The pin, its title, what it stands for, and the factory."""
    picture = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
    draw = ImageDraw.Draw(picture)
    _draw_ground(draw, accent)
    _draw_pin(draw, icon)
    left = 480
    y = _draw_lines(draw, left, 130, wrap(title, font("heading", 64), 640), "heading", 64)
    y = _draw_lines(draw, left, y + 20, wrap(text, font("text", 34), 640)[:5], "text", 34)
    _draw_lines(draw, left, SIZE[1] - 110, [f"{factory} · Déambule"], "heading", 30)
    return picture.resize(SIZE, Image.Resampling.LANCZOS)


def _box(*values: float) -> list[float]:
    return [value * SCALE for value in values]


def _draw_ground(draw: ImageDraw.ImageDraw, accent: str) -> None:
    draw.rectangle(_box(0, 0, 430, SIZE[1]), fill=accent)
    draw.rectangle(_box(0, SIZE[1] - 24, SIZE[0], SIZE[1]), fill=INK)
    for x in range(-24, SIZE[0], 96):
        corners = ((x, 630), (x + 24, 606), (x + 72, 606), (x + 48, 630))
        draw.polygon([(a * SCALE, b * SCALE) for a, b in corners], fill=YELLOW)


def _draw_pin(draw: ImageDraw.ImageDraw, icon: str) -> None:
    draw.ellipse(_box(75, 145, 365, 435), fill=INK)
    draw.ellipse(_box(87, 157, 353, 423), fill=YELLOW)
    draw.ellipse(_box(107, 177, 333, 403), fill=PAPER, outline=INK, width=6 * SCALE)
    SHAPES.get(icon, _draw_bolt)(draw)


def _polygon(draw: ImageDraw.ImageDraw, fill: str, *points: tuple[float, float]) -> None:
    moved = [((220 + x) * SCALE, (290 + y) * SCALE) for x, y in points]
    draw.polygon(moved, fill=fill, outline=INK, width=6 * SCALE)


def _draw_bolt(draw: ImageDraw.ImageDraw) -> None:
    _polygon(draw, VERMILION, (0, -75), (65, -37), (65, 37), (0, 75), (-65, 37), (-65, -37))
    draw.ellipse(_box(190, 260, 250, 320), fill=PAPER, outline=INK, width=6 * SCALE)


def _draw_wave(draw: ImageDraw.ImageDraw) -> None:
    for y in (240, 285, 330):
        for x in (140, 180, 220, 260):
            draw.arc(_box(x, y, x + 40, y + 36), 180, 360, fill=INK, width=10 * SCALE)


def _draw_leaf(draw: ImageDraw.ImageDraw) -> None:
    _polygon(draw, "#1B998B", (-60, 60), (-50, -20), (60, -65), (30, 40))
    draw.line(_box(160, 350, 255, 250), fill=INK, width=6 * SCALE)


def _draw_eye(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse(_box(140, 240, 300, 340), fill=PAPER, outline=INK, width=8 * SCALE)
    draw.ellipse(_box(190, 260, 250, 320), fill=INK)


SHAPES = {"wave": _draw_wave, "leaf": _draw_leaf, "eye": _draw_eye, "bolt": _draw_bolt}


def wrap(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines of `text` no wider than `width` pixels of the card."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width * SCALE:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _draw_lines(
    draw: ImageDraw.ImageDraw, left: float, top: float, lines: list[str], name: str, size: int
) -> float:
    for line in lines:
        draw.text((left * SCALE, top * SCALE), line, font=font(name, size), fill=INK)
        top += size * 1.2
    return top
