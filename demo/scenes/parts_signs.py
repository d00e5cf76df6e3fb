"""Signs, gauges and screens: drawn with Pillow, hung in the scene as lit pictures.

The letters are the project's own typefaces, read from node_modules (npm ci brings them).
"""

from collections.abc import Callable
from functools import cache
from math import cos, pi, radians, sin
from pathlib import Path

import bpy
import numpy as np
from parts_look import BLACK, INK, PAPER, TEAL, VERMILION, WHITE, YELLOW, paint
from parts_shapes import add, box
from PIL import Image, ImageDraw, ImageFont

_FONTS = Path(__file__).resolve().parents[2] / "node_modules" / "@fontsource"
PIXELS = 220  # to the metre; a board five metres away is sharp in a 4096 pixel panorama
Drawing = ImageDraw.ImageDraw


@cache
def letters(size: int, bold: bool = True) -> ImageFont.FreeTypeFont:
    """The typeface in pixels."""
    weight = 700 if bold else 400
    file = f"atkinson-hyperlegible/files/atkinson-hyperlegible-latin-{weight}-normal.woff"
    return ImageFont.truetype(str(_FONTS / file), size)


def _picture(drawn: Image.Image, light: float) -> bpy.types.Material:
    width, height = drawn.size
    image = bpy.data.images.new("drawn", width, height)
    pixels = np.asarray(drawn.convert("RGBA"), dtype=np.float32)[::-1] / 255
    image.pixels.foreach_set(pixels.ravel())
    image.pack()
    material = paint(WHITE, 0.5).copy()
    nodes, links = material.node_tree.nodes, material.node_tree.links
    texture = nodes.new("ShaderNodeTexImage")
    texture.image = image
    surface = nodes["Principled BSDF"]
    links.new(texture.outputs["Color"], surface.inputs["Base Color"])
    links.new(texture.outputs["Color"], surface.inputs["Emission Color"])
    surface.inputs["Emission Strength"].default_value = light
    return material


def panel(width: float, height: float, drawn: Image.Image, light: float = 0.25) -> None:
    """Hang a drawing in the current frame: upright, facing −y, centred on the origin."""
    mesh = bpy.data.meshes.new("panel")
    w, h = width / 2, height / 2
    mesh.from_pydata([(-w, 0, -h), (w, 0, -h), (w, 0, h), (-w, 0, h)], [], [(0, 1, 2, 3)])
    layer = mesh.uv_layers.new()
    for corner, uv in zip(layer.data, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        corner.uv = uv
    add(mesh, _picture(drawn, light))


def round_panel(radius: float, drawn: Image.Image, light: float = 0.35) -> None:
    """Hang a square drawing, cut to a disc, facing −y around the origin."""
    around = [(cos(2 * pi * k / 48), sin(2 * pi * k / 48)) for k in range(48)]
    mesh = bpy.data.meshes.new("disc")
    mesh.from_pydata([(radius * x, 0, radius * z) for x, z in around], [], [list(range(48))])
    layer = mesh.uv_layers.new()
    for corner, (x, z) in zip(layer.data, around, strict=True):
        corner.uv = (0.5 + x / 2, 0.5 + z / 2)
    add(mesh, _picture(drawn, light))


def blank(width: float, height: float, ground: str, fine: float = 1.0) -> Image.Image:
    """An empty drawing for a panel of that size in metres."""
    return Image.new("RGB", (int(width * PIXELS * fine), int(height * PIXELS * fine)), ground)


def write_lines(
    drawn: Image.Image,
    lines: list[tuple[str, float, str]],
    top: float = 0.5,
    left: float | None = None,
) -> None:
    """Write lines (text, height as a share of the drawing's, colour), centred or from `left`."""
    pen, (wide, high) = ImageDraw.Draw(drawn), drawn.size
    total = sum(share * 1.2 for _, share, _ in lines)
    y = (top - total / 2) * high
    for text, share, colour in lines:
        font = letters(max(8, int(share * high)))
        length = pen.textlength(text, font=font)
        if length > 0.92 * wide:
            font = letters(int(share * high * 0.92 * wide / length))
            length = pen.textlength(text, font=font)
        x = (wide - length) / 2 if left is None else left * wide
        pen.text((x, y), text, font=font, fill=colour)
        y += share * 1.2 * high


def sign(
    text: list[str],
    width: float,
    height: float,
    *,
    ground: str = INK,
    ink: str = PAPER,
    share: float = 0.5,
    border: str | None = None,
) -> None:
    """A board with text on both of a plate's edges, facing −y in the current frame."""
    drawn = blank(width, height, ground)
    if border:
        pen, line = ImageDraw.Draw(drawn), max(3, int(0.04 * drawn.size[1]))
        pen.rectangle((line, line, drawn.size[0] - line, drawn.size[1] - line), None, border, line)
    write_lines(drawn, [(row, share / max(1, len(text)) * 1.25, ink) for row in text])
    box((width + 0.04, 0.04, height + 0.04), (0, 0.03, 0), paint(ground, 0.5), 0.01)
    panel(width, height, drawn)


def dial(radius: float, value: float, full: float, unit: str, alarm: float) -> None:
    """A round gauge from 0 to `full`, its needle on `value`, red from `alarm` on."""
    drawn = blank(radius * 2, radius * 2, PAPER, 2.0)
    pen, size = ImageDraw.Draw(drawn), drawn.size[0]
    half = size / 2
    angle: Callable[[float], float] = lambda v: 135 + 270 * v / full  # noqa: E731
    edge = (size * 0.05, size * 0.05, size * 0.95, size * 0.95)
    pen.ellipse(edge, PAPER, INK, int(size * 0.03))
    arc = (size * 0.1, size * 0.1, size * 0.9, size * 0.9)
    pen.arc(arc, angle(0), angle(alarm), TEAL, int(size * 0.05))
    pen.arc(arc, angle(alarm), angle(full), VERMILION, int(size * 0.05))
    for i in range(int(full) + 1):
        a = radians(angle(i))
        pen.line(
            [(half + half * r * cos(a), half + half * r * sin(a)) for r in (0.7, 0.8)],
            INK,
            int(size * 0.015),
        )
        if i % 2 == 0:
            pen.text(
                (half + half * 0.57 * cos(a), half + half * 0.57 * sin(a)),
                str(i),
                INK,
                letters(int(size * 0.09)),
                anchor="mm",
            )
    a = radians(angle(value))
    tip = (half + half * 0.74 * cos(a), half + half * 0.74 * sin(a))
    pen.line([(half, half), tip], VERMILION, int(size * 0.03))
    pen.ellipse(
        [half - size * 0.05, half - size * 0.05, half + size * 0.05, half + size * 0.05], INK
    )
    pen.text((half, size * 0.78), unit, INK, letters(int(size * 0.09)), anchor="mm")
    round_panel(radius, drawn)


def stripes(width: float, height: float) -> None:
    """A yellow and black warning band."""
    drawn = blank(width, height, YELLOW)
    pen, (wide, high) = ImageDraw.Draw(drawn), drawn.size
    for x in range(-high, wide, high):
        pen.polygon([(x, high), (x + high // 2, high), (x + high * 1.5, 0), (x + high, 0)], BLACK)
    panel(width, height, drawn)
