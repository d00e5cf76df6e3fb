"""People at work: seven heads tall, helmet and high-visibility vest, faces kept simple."""

from dataclasses import dataclass

import bpy
from parts_look import BLACK, INK, YELLOW, glow, paint
from parts_shapes import Point, ball, box, limb, placed, turned

SKINS = ("#F0C39B", "#8A5637", "#C98D62", "#5B3825", "#E2AE86")
VEST, BAND = "#FF7A1A", "#F4F6F0"


@dataclass(frozen=True)
class Pose:
    """Where hands and feet are, in metres from between the feet, facing +y, 1.72 m tall."""

    left_hand: Point = (-0.3, 0.06, 0.82)
    right_hand: Point = (0.3, 0.06, 0.82)
    left_foot: Point = (-0.13, 0.02, 0.06)
    right_foot: Point = (0.13, -0.02, 0.06)
    hips: float = 0.92
    lean: float = 0.0


STANDING = Pose()
POINTING = Pose(right_hand=(0.42, 0.55, 1.42))
WORKING = Pose(left_hand=(-0.2, 0.5, 1.12), right_hand=(0.2, 0.5, 1.16), lean=0.08)
HOLDING = Pose(left_hand=(-0.12, 0.36, 1.12), right_hand=(0.14, 0.38, 1.14))
WAVING = Pose(right_hand=(0.5, 0.12, 1.78))
SITTING = Pose(
    left_hand=(-0.2, 0.52, 0.78),
    right_hand=(0.2, 0.52, 0.78),
    left_foot=(-0.15, 0.52, 0.07),
    right_foot=(0.15, 0.52, 0.07),
    hips=0.54,
)
CROUCHING = Pose(
    left_hand=(-0.16, 0.6, 0.72),
    right_hand=(0.2, 0.62, 0.8),
    left_foot=(-0.15, 0.22, 0.06),
    right_foot=(0.16, -0.12, 0.06),
    hips=0.42,
    lean=0.2,
)


def _bent(start: Point, end: Point, out: Point, reach: float) -> Point:
    """Where an elbow or knee is: half way, pushed outwards as far as the limb is too long."""
    apart = sum((a - b) ** 2 for a, b in zip(start, end, strict=True)) ** 0.5
    push = max(0.0, (reach / 2) ** 2 - (apart / 2) ** 2) ** 0.5
    x, y, z = ((a + b) / 2 + o * push for a, b, o in zip(start, end, out, strict=True))
    return (x, y, z)


def _legs(pose: Pose, cloth: bpy.types.Material) -> None:
    for side, foot in ((-1, pose.left_foot), (1, pose.right_foot)):
        hip = (side * 0.1, 0.0, pose.hips)
        ankle = (foot[0], foot[1], foot[2] + 0.07)
        knee = _bent(hip, ankle, (0, 0.9, 0.42), 0.86)
        limb((hip, knee, ankle), (0.105, 0.078, 0.062), cloth)
        ball(0.075, (foot[0], foot[1] + 0.055, 0.055), paint(BLACK), 14, (0.85, 1.75, 0.85))


def _torso(pose: Pose, vest: bpy.types.Material, cloth: bpy.types.Material) -> None:
    low, lean = pose.hips, pose.lean
    heights = (
        (-0.02, 0.178),
        (0.05, 0.17),
        (0.2, 0.155),
        (0.36, 0.178),
        (0.46, 0.175),
        (0.53, 0.12),
    )
    path = [(0.0, lean * (up / 0.5) ** 1.4 if up > 0 else 0.0, low + up) for up, _ in heights]
    limb(path, [wide for _, wide in heights], vest, 20, rounded=False, flat=0.68)
    ball(0.15, (0, 0, low - 0.02), cloth, 18, (1.08, 0.72, 0.75))
    band = paint(BAND, 0.3)
    for up, wide in ((0.1, 0.166), (0.27, 0.171)):
        y = lean * (up / 0.5) ** 1.4
        limb(
            ((0, y, low + up), (0, y, low + up + 0.05)),
            (wide, wide),
            band,
            20,
            rounded=False,
            flat=0.7,
        )


def _arms(pose: Pose, sleeve: bpy.types.Material, skin: bpy.types.Material) -> None:
    top = pose.hips + 0.47
    for side, hand in ((-1, pose.left_hand), (1, pose.right_hand)):
        shoulder = (side * 0.19, pose.lean * 0.9, top)
        elbow = _bent(shoulder, hand, (side * 0.55, -0.45, -0.7), 0.58)
        limb((shoulder, elbow, hand), (0.066, 0.052, 0.042), sleeve)
        ball(0.052, hand, skin, 12)


