"""Angles between directions: yaw to the right, pitch upwards, degrees."""

from math import acos, cos, degrees, radians, sin


def angle(yaw: float, pitch: float, other_yaw: float, other_pitch: float) -> float:
    """Degrees between two directions, along the great circle (spherical law of cosines)."""
    turn = radians(yaw - other_yaw)
    up, other_up = radians(pitch), radians(other_pitch)
    cosine = sin(up) * sin(other_up) + cos(up) * cos(other_up) * cos(turn)
    return degrees(acos(max(-1.0, min(1.0, cosine))))


def turned(yaw: float) -> float:
    """The same yaw between −180 and 180."""
    return (yaw + 180) % 360 - 180
