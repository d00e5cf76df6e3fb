"""A bulb turbine seen from its runner: five metres across, four blades, axis along y.

The front faces −y. After the machines of La Rance: a runner with four blades that turn on their
hub, guide vanes around the bulb, a ring of thick steel in the concrete.
"""

from itertools import pairwise
from math import cos, pi, radians, sin

import bmesh
import bpy
from mathutils import Matrix
from parts_look import INK, PAPER, YELLOW, glow, lamp, paint
from parts_shapes import add, ball, finish, placed, ring, rod, sheet, turned
from parts_shot import name

RUNNER, HUB, BLADES, BOLTS = 2.5, 0.95, 4, 8
LOOSE_BOLT = 6
_BRONZE = "#D9A05B"


def _blade(turn: float, metal: bpy.types.Material) -> None:
    """One twisted blade, from hub to tip: wide outside, set flatter there."""
    bm = bmesh.new()
    grid = []
    for i in range(9):
        r = HUB * 0.96 + (RUNNER * 0.985 - HUB * 0.96) * i / 8
        spread, lean = radians(30 + 9 * i / 8), 0.62 - 0.33 * i / 8
        row = []
        for k in range(9):
            a = spread * (k / 4 - 1)
            row.append(bm.verts.new((r * sin(a), -a * r * lean * 0.8, r * cos(a))))
        grid.append(row)
    for low, high in pairwise(grid):
        for k in range(8):
            bm.faces.new((low[k], low[k + 1], high[k + 1], high[k]))
    bmesh.ops.rotate(bm, verts=bm.verts, matrix=Matrix.Rotation(radians(turn), 3, "Y"))
    blade = add(finish(bm, "blade"), metal, smooth=True)
    thick = blade.modifiers.new("thick", "SOLIDIFY")
    thick.thickness, thick.offset = 0.09, 0


def concrete_mouth(width: float, low: float, high: float, depth: float, wall: object) -> None:
    """A wall with a round mouth for the machine, its axis at z = 0."""
    around, hole = 64, RUNNER + 0.42
    front, back, outer = [], [], []
    for i in range(around):
        a = 2 * pi * i / around
        c, s = cos(a), sin(a)
        top = high if s > 0 else low
        reach = min(width / 2 / max(abs(c), 1e-6), top / max(abs(s), 1e-6))
        front.append((hole * c, 0.0, hole * s))
        back.append((hole * c, depth, hole * s))
        outer.append((reach * c, 0.0, reach * s))
    for i in range(around):
        j = (i + 1) % around
        sheet((front[i], front[j], outer[j], outer[i]), wall)
    turned([(hole, 0), (hole, depth)], wall, axis="y", around=around, closed=False)
    for x in (-width / 2, width / 2):
        for z in (-low, high):
            corner = (x, 0, z)
            near = sorted(outer, key=lambda p, c=corner: (p[0] - c[0]) ** 2 + (p[2] - c[2]) ** 2)
            sheet((corner, near[0], near[1]), wall)


def _bolts(marked: bool) -> None:
    """The coupling's bolts, numbered by the clock; a painted line tells if one has turned."""
    nut, line = paint("#58616D", 0.35, 0.7), glow(YELLOW, 0.6)
    for i in range(BOLTS):
        a = 2 * pi * i / BOLTS
        with placed(0.66 * sin(a), -0.02, 0.66 * cos(a)):
            turned([(0.14, 0), (0.14, -0.13), (0.1, -0.15)], nut, axis="y", around=6, smooth=False)
            crooked = radians(90) if marked and i + 1 == LOOSE_BOLT else 0.0
            dx, dz = sin(a + crooked), cos(a + crooked)
            rod((-dx * 0.1, -0.16, -dz * 0.1), (dx * 0.15, -0.16, dz * 0.15), 0.03, line, 6)
            if marked and i + 1 == LOOSE_BOLT:
                name("loose-bolt")
        if marked:
            end = (0.9 * sin(a), -0.03, 0.9 * cos(a))
            rod((0.82 * sin(a), -0.03, 0.82 * cos(a)), end, 0.03, line, 6)


def _guide_vanes(metal: object, depth: float) -> None:
    for i in range(16):
        a = 2 * pi * (i + 0.5) / 16
        with placed(0, depth, 0):
            x, z = sin(a), cos(a)
            rod((1.5 * x, 0, 1.5 * z), (2.85 * x, -0.35, 2.85 * z), 0.07, metal, 8)
            sheet(
                (
                    (1.5 * x - 0.25 * z, 0.1, 1.5 * z + 0.25 * x),
                    (1.5 * x + 0.25 * z, -0.1, 1.5 * z - 0.25 * x),
                    (2.85 * x + 0.4 * z, -0.55, 2.85 * z - 0.4 * x),
                    (2.85 * x - 0.4 * z, -0.2, 2.85 * z + 0.4 * x),
                ),
                metal,
            )


def bulb_turbine(colour: str, turn: float, opened: bool, depth: float = 5.0) -> None:
    """The machine in its mouth; `opened`: its nose cone is off, the coupling shows."""
    metal, body = paint(_BRONZE, 0.32, 0.75), paint(colour, 0.35)
    collar = [
        (RUNNER + 0.08, -0.28),
        (RUNNER + 0.62, -0.28),
        (RUNNER + 0.7, -0.2),
        (RUNNER + 0.7, 0.05),
        (RUNNER + 0.08, 0.05),
        (RUNNER + 0.08, -0.28),
    ]
    turned(collar, body, axis="y", around=64, closed=False)
    for i in range(24):
        a = 2 * pi * i / 24
        ball(0.07, ((RUNNER + 0.4) * cos(a), -0.29, (RUNNER + 0.4) * sin(a)), paint(INK, 0.4), 8)
    turned(
        [(RUNNER + 0.06, 0), (RUNNER + 0.06, depth)],
        paint("#5D6B78", 0.5),
        axis="y",
        around=64,
        closed=False,
    )
    turned(
        [(HUB, 0.1), (HUB, 0.9), (1.35, 1.6), (1.75, 2.6), (1.75, depth)],
        paint(colour, 0.4),
        axis="y",
        around=48,
    )
    _guide_vanes(paint(PAPER, 0.4), 1.9)
    for i in range(BLADES):
        with placed(0, 0.35, 0):
            _blade(turn + 360 * i / BLADES, metal)
    turned(
        [(HUB, 0.5), (HUB, 0.08), (HUB - 0.05, 0.0), (0, 0.0)],
        paint("#C4CBD2", 0.3, 0.6),
        axis="y",
        around=48,
    )
    if opened:
        turned(
            [(0.36, 0), (0.36, -0.3), (0.3, -0.34), (0, -0.34)],
            paint("#C4CBD2", 0.25, 0.7),
            axis="y",
        )
        _bolts(marked=True)
    else:
        turned(
            [(HUB, 0.02), (HUB * 0.9, -0.3), (HUB * 0.66, -0.62), (HUB * 0.3, -0.85), (0, -0.92)],
            paint(colour, 0.35),
            axis="y",
            around=40,
        )
    lamp((0, depth * 0.8, 2.1), 60, 1.0, down=False)


def nose_cone(colour: str) -> None:
    """The cap of the hub on its own, point down, as it hangs or stands when taken off."""
    profile = [(HUB, 0), (HUB * 0.9, -0.3), (HUB * 0.66, -0.62), (HUB * 0.3, -0.85), (0, -0.92)]
    turned(profile, paint(colour, 0.35), around=40, closed=False)
    ring(HUB - 0.06, 0.05, (0, 0, 0), paint(INK, 0.4))
