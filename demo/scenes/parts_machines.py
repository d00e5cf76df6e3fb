"""Machines of the workshop: a robot arm, a lathe, racks, a tool board, a bearing."""

from itertools import pairwise
from math import cos, pi, sin

from parts_look import BLACK, INK, PAPER, STEEL, TEAL, VERMILION, WHITE, YELLOW, glow, paint
from parts_shapes import Point, ball, box, limb, placed, ring, rod, sheet, turned
from parts_signs import sign


def robot(elbow: Point, wrist: Point, colour: str = YELLOW) -> None:
    """A six-axis arm on its foot; elbow and wrist say where it reaches, in its own frame."""
    body, joint = paint(colour, 0.35), paint(INK, 0.4)
    turned([(0.55, 0), (0.55, 0.1), (0.4, 0.14), (0.36, 0.6), (0.3, 0.7), (0, 0.7)], body)
    shoulder = (0.0, 0.0, 0.85)
    ball(0.34, shoulder, body, 24)
    for a, b, r in ((shoulder, elbow, 0.2), (elbow, wrist, 0.14)):
        limb((a, b), (r, r * 0.75), body, 20)
    for at, r in ((shoulder, 0.24), (elbow, 0.2), (wrist, 0.14)):
        turned([(r, -r * 1.15), (r, r * 1.15), (0, r * 1.15)], joint, at, axis="x", around=24)
    limb(
        (
            (shoulder[0] + 0.2, 0, 1.0),
            (elbow[0] + 0.24, elbow[1] - 0.3, elbow[2] + 0.2),
            (wrist[0] + 0.1, wrist[1] - 0.2, wrist[2] + 0.3),
        ),
        (0.04,) * 3,
        paint(BLACK, 0.6),
        8,
    )


def fence(points: list[tuple[float, float]]) -> None:
    """A mesh fence 2 m high around a robot."""
    post, mesh = paint(YELLOW, 0.4), paint(INK, 0.5)
    for (ax, ay), (bx, by) in pairwise(points):
        parts = max(2, round(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 / 0.3))
        for i in range(parts + 1):
            x, y = ax + (bx - ax) * i / parts, ay + (by - ay) * i / parts
            if i in (0, parts):
                rod((x, y, 0), (x, y, 2.05), 0.045, post, 8)
            else:
                rod((x, y, 0.2), (x, y, 1.95), 0.008, mesh, 4)
        for z in (0.2, 0.75, 1.35, 1.95):
            rod((ax, ay, z), (bx, by, z), 0.018, post, 6)


def lathe(label: str) -> None:
    """A heavy lathe along x, seen from −y, with a turbine shaft between its centres."""
    body, dark, metal = paint(TEAL, 0.4), paint(INK, 0.5), paint("#D5DBE0", 0.22, 0.8)
    box((4.6, 0.9, 0.7), (0, 0, 0.35), dark, 0.05)
    box((4.4, 0.7, 0.25), (0, 0, 0.8), paint(STEEL, 0.35, 0.6), 0.03)
    box((1.1, 1.0, 1.25), (-1.75, 0.05, 1.2), body, 0.06)
    box((0.6, 0.7, 0.7), (1.9, 0, 1.2), body, 0.05)
    turned([(0.42, 0), (0.42, 0.28), (0.3, 0.34), (0, 0.34)], metal, (-1.2, 0, 1.3), axis="x")
    turned(
        [(0.16, 0), (0.16, 0.9), (0.22, 0.92), (0.22, 1.5), (0.13, 1.52), (0.13, 2.4), (0, 2.5)],
        metal,
        (-0.9, 0, 1.3),
        axis="x",
    )
    box((0.5, 0.8, 0.22), (0.2, -0.05, 1.02), body, 0.03)
    box((0.14, 0.5, 0.14), (0.2, -0.2, 1.24), dark, 0.02)
    rod((0.2, 0.02, 1.25), (0.2, -0.13, 1.27), 0.03, paint(YELLOW, 0.3), 8)
    turned([(0.16, 0), (0.16, 0.03), (0.12, 0.03)], metal, (0.2, -0.52, 0.95), axis="y")
    box((0.55, 0.1, 0.45), (-1.0, -0.5, 1.95), paint(INK, 0.4), 0.02)
    box((0.46, 0.02, 0.34), (-1.0, -0.56, 1.97), glow(TEAL, 1.2), 0.0)
    limb(((-1.4, -0.2, 1.8), (-1.2, -0.45, 2.0)), (0.04, 0.04), dark)
    for i in range(26):
        a = i * 1.3
        ring(
            0.05,
            0.01,
            (-0.2 + 0.06 * (i % 13), -0.25 + 0.1 * sin(a), 0.95 + 0.02 * cos(a)),
            paint("#C9D3DA", 0.2, 0.9),
            axis="xyz"[i % 3],
            around=8,
        )
    with placed(-1.75, -0.47, 1.45):
        sign([label], 0.95, 0.32, share=0.6)


