"""What the control room's screens show: tide, units, vibration. Drawn with Pillow."""

from math import cos, pi

from parts_look import INK, PAPER, TEAL, VERMILION, YELLOW
from parts_signs import blank, letters
from PIL import Image, ImageDraw

NIGHT = (
    (0, 1.2),
    (1, 1.3),
    (2, 1.4),
    (2.7, 2.0),
    (3, 4.5),
    (3.3, 6.1),
    (4, 6.6),
    (5, 6.7),
    (5.6, 6.8),
)
DARK, GRID = "#0C1730", "#2B3C63"


def _frame(width: float, height: float, title: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    drawn = blank(width, height, DARK, 1.6)
    pen, (wide, high) = ImageDraw.Draw(drawn), drawn.size
    pen.rectangle((0, 0, wide, high * 0.15), INK)
    pen.text((wide * 0.04, high * 0.075), title, YELLOW, letters(int(high * 0.1)), anchor="lm")
    return drawn, pen


def tide_curve(width: float, height: float) -> Image.Image:
    """The day's tide from low to low water; a dot where the sea is now, 20 minutes before high."""
    drawn, pen = _frame(width, height, "MARÉE · marnage 9,2 m")
    wide, high = drawn.size

    def at(hour: float) -> tuple[float, float]:
        level = 6.5 + 4.6 * cos(2 * pi * (hour - 10.7) / 12.4)
        return (wide * (0.08 + 0.84 * (hour - 4) / 14), high * (0.9 - 0.058 * level))

    for level in (2, 5, 8, 11):
        y = high * (0.9 - 0.058 * level)
        pen.line((wide * 0.08, y, wide * 0.95, y), GRID, 3)
        pen.text((wide * 0.065, y), str(level), PAPER, letters(int(high * 0.055)), anchor="rm")
    pen.line([at(4 + 0.1 * k) for k in range(141)], TEAL, int(high * 0.025), joint="curve")
    x, y = at(10.37)
    size = high * 0.03
    pen.line((x, high * 0.2, x, high * 0.9), YELLOW, 4)
    pen.ellipse((x - size, y - size, x + size, y + size), YELLOW)
    pen.text(
        (x + wide * 0.03, high * 0.72), "10 h 22", YELLOW, letters(int(high * 0.1)), anchor="lm"
    )
    pen.text(
        (x + wide * 0.03, high * 0.84),
        "pleine mer 10 h 42",
        PAPER,
        letters(int(high * 0.062)),
        anchor="lm",
    )
    return drawn


def units_state(width: float, height: float) -> Image.Image:
    """The three units, their state and the temperature of their bearings."""
    drawn, pen = _frame(width, height, "GROUPES")
    wide, high = drawn.size
    rows = (
        ("1", "PRÊT", "palier 41 °C", TEAL),
        ("2", "PRÊT", "palier 42 °C", TEAL),
        ("3", "ARRÊT", "palier 41 °C", VERMILION),
    )
    for i, (number, state, heat, colour) in enumerate(rows):
        y = high * (0.31 + 0.26 * i)
        pen.rounded_rectangle(
            (wide * 0.04, y - high * 0.1, wide * 0.96, y + high * 0.12), high * 0.03, INK, colour, 6
        )
        pen.ellipse(
            (wide * 0.07, y - high * 0.075, wide * 0.07 + high * 0.17, y + high * 0.095), colour
        )
        pen.text(
            (wide * 0.07 + high * 0.085, y + high * 0.01),
            number,
            PAPER,
            letters(int(high * 0.12)),
            anchor="mm",
        )
        pen.text(
            (wide * 0.24, y + high * 0.01), state, PAPER, letters(int(high * 0.115)), anchor="lm"
        )
        pen.text(
            (wide * 0.94, y + high * 0.01), heat, PAPER, letters(int(high * 0.075)), anchor="rm"
        )
    return drawn


def vibration_night(width: float, height: float) -> Image.Image:
    """Unit 3's vibration through the night, in mm/s; it crosses the alarm line at 3 o'clock."""
    drawn, pen = _frame(width, height, "GROUPE 3 · vibration (mm/s)")
    wide, high = drawn.size

    def at(hour: float, value: float) -> tuple[float, float]:
        return (wide * (0.1 + 0.85 * hour / 8), high * (0.86 - 0.078 * value))

    font = letters(int(high * 0.06))
    for hour in range(9):
        pen.line((*at(hour, 0), *at(hour, 8)), GRID, 3)
        pen.text((at(hour, 0)[0], high * 0.915), f"{hour} h", PAPER, font, anchor="mm")
    for value in (2, 4, 6, 8):
        pen.text((wide * 0.085, at(0, value)[1]), str(value), PAPER, font, anchor="rm")
    pen.line((*at(0, 4.5), *at(8, 4.5)), VERMILION, 6)
    pen.text(
        (at(8, 4.5)[0], at(8, 4.5)[1] - high * 0.045), "seuil 4,5", VERMILION, font, anchor="rm"
    )
    pen.line([at(*point) for point in NIGHT], YELLOW, int(high * 0.024), joint="curve")
    stop = at(5.6, 6.8)
    pen.line((*stop, *at(5.6, 0)), YELLOW, int(high * 0.024))
    pen.text((stop[0] + wide * 0.02, stop[1]), "arrêt", PAPER, font, anchor="lm")
    return drawn


def small_screen(width: float, height: float, style: int) -> Image.Image:
    """A desk screen in one of three styles: bars, lines, plan of the plant."""
    drawn = blank(width, height, DARK, 2.2)
    pen, (wide, high) = ImageDraw.Draw(drawn), drawn.size
    pen.rectangle((0, 0, wide, high * 0.13), TEAL if style else INK)
    if style == 0:
        for i, part in enumerate((0.5, 0.7, 0.35, 0.8, 0.6, 0.45)):
            x = wide * (0.1 + 0.14 * i)
            colour = VERMILION if i == 3 else TEAL
            pen.rectangle((x, high * (0.92 - part * 0.7), x + wide * 0.09, high * 0.92), colour)
    elif style == 1:
        for k, colour in enumerate((TEAL, YELLOW, PAPER)):
            points = [
                (wide * (0.06 + 0.022 * i), high * (0.5 + 0.12 * k - 0.2 * cos(i / 5 + 2 * k)))
                for i in range(41)
            ]
            pen.line(points, colour, 5, joint="curve")
    else:
        pen.rectangle((0, high * 0.55, wide, high), "#12556A")
        for i in range(3):
            x = wide * (0.2 + 0.3 * i)
            colour = VERMILION if i == 2 else TEAL
            pen.ellipse((x - high * 0.12, high * 0.5, x + high * 0.12, high * 0.74), colour)
            pen.text((x, high * 0.62), str(i + 1), PAPER, letters(int(high * 0.15)), anchor="mm")
        pen.line((0, high * 0.55, wide, high * 0.55), YELLOW, 5)
    return drawn


def clock_face(radius: float) -> Image.Image:
    """A wall clock at 10:22."""
    drawn = blank(radius * 2, radius * 2, PAPER, 2.0)
    pen, size = ImageDraw.Draw(drawn), drawn.size[0]
    half = size / 2
    pen.ellipse((4, 4, size - 4, size - 4), PAPER, INK, int(size * 0.05))

    def hand(turn: float, long: float, thick: float, colour: str, start: float = 0.0) -> None:
        a = turn * pi / 180 - pi / 2
        direction = (cos(a), cos(a - pi / 2))
        points = [
            (half + half * r * direction[0], half + half * r * direction[1]) for r in (start, long)
        ]
        pen.line(points, colour, int(size * thick))

    for hour in range(12):
        hand(30 * hour, 0.86, 0.03, INK, 0.72)
    hand(30 * (10 + 22 / 60), 0.48, 0.055, INK)
    hand(6 * 22, 0.72, 0.04, INK)
    pen.ellipse(
        (half - size * 0.04, half - size * 0.04, half + size * 0.04, half + size * 0.04), VERMILION
    )
    return drawn
