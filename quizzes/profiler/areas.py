"""The six areas of interest, after Holland (1997), and six numbers side by side."""

from collections.abc import Mapping
from typing import Literal, get_args

Area = Literal["R", "I", "A", "S", "E", "C"]
AREAS: tuple[Area, ...] = get_args(Area)
"""Realistic, Investigative, Artistic, Social, Enterprising, Conventional, in Holland's order."""

Scores = Mapping[Area, float]
"""A number for each area."""


def ranked(scores: Mapping[Area, float]) -> list[tuple[Area, ...]]:
    """The areas from the highest number to the lowest; those that are equal stand together."""
    levels = sorted(set(scores.values()), reverse=True)
    return [tuple(area for area in AREAS if scores.get(area) == level) for level in levels]
