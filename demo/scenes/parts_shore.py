"""What is around the plant: rocks, hills, houses, trees, boats, birds, a lighthouse, a pylon."""

import random
from math import cos, pi, sin

import bpy
from parts_look import BLACK, INK, PAPER, STEEL, TEAL, VERMILION, WHITE, YELLOW, glow, paint
from parts_shapes import Point, ball, box, limb, placed, prism, rod, sheet, turned

_dice = random.Random(7)


def rock(x: float, y: float, z: float, size: float, colour: str = "#8C8378") -> None:
    """A boulder: an egg with dents."""
    solid = ball(size, (0, 0, 0), paint(colour, 0.9), 12, (1, 0.8, 0.6))
    for corner in solid.data.vertices:
        corner.co *= 1 + _dice.uniform(-0.16, 0.16)
    solid.data.shade_flat()
    solid.location = (x, y, z)


def hill(x: float, y: float, z: float, wide: float, high: float, colour: str) -> None:
    """A far, rounded hill."""
    ball(1, (x, y, z), paint(colour, 0.95), 48, (wide, wide * 0.6, high))


def pine(x: float, y: float, z: float, high: float = 5.0) -> None:
    """A seaside pine: bent trunk, flat crowns."""
    limb(
        ((x, y, z), (x + 0.2, y, z + high * 0.5), (x + 0.1, y, z + high * 0.85)),
        (0.2, 0.16, 0.1),
        paint("#7A4B2A", 0.9),
        8,
    )
    for dx, up, wide in ((0.1, 0.9, 1.6), (-0.8, 0.72, 1.1), (0.9, 0.75, 1.0)):
        ball(wide * high / 5, (x + dx, y, z + high * up), paint("#2F6B4A", 0.9), 14, (1, 1, 0.42))


def house(x: float, y: float, z: float, turn: float, wall: str = WHITE) -> None:
    """A Breton house: white walls, slate roof, two chimneys."""
    with placed(x, y, z, turn):
        box((6, 4.4, 3.6), (0, 0, 1.8), paint(wall, 0.8), 0)
        with placed(0, 0, 3.6, 90):
            prism([(-2.5, 0), (2.5, 0), (0, 2.5)], 6.3, paint("#46525E", 0.6))
        for side in (-2.6, 2.6):
            box((0.6, 0.7, 1.6), (side, 0, 6.2), paint(wall, 0.8), 0.02)
        for dx in (-1.9, 1.9):
            box((0.9, 0.1, 1.2), (dx, -2.21, 2.0), paint("#2C5F8A", 0.5), 0)
        box((1.0, 0.1, 2.0), (0, -2.21, 1.0), paint(VERMILION, 0.5), 0)


def lighthouse(x: float, y: float, z: float) -> None:
    """A white tower with a red lantern."""
    turned(
        [(2.2, 0), (1.5, 12), (2.0, 12.2), (2.0, 12.6), (0, 12.6)],
        paint(WHITE, 0.6),
        (x, y, z),
        around=24,
    )
    turned([(1.95, 4), (1.74, 7), (1.72, 7)], paint(VERMILION, 0.5), (x, y, z), around=24)
    turned(
        [(1.1, 12.6), (1.1, 14.4), (1.5, 14.5), (0, 16)],
        paint(VERMILION, 0.4),
        (x, y, z),
        around=16,
    )
    ball(0.7, (x, y, z + 13.5), glow("#FFF0B0", 6), 12)


def fishing_boat(x: float, y: float, z: float, turn: float, colour: str = TEAL) -> None:
    """A small trawler."""
    with placed(x, y, z, turn):
        with placed(turn=90):
            hull = prism(
                [(-3.6, 1.5), (-3.0, -0.4), (3.0, -0.4), (4.4, 1.9)], 2.6, paint(colour, 0.4), 0.15
            )
        hull.name = "hull"
        box((2.3, 6.6, 0.16), (0, 0.2, 1.55), paint(PAPER, 0.5), 0.03)
        box((1.7, 1.9, 1.9), (0, -1.5, 2.4), paint(WHITE, 0.4), 0.08)
        box((1.75, 1.5, 0.6), (0, -1.4, 2.7), paint(INK, 0.2), 0.02)
        rod((0, 0.3, 1.5), (0, 0.3, 5.6), 0.08, paint(YELLOW, 0.5))
        rod((0, 0.3, 4.6), (0, 3.4, 3.0), 0.06, paint(YELLOW, 0.5))


def sail(x: float, y: float, z: float, colour: str = VERMILION) -> None:
    """A far sailing boat."""
    ball(2.2, (x, y, z + 0.2), paint(INK, 0.4), 14, (1, 0.4, 0.3))
    sheet(((x - 0.1, y, z + 1), (x - 0.1, y, z + 8), (x + 3, y, z + 1.4)), paint(colour, 0.7))
    sheet(((x - 0.4, y, z + 1), (x - 0.3, y, z + 6.6), (x - 2.2, y, z + 1.2)), paint(PAPER, 0.7))


def gull(x: float, y: float, z: float, turn: float = 0, span: float = 0.9) -> None:
    """A gull on the wing."""
    with placed(x, y, z, turn):
        ball(0.13, (0, 0, 0), paint(WHITE, 0.6), 12, (0.8, 2.0, 0.8))
        for side in (-1, 1):
            limb(
                ((0, 0, 0), (side * span * 0.5, 0.05, 0.22), (side * span, -0.15, 0.08)),
                (0.09, 0.07, 0.02),
                paint(PAPER, 0.6),
                8,
                flat=0.3,
            )
        ball(0.04, (0, 0.27, 0.0), paint(YELLOW, 0.5), 8, (0.7, 1.6, 0.7))