def _head(
    pose: Pose, skin: bpy.types.Material, helmet: str | None, hair: str, bun: bool, beard: bool
) -> None:
    z, y = pose.hips + 0.68, pose.lean * 1.25
    limb(((0, pose.lean, z - 0.16), (0, y, z - 0.05)), (0.055, 0.055), skin)
    ball(0.112, (0, y, z), skin, 20, (0.86, 0.96, 1.14))
    ball(0.017, (0, y + 0.107, z - 0.012), skin, 10, (1, 1.2, 1.3))
    for side in (-1, 1):
        ball(0.011, (side * 0.038, y + 0.098, z + 0.014), paint(BLACK, 0.3), 10)
        ball(0.02, (side * 0.098, y, z - 0.005), skin, 10, (0.6, 1, 1.4))
    _smile(y + (0.012 if beard else 0.0), z)
    dark = paint(hair, 0.8)
    ball(0.118, (0, y - 0.022, z + 0.02), dark, 18, (0.9, 0.95, 1.08))
    if bun:
        _tied_hair(y, z, dark, under_helmet=helmet is not None)
    if beard:
        ball(0.085, (0, y + 0.035, z - 0.062), dark, 16, (0.86, 0.85, 0.8))
    if helmet:
        _helmet(y, z, paint(helmet, 0.3))


def _tied_hair(y: float, z: float, dark: bpy.types.Material, *, under_helmet: bool) -> None:
    """A bun on the head, or, under a helmet, a plait over one shoulder and hair at the ears."""
    if not under_helmet:
        ball(0.062, (0, y - 0.06, z + 0.145), dark, 16)
    for side in (-1, 1):
        top, low = (side * 0.092, y + 0.035, z + 0.05), (side * 0.108, y - 0.005, z - 0.085)
        limb((top, low), (0.022, 0.02), dark, 10)
    if under_helmet:
        plait = [(0.1, y - 0.02, z - 0.08), (0.12, y + 0.03, z - 0.17), (0.11, y + 0.1, z - 0.27)]
        limb(plait, (0.034, 0.038, 0.026), dark, 10)


def _smile(y: float, z: float) -> None:
    line: list[Point] = []
    for step in (-1.0, -0.5, 0.0, 0.5, 1.0):
        x, up = 0.034 * step, 0.011 * step * step - 0.054
        line.append((x, y + 0.1075 * (1 - (up / 0.128) ** 2 - (x / 0.096) ** 2) ** 0.5, z + up))
    limb(line, [0.0055] * 5, paint("#8E3B32", 0.5), 8)


def _helmet(y: float, z: float, shell: bpy.types.Material) -> None:
    dome = [(0.137, 0.0), (0.135, 0.04), (0.118, 0.085), (0.08, 0.118), (0.0, 0.132)]
    turned(dome, shell, (0, y - 0.008, z + 0.045), around=24)
    turned([(0.15, 0), (0.15, 0.012), (0.1, 0.016)], shell, (0, y, z + 0.04), around=24)
    ball(0.105, (0, y + 0.08, z + 0.05), shell, 18, (0.95, 1.05, 0.1))
    box((0.035, 0.2, 0.02), (0, y - 0.01, z + 0.176), shell, 0.006)


def person(
    pose: Pose = STANDING,
    x: float = 0,
    y: float = 0,
    z: float = 0,
    turn: float = 0,
    *,
    tall: float = 1.72,
    skin: int = 0,
    helmet: str | None = YELLOW,
    vest: str = VEST,
    cloth: str = INK,
    sleeve: str = INK,
    hair: str = "#3A2A20",
    bun: bool = False,
    beard: bool = False,
) -> None:
    """Somebody standing at (x, y), looking towards +y before the turn (degrees, left positive)."""
    flesh = paint(SKINS[skin], 0.6)
    with placed(x, y, z, turn, size=tall / 1.72):
        _legs(pose, paint(cloth, 0.8))
        _torso(pose, glow(vest, 0.12), paint(cloth, 0.8))
        _arms(pose, paint(sleeve, 0.8), flesh)
        _head(pose, flesh, helmet, hair, bun, beard)


def seat(x: float, y: float, turn: float = 0) -> None:
    """An office chair for somebody sitting."""
    dark, frame = paint(INK, 0.7), paint("#8D98A5", 0.4, 0.6)
    with placed(x, y, 0, turn):
        box((0.5, 0.48, 0.09), (0, 0.05, 0.42), dark, 0.03)
        box((0.46, 0.08, 0.55), (0, -0.23, 0.8), dark, 0.03)
        limb(((0, 0, 0.4), (0, 0, 0.08)), (0.035, 0.035), frame)
        turned([(0.3, 0.03), (0.3, 0.06), (0.05, 0.12)], frame, around=5, smooth=False)
