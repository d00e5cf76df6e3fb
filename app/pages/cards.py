"""A reward's picture to share: 1200×630 pixels, drawn with Pillow, naming no one."""

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
INK, YELLOW, PAPER = "#14213D", "#FFC61A", "#FBF7EF"
STATIC = Path(__file__).resolve().parents[2] / "static"
FONTS = STATIC / "fonts"
PINS = STATIC / "cards" / "pins"
"""Drawn from static/art/pins by static/cards/draw.py, twice the size they have on a card."""
FACES = {"heading": "bricolage.woff2", "text": "atkinson-400.woff2"}
PIN_ROOM = 430
"""Pixels at the card's left that are the pin's."""
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
    _paste_pin(picture, icon)
    left = 480
    y = _draw_lines(draw, left, 130, wrap(title, font("heading", 64), 640), "heading", 64)
    y = _draw_lines(draw, left, y + 20, wrap(text, font("text", 34), 640)[:5], "text", 34)
    _draw_lines(draw, left, SIZE[1] - 110, [f"{factory} · Déambule"], "heading", 30)
    return picture.resize(SIZE, Image.Resampling.LANCZOS)


def _box(*values: float) -> list[float]:
    return [value * SCALE for value in values]


def _draw_ground(draw: ImageDraw.ImageDraw, accent: str) -> None:
    draw.rectangle(_box(0, 0, PIN_ROOM, SIZE[1]), fill=accent)
    draw.rectangle(_box(0, SIZE[1] - 24, SIZE[0], SIZE[1]), fill=INK)
    for x in range(-24, SIZE[0], 96):
        corners = ((x, 630), (x + 24, 606), (x + 72, 606), (x + 48, 630))
        draw.polygon([(a * SCALE, b * SCALE) for a, b in corners], fill=YELLOW)


def _paste_pin(picture: Image.Image, icon: str) -> None:
    known = PINS / f"{icon}.png"
    with Image.open(known if known.exists() else PINS / "bolt.png") as pin:
        shown = pin.convert("RGBA")
    left = (PIN_ROOM * SCALE - shown.width) // 2
    picture.paste(shown, (left, (SIZE[1] * SCALE - shown.height) // 2 - 12 * SCALE), shown)


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