def rack(wide: float, loads: list[str]) -> None:
    """A pallet rack three levels high, its front towards −y; loads by letter.

    c crates, b bearing, p propeller blade, t tubes, o nothing.
    """
    for x in (-wide / 2, 0, wide / 2):
        for y in (-0.5, 0.5):
            box((0.1, 0.1, 4.4), (x, y, 2.2), paint(INK, 0.5), 0.01)
    for level, row in enumerate(loads):
        z = 0.25 + 1.45 * level
        for y in (-0.5, 0.5):
            box((wide, 0.08, 0.14), (0, y, z), paint(VERMILION, 0.4), 0.01)
        box((wide, 0.9, 0.03), (0, 0, z + 0.08), paint("#C98D4F", 0.7), 0)
        for i, load in enumerate(row):
            with placed(-wide / 2 + wide * (i + 0.5) / len(row), 0, z + 0.1):
                _load(load, level + i)


def _load(load: str, turn: int) -> None:
    if load == "c":
        colour = (TEAL, YELLOW, PAPER, VERMILION)[turn % 4]
        box((0.75, 0.7, 0.5), (0, 0, 0.25), paint(colour, 0.6), 0.04)
        box((0.5, 0.6, 0.35), (0.05, 0, 0.68), paint((PAPER, TEAL, YELLOW)[turn % 3], 0.6), 0.03)
    elif load == "b":
        with placed(0, 0, 0.02):
            bearing(0.4)
    elif load == "p":
        limb(
            ((-0.5, 0, 0.25), (0, 0, 0.4), (0.5, 0, 0.3)),
            (0.1, 0.34, 0.08),
            paint("#D9A05B", 0.3, 0.75),
            20,
            flat=0.2,
        )
    elif load == "t":
        for i in range(7):
            rod(
                (-0.55, -0.3 + 0.1 * i, 0.08),
                (0.55, -0.3 + 0.1 * i, 0.08 + 0.05 * (i % 2)),
                0.05,
                paint(STEEL, 0.3, 0.8),
                10,
            )


def bearing(radius: float) -> None:
    """A ball bearing lying flat."""
    steel, bright = paint(STEEL, 0.25, 0.85), paint("#EEF2F4", 0.12, 0.95)
    high = radius * 0.4
    for outer, inner in ((radius, radius * 0.84), (radius * 0.58, radius * 0.42)):
        turned(
            [(outer, 0), (outer, high), (inner, high), (inner, 0), (outer, 0)], steel, closed=False
        )
    for i in range(12):
        a = 2 * pi * i / 12
        ball(
            radius * 0.135,
            (0.71 * radius * cos(a), 0.71 * radius * sin(a), high * 0.62),
            bright,
            14,
        )


def tool_board(wide: float, high: float) -> None:
    """A board where every tool has its painted shadow; one shadow is empty: a spanner's."""
    box((wide, 0.08, high), (0, 0.06, 0), paint(PAPER, 0.6), 0.02)
    dark, steel = paint(INK, 0.6), paint("#8E9AA6", 0.25, 0.85)
    for i in range(6):
        x, long = -wide / 2 + wide * (i + 0.5) / 6, high * (0.62 - 0.05 * i)
        empty = i == 2
        front = 0.0 if empty else -0.05
        colour = paint(YELLOW, 0.6) if empty else steel
        rod((x, front, high * 0.36 - long), (x, front, high * 0.36), 0.035, colour, 8)
        for z, turn in ((high * 0.36, 0), (high * 0.36 - long, 180)):
            with placed(x, front, z, tilt=turn):
                turned(
                    [(0.1, -0.03), (0.1, 0.03), (0.05, 0.03), (0.05, -0.03)],
                    colour,
                    axis="y",
                    around=6,
                    smooth=False,
                )
        if not empty:
            sheet(
                (
                    (x - 0.14, 0.015, high * 0.42),
                    (x + 0.14, 0.015, high * 0.42),
                    (x + 0.14, 0.015, high * 0.3 - long),
                    (x - 0.14, 0.015, high * 0.3 - long),
                ),
                dark,
            )


def bottle(liquid: str, label: str) -> None:
    """A sample bottle of oil with its label, 40 cm high to be seen from afar."""
    turned([(0.13, 0.02), (0.13, 0.27), (0.05, 0.34), (0.05, 0.36)], glow(liquid, 0.35), around=24)
    turned([(0.06, 0.36), (0.06, 0.43), (0, 0.43)], paint(INK, 0.4), around=20)
    with placed(0, -0.134, 0.14):
        sign([label], 0.2, 0.11, ground=WHITE, ink=INK, share=0.72)
