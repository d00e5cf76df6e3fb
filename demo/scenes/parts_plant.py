"""What stands in many rooms of the plant: rails, cabinets, racks, a travelling crane, steps."""

from itertools import pairwise

import bpy
from parts_look import BLACK, INK, PAPER, STEEL, TEAL, VERMILION, WHITE, YELLOW, glow, paint
from parts_shapes import Point, ball, box, placed, ring, rod, sheet, turned
from parts_signs import dial, sign


def railing(start: Point, end: Point, posts: int = 6, colour: str = YELLOW) -> None:
    """A guard rail 1.1 m high from one point to another."""
    bar = paint(colour, 0.45)
    for up in (0.15, 0.6, 1.1):
        rod((start[0], start[1], start[2] + up), (end[0], end[1], end[2] + up), 0.028, bar, 8)
    for i in range(posts + 1):
        x, y, z = (a + (b - a) * i / posts for a, b in zip(start, end, strict=True))
        rod((x, y, z), (x, y, z + 1.1), 0.032, bar, 8)


def cabinet(label: str, width: float = 1.0, high: float = 2.1, colour: str = "#D9DDE0") -> None:
    """An electrical cabinet, its door towards −y."""
    box((width, 0.6, high), (0, 0, high / 2), paint(colour, 0.5), 0.03)
    box((width - 0.12, 0.03, high - 0.3), (0, -0.3, high / 2 + 0.03), paint(colour, 0.4), 0.01)
    box((0.04, 0.05, 0.24), (width / 2 - 0.14, -0.33, high / 2), paint(BLACK, 0.4), 0.01)
    for i, lit in enumerate((TEAL, YELLOW, VERMILION)):
        ball(0.035, (-width / 2 + 0.22 + 0.13 * i, -0.33, high - 0.35), glow(lit, 2.0), 12)
    with placed(0, -0.335, high - 0.62):
        sign([label], width - 0.35, 0.2, share=0.55)


def gauge_post(value: float, full: float, unit: str, alarm: float, radius: float = 0.45) -> None:
    """A big round gauge on a post."""
    rod((0, 0.1, 0), (0, 0.1, 1.5), 0.06, paint(INK, 0.5))
    with placed(0, 0.0, 1.5 + radius * 0.6):
        turned(
            [(radius * 1.08, 0.12), (radius * 1.08, 0.0), (radius * 0.98, -0.01)],
            paint(INK, 0.4),
            axis="y",
        )
        with placed(0, -0.015, 0):
            dial(radius, value, full, unit, alarm)


def crane_bridge(span: float, height: float, label: str, trolley: float, hook: float) -> None:
    """A travelling crane across y; the trolley stands at y = `trolley`, the hook at z = `hook`."""
    yellow = paint(YELLOW, 0.4)
    for side in (-0.9, 0.9):
        box((0.5, span, 1.0), (side, span / 2, height), yellow, 0.04)
    for end in (0.1, span - 0.1):
        box((3.4, 0.7, 0.8), (0, end, height - 0.15), paint(INK, 0.4), 0.04)
    with placed(-1.17, span * 0.3, height, 90):
        sign([label], 4.4, 0.8, ground=YELLOW, ink=INK, share=0.75)
    with placed(1.17, span * 0.3, height, -90):
        sign([label], 4.4, 0.8, ground=YELLOW, ink=INK, share=0.75)
    box((2.0, 1.7, 0.8), (0, trolley, height + 0.8), paint(VERMILION, 0.4), 0.05)
    for side in (-0.18, 0.18):
        rod((side, trolley, height), (side, trolley, hook + 0.7), 0.035, paint(BLACK, 0.5), 8)
    box((0.7, 0.45, 0.7), (0, trolley, hook + 0.6), yellow, 0.08)
    ring(0.22, 0.07, (0, trolley, hook + 0.05), paint(INK, 0.4), axis="y", around=20)


def slings(at: Point, down: float, spread: float) -> None:
    """Four slings from a hook to a load."""
    x, y, z = at
    for dx, dy in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        rod(at, (x + dx * spread, y + dy * spread, z - down), 0.025, paint(VERMILION, 0.6), 6)


def window_wall(
    length: float,
    sill: float,
    top: float,
    roof: float,
    bays: int,
    wall: bpy.types.Material,
    frame: bpy.types.Material,
) -> None:
    """A wall along x around 0 with real openings between posts; nothing stands in them."""
    box((length, 0.3, sill), (0, 0, sill / 2), wall, 0)
    box((length, 0.3, roof - top), (0, 0, (roof + top) / 2), wall, 0)
    for i in range(bays + 1):
        x = -length / 2 + length * i / bays
        box((0.45, 0.4, top - sill + 0.1), (x, 0, (top + sill) / 2), wall, 0.02)
        if i == bays:
            break
        for k in (1, 2, 3):
            px = x + length / bays * k / 4
            box((0.05, 0.08, top - sill), (px, 0, (top + sill) / 2), frame, 0)
        for k in (1, 2, 3):
            z = sill + (top - sill) * k / 4
            box((length / bays, 0.08, 0.05), (x + length / bays / 2, 0, z), frame, 0)


def tool_trolley(colour: str = VERMILION) -> None:
    """A workshop trolley with drawers."""
    box((0.8, 0.5, 0.75), (0, 0, 0.55), paint(colour, 0.4), 0.03)
    for i in range(4):
        box((0.7, 0.02, 0.13), (0, -0.255, 0.29 + 0.17 * i), paint(WHITE, 0.4), 0.01)
        box((0.3, 0.03, 0.025), (0, -0.275, 0.33 + 0.17 * i), paint(INK, 0.4), 0.005)
    for x in (-0.32, 0.32):
        for y in (-0.18, 0.18):
            ball(0.08, (x, y, 0.08), paint(BLACK, 0.6), 12)
    for i in range(4):
        rod(
            (-0.28 + 0.17 * i, -0.1, 0.95),
            (-0.2 + 0.17 * i, 0.14, 0.96),
            0.022,
            paint(STEEL, 0.3, 0.8),
            8,
        )


def cone(x: float, y: float, z: float = 0) -> None:
    """A traffic cone."""
    with placed(x, y, z):
        turned([(0.17, 0.03), (0.03, 0.62), (0, 0.62)], paint(VERMILION, 0.5), around=20)
        turned([(0.125, 0.22), (0.092, 0.38)], paint(PAPER, 0.5), around=20, closed=False)
        box((0.42, 0.42, 0.04), (0, 0, 0.02), paint(BLACK, 0.6), 0.01)


def barrel(x: float, y: float, colour: str = TEAL) -> None:
    """A steel drum."""
    profile = [
        (0.29, 0),
        (0.29, 0.28),
        (0.305, 0.3),
        (0.29, 0.32),
        (0.29, 0.58),
        (0.305, 0.6),
        (0.29, 0.62),
        (0.29, 0.88),
        (0.27, 0.9),
        (0, 0.9),
    ]
    turned(profile, paint(colour, 0.4), (x, y, 0), around=24)


def lane(points: list[tuple[float, float]], wide: float = 0.12, colour: str = YELLOW) -> None:
    """A painted line on the floor."""
    for (ax, ay), (bx, by) in pairwise(points):
        long = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        nx, ny = -(by - ay) / long * wide / 2, (bx - ax) / long * wide / 2
        sheet(
            (
                (ax + nx, ay + ny, 0.006),
                (bx + nx, by + ny, 0.006),
                (bx - nx, by - ny, 0.006),
                (ax - nx, ay - ny, 0.006),
            ),
            paint(colour, 0.6),
        )
