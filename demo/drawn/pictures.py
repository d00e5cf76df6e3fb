"""Draw the plan of the tour and the section of a bulb turbine: python pictures.py"""

from math import cos, pi, sin

from ink import (
    BASIN,
    BUNDLE,
    INK,
    PAPER,
    SEA,
    STONE,
    TEAL,
    VERMILION,
    YELLOW,
    badge,
    canvas,
    letters,
    shrink,
)
from PIL import ImageDraw

ROOMS = (
    ("Quai", (60, 330, 560, 660), YELLOW),
    ("Salle de commande", (700, 150, 1240, 400), TEAL),
    ("Salle des machines", (620, 420, 1340, 860), VERMILION),
    ("Atelier", (1420, 420, 2000, 860), TEAL),
    ("Poste électrique", (1380, 1060, 2160, 1420), YELLOW),
)


def plan() -> None:
    """The plan, seen from above: sea on the left, basin above the dam, land below."""
    drawn, pen = canvas(1200, 800, "#DCE8C8")
    pen.polygon([(0, 0), (2400, 0), (2400, 90), (600, 130), (520, 1600), (0, 1600)], SEA)
    pen.polygon([(560, 0), (2400, 0), (2400, 120), (620, 128)], BASIN)
    for y in range(720, 1560, 110):
        pen.arc((90, y, 210, y + 50), 200, 340, "#6FB7BF", 8)
        pen.arc((300, y + 40, 420, y + 90), 200, 340, "#6FB7BF", 8)
    pen.rectangle((40, 70, 1500, 140), STONE, INK, 6)
    for i in range(4):
        pen.rectangle((90 + 110 * i, 84, 160 + 110 * i, 126), YELLOW, INK, 5)
    for name, (left, top, right, bottom), colour in ROOMS:
        pen.rounded_rectangle((left + 12, top + 14, right + 12, bottom + 14), 26, "#B9C7A4")
        pen.rounded_rectangle((left, top, right, bottom), 26, PAPER, INK, 8)
        pen.rectangle((left + 8, top + 26, right - 8, top + 44), colour)
        pen.text(((left + right) / 2, bottom - 50), name, INK, letters(54), anchor="mm")
    _machines(pen)
    paths = (
        ((560, 560), (620, 560)),
        ((970, 400), (970, 430)),
        ((1340, 640), (1420, 640)),
        ((1700, 860), (1740, 1060)),
    )
    for path in paths:
        pen.line(path, YELLOW, 26)
        pen.line(path, INK, 6)
    pen.line(((2160, 1240), (2400, 1160)), INK, 6)
    pen.line(((2160, 1270), (2400, 1190)), INK, 6)
    shrink(drawn).save(BUNDLE / "pictures" / "plan.png", optimize=True)


def _machines(pen: ImageDraw.ImageDraw) -> None:
    for i, colour in enumerate((TEAL, YELLOW, VERMILION)):
        x = 760 + 220 * i
        pen.ellipse((x - 80, 560, x + 80, 720), colour, INK, 8)
        for k in range(4):
            a = pi / 4 + k * pi / 2
            pen.line((x, 640, x + 66 * cos(a), 640 + 66 * sin(a)), PAPER, 20)
        pen.ellipse((x - 22, 618, x + 22, 662), INK)
    pen.rounded_rectangle((1490, 540, 1640, 640), 14, VERMILION, INK, 8)
    pen.line(((1780, 660), (1780, 570), (1880, 560)), INK, 24)
    pen.rectangle((1500, 1150, 1700, 1300), TEAL, INK, 8)
    for i in range(3):
        pen.line((1540 + 60 * i, 1150, 1540 + 60 * i, 1110), VERMILION, 16)
        pen.line((1830 + 90 * i, 1300, 1830 + 90 * i, 1160), INK, 12)


def bulb() -> None:
    """A bulb turbine in its tunnel, cut along its axis, numbered from basin to sea."""
    drawn, pen = canvas(1200, 640, STONE)
    pen.polygon(
        [
            (0, 120),
            (700, 220),
            (1500, 250),
            (2400, 140),
            (2400, 1140),
            (1500, 1030),
            (700, 1060),
            (0, 1160),
        ],
        BASIN,
    )
    for y in (330, 640, 950):
        pen.line(((60, y), (330, y)), PAPER, 12)
        pen.polygon([(330, y - 26), (390, y), (330, y + 26)], PAPER)
    pen.ellipse((430, 390, 1130, 890), TEAL, INK, 10)
    pen.polygon([(800, 392), (1510, 506), (1510, 774), (800, 888)], TEAL)
    pen.line(((790, 393), (1510, 506)), INK, 10)
    pen.line(((790, 887), (1510, 774)), INK, 10)
    pen.rectangle((590, 470, 900, 810), PAPER, INK, 8)
    for i in range(6):
        pen.rectangle((620 + 46 * i, 500, 646 + 46 * i, 780), VERMILION)
    pen.rectangle((900, 615, 1500, 665), "#8E9AA6", INK, 6)
    pen.rectangle((660, 60, 830, 420), STONE, INK, 8)
    for top, bottom in ((250, 470), (1030, 810)):
        pen.polygon([(1240, top), (1310, top), (1290, bottom), (1250, bottom)], PAPER, INK)
    for low, high in ((510, 262), (770, 1018)):
        pen.polygon([(1480, low), (1590, low), (1640, high), (1430, high)], "#D9A05B", INK)
    pen.pieslice((1330, 500, 1790, 780), -90, 90, VERMILION, INK, 8)
    marks = (
        ("1", 200, 480),
        ("2", 745, 640),
        ("3", 1130, 640),
        ("4", 1275, 355),
        ("5", 1535, 385),
        ("6", 2120, 640),
    )
    for text, x, y in marks:
        badge(pen, x, y, text)
    shrink(drawn).save(BUNDLE / "pictures" / "bulb.png", optimize=True)


if __name__ == "__main__":
    (BUNDLE / "pictures").mkdir(parents=True, exist_ok=True)
    plan()
    bulb()
