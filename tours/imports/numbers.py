"""Numbers in files of others."""

import math
from typing import Any


def number(value: Any, default: float = 0.0) -> float:
    """`value` as a finite number, else `default`."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return default
    try:
        found = float(value)
    except ValueError:
        return default
    return found if math.isfinite(found) else default


def between(value: float, low: float, high: float) -> float:
    """The nearest number between both, to a hundredth of a degree."""
    return round(max(low, min(high, value)), 2)
