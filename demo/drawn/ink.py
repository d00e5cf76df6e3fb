"""What the demo's drawings share: colours, letters, where files go."""

from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "demo" / "tidal-plant"
INK, YELLOW, VERMILION, TEAL, PAPER = "#14213D", "#FFC61A", "#E4572E", "#1B998B", "#FBF7EF"
SEA, BASIN, STONE, SKY = "#1C7C8C", "#2FA3A0", "#C9BDA8", "#CFE6EC"


@cache
def letters(size: int) -> ImageFont.FreeTypeFont:
    """The house's text typeface, bold, in pixels; `npm ci` brings it."""
    fonts = ROOT / "node_modules" / "@fontsource" / "atkinson-hyperlegible" / "files"
    return ImageFont.truetype(str(fonts / "atkinson-hyperlegible-latin-700-normal.woff"), size)


def canvas(width: int, height: int, ground: str = PAPER) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty drawing and its pen; draw at twice the size, `shrink` smooths the edges."""
    drawn = Image.new("RGB", (width * 2, height * 2), ground)
    return drawn, ImageDraw.Draw(drawn)


def shrink(drawn: Image.Image) -> Image.Image:
    """Half the size, edges smoothed."""
    return drawn.resize((drawn.width // 2, drawn.height // 2), Image.Resampling.LANCZOS)


def badge(pen: ImageDraw.ImageDraw, x: float, y: float, text: str, colour: str = INK) -> None:
    """A round enamel plate with a number."""
    pen.ellipse((x - 38, y - 38, x + 38, y + 38), colour, PAPER, 6)
    pen.text((x, y), text, PAPER, letters(46), anchor="mm")
