"""The radar chart: six axes and a shape, as numbers for an SVG of 360 by 320 units."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Any

from quizzes.profiler.areas import AREAS
from quizzes.profiler.scoring import Profile

CENTRE = (180.0, 160.0)
RADIUS = 106.0
LABEL = 1.28
"""How far out the names stand, in radii."""
RINGS = (0.25, 0.5, 0.75, 1.0)


def point(axis: int, part: float) -> tuple[float, float]:
    """Where `part` of the radius lies on an axis; the first one points up."""
    angle = 2 * pi * axis / len(AREAS) - pi / 2
    return (
        round(CENTRE[0] + RADIUS * part * cos(angle), 1),
        round(CENTRE[1] + RADIUS * part * sin(angle), 1),
    )


def written(points: Sequence[tuple[float, float]]) -> str:
    """Points as SVG writes them."""
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def ring(part: float) -> str:
    """The hexagon at a part of the radius."""
    return written([point(axis, part) for axis in range(len(AREAS))])


def frame(names: Sequence[Any]) -> dict[str, Any]:
    """The rings, and each axis with its end, its name and where the name stands."""
    return {
        "rings": [ring(part) for part in RINGS],
        "axes": [(name, point(n, 1), point(n, LABEL)) for n, name in enumerate(names)],
        "centre": CENTRE,
    }


def shape(profile: Profile) -> str:
    """The outline of a profile; an area without score lies at the centre."""
    parts = [(profile.scores.get(area) or 0) / profile.most for area in AREAS]
    return written([point(axis, part) for axis, part in enumerate(parts)])