def cormorant(x: float, y: float, z: float, turn: float = 0) -> None:
    """A cormorant drying its wings."""
    dark = paint("#1D2B2E", 0.5)
    with placed(x, y, z, turn):
        limb(
            ((0, -0.1, 0.12), (0, 0.02, 0.42), (0, 0.06, 0.62), (0, 0.02, 0.82)),
            (0.1, 0.13, 0.06, 0.05),
            dark,
        )
        ball(0.065, (0, 0.06, 0.87), dark, 12, (0.9, 1.3, 0.9))
        rod((0, 0.1, 0.87), (0, 0.26, 0.85), 0.02, paint(YELLOW, 0.5), 6)
        for side in (-1, 1):
            sheet(
                (
                    (side * 0.06, 0, 0.5),
                    (side * 0.42, 0.02, 0.66),
                    (side * 0.66, 0, 0.5),
                    (side * 0.5, 0, 0.26),
                    (side * 0.1, 0, 0.2),
                ),
                dark,
            )


def seal(x: float, y: float, z: float, turn: float = 0) -> None:
    """A grey seal, head out of the water."""
    grey = paint("#8B8780", 0.35)
    with placed(x, y, z, turn):
        limb(((0, -0.5, -0.2), (0, -0.15, 0.1), (0, 0.05, 0.38)), (0.4, 0.36, 0.24), grey, 18)
        ball(0.2, (0, 0.24, 0.4), grey, 16, (0.9, 1, 0.75))
        for side in (-1, 1):
            ball(0.045, (side * 0.13, 0.24, 0.5), paint(BLACK, 0.1), 10)
        ball(0.05, (0, 0.43, 0.43), paint(BLACK, 0.4), 10)
        turned(
            [(0.55, 0), (0.9, 0.01)],
            paint("#CFE6E6", 0.4),
            (0, -0.05, 0.02),
            around=28,
            closed=False,
        )


def pylon(x: float, y: float, z: float, high: float, turn: float = 0) -> list[Point]:
    """A lattice pylon; answers the six ends of its arms, where wires hang (own frame)."""
    steel = paint(STEEL, 0.4, 0.6)
    ends: list[Point] = []
    with placed(x, y, z, turn):
        wide, top = high * 0.11, high * 0.018
        for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            rod((sx * wide, sy * wide, 0), (sx * top, sy * top, high), 0.09, steel, 6)
        for i in range(9):
            low, up = high * i / 9, high * (i + 1) / 9
            a, b = wide + (top - wide) * i / 9, wide + (top - wide) * (i + 1) / 9
            for (sx, sy), (tx, ty) in (
                ((-1, -1), (1, -1)),
                ((1, -1), (1, 1)),
                ((1, 1), (-1, 1)),
                ((-1, 1), (-1, -1)),
            ):
                rod((sx * a, sy * a, low), (tx * b, ty * b, up), 0.045, steel, 6)
        for k, reach in ((0.68, 0.17), (0.8, 0.22), (0.92, 0.14)):
            for side in (-1, 1):
                tip = (side * high * reach, 0.0, high * k)
                rod((0, 0, high * k), tip, 0.07, steel, 6)
                rod((0, 0, high * (k + 0.05)), tip, 0.05, steel, 6)
                hanging = (tip[0], 0.0, tip[2] - high * 0.05)
                rod(tip, hanging, 0.11, paint("#7A3F2A", 0.3), 8)
                ends.append(hanging)
    return ends


def wire(a: Point, b: Point, sag: float, thick: float = 0.03) -> None:
    """A conductor hanging between two points."""
    points = []
    for i in range(13):
        t = i / 12
        x, y, z = (p + (q - p) * t for p, q in zip(a, b, strict=True))
        points.append((x, y, z - sag * 4 * t * (1 - t)))
    limb(points, [thick] * 13, paint(INK, 0.5), 6, rounded=False)


def foam(x: float, y: float, z: float, wide: float, long: float) -> None:
    """White water where a current breaks out."""
    white = paint("#EAF6F4", 0.6)
    for _ in range(46):
        t = _dice.random() ** 1.4
        fx, fy = x + _dice.uniform(-0.5, 0.5) * wide * (1 + t * 0.5), y - t * long
        size = _dice.uniform(0.25, 0.8) * (1.15 - t)
        ball(size, (fx, fy, z), white, 10, (1.3, 1.7, 0.22))


def bollard(x: float, y: float) -> None:
    """A mooring post with a rope."""
    turned(
        [(0.2, 0), (0.17, 0.45), (0.28, 0.5), (0.28, 0.58), (0, 0.6)],
        paint(INK, 0.4),
        (x, y, 0),
        around=20,
    )
    for up in (0.14, 0.22, 0.3):
        points = [(x + 0.22 * cos(a * pi / 8), y + 0.22 * sin(a * pi / 8), up) for a in range(17)]
        limb(points, [0.045] * 17, paint("#D9B77A", 0.9), 8, rounded=False)


def planting(spots: list[tuple[float, float, float]], z: float) -> None:
    """Pines at (x, y, height)."""
    for x, y, high in spots:
        pine(x, y, z, high)


def surface(z: float, material: bpy.types.Material, reach: float = 900) -> None:
    """A flat sheet to the horizon."""
    sheet(
        ((-reach, -reach, z), (reach, -reach, z), (reach, reach, z), (-reach, reach, z)), material
    )
