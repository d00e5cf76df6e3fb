"""The control room above the basin: the wall of screens, the desks, the people on duty."""

from parts_look import (
    INK,
    PAPER,
    STEEL,
    TEAL,
    VERMILION,
    WHITE,
    YELLOW,
    glow,
    lamp,
    paint,
    sky,
    sun,
    water,
)
from parts_people import SITTING, STANDING, Pose, person, seat
from parts_plant import lane, railing
from parts_screens import clock_face, small_screen, tide_curve, units_state, vibration_night
from parts_shapes import ball, box, limb, placed, ring, rod, turned
from parts_shore import gull, hill, house, planting, sail, surface
from parts_shot import name, shoot
from parts_signs import panel, round_panel, sign

WEST, EAST, SOUTH, NORTH, ROOF = -5.6, 5.2, -4.2, 5.0, 3.7
BASIN = -8.0
EXPLAINING = Pose(left_hand=(-0.5, 0.16, 1.42), right_hand=(0.24, 0.3, 1.1))
WHEELING = Pose(
    left_hand=(-0.2, 0.5, 0.86),
    right_hand=(0.46, 0.3, 1.2),
    left_foot=(-0.12, 0.6, 0.16),
    right_foot=(0.12, 0.6, 0.16),
    hips=0.56,
)


def shell() -> None:
    """Floor, walls, a ceiling of slats, a window as long as the west wall and half the north."""
    wall, frame = paint("#F1E9DA", 0.8), paint(INK, 0.5)
    box((EAST - WEST, NORTH - SOUTH, 0.1), (-0.2, 0.4, -0.05), paint("#6F9597", 0.35), 0)
    box((EAST - WEST, NORTH - SOUTH, 0.15), (-0.2, 0.4, ROOF + 0.08), paint(PAPER, 0.9), 0)
    box((EAST - WEST, 0.2, ROOF), (-0.2, SOUTH, ROOF / 2), wall, 0)
    box((0.2, NORTH - SOUTH, ROOF), (EAST, 0.4, ROOF / 2), wall, 0)
    box((EAST + 2.6, 0.2, ROOF), ((EAST - 2.6) / 2, NORTH, ROOF / 2), wall, 0)
    box((3.2, 0.2, 0.8), (-4.1, NORTH, 0.4), wall, 0)
    box((3.2, 0.2, 0.5), (-4.1, NORTH, ROOF - 0.25), wall, 0)
    box((0.2, NORTH - SOUTH, 0.8), (WEST, 0.4, 0.4), wall, 0)
    box((0.2, NORTH - SOUTH, 0.5), (WEST, 0.4, ROOF - 0.25), wall, 0)
    for i in range(6):
        box((0.12, 0.14, 2.6), (WEST, SOUTH + 0.1 + 1.82 * i, 2.0), frame, 0.01)
    for x in (-4.1, -2.65):
        box((0.12, 0.12, 2.5), (x, NORTH, 2.0), frame, 0.01)
    box((0.5, NORTH - SOUTH, 0.06), (WEST + 0.25, 0.4, 0.83), paint("#C98D4F", 0.5), 0.01)
    for y in (-3.2, -1.6, 0.0, 1.6, 3.2):
        box(
            (EAST - WEST - 0.6, 0.24, 0.16),
            (-0.2, y + 0.4, ROOF - 0.12),
            paint("#B57F43", 0.6),
            0.01,
        )
    for i in range(19):
        lane([(WEST + 0.57 * i, SOUTH), (WEST + 0.57 * i, NORTH)], 0.018, "#5C8184")
    for x, y in ((-2.8, -1.2), (2.4, -1.2), (-2.8, 2.8), (2.4, 2.8)):
        turned([(0.5, 0), (0.5, 0.06), (0, 0.06)], glow("#FFEBC2", 5), (x, y, ROOF - 0.32))
        lamp((x, y, ROOF - 0.4), 80, 1.0)
    box((EAST + 2.5, 0.05, 0.3), ((EAST - 2.5) / 2, NORTH - 0.12, 0.5), paint(TEAL, 0.6), 0)


def screen_wall() -> None:
    """Three big screens: tide, units, vibration; the clock above them."""
    box((7.3, 0.16, 2.0), (1.25, NORTH - 0.2, 2.2), paint(INK, 0.5), 0.04)
    for i, (thing, draw) in enumerate(
        (
            ("tide-screen", tide_curve),
            ("units-screen", units_state),
            ("vibration-screen", vibration_night),
        )
    ):
        with placed(-1.1 + 2.35 * i, NORTH - 0.3, 2.2):
            panel(2.26, 1.76, draw(2.26, 1.76), 0.9)
            name(thing)
    with placed(EAST - 0.12, 2.2, 2.75, -90):
        round_panel(0.42, clock_face(0.42))
        name("clock")


def desk(
    width: float, screens: tuple[int, ...], height: float = 0.74, wood: str = "#D29A5B"
) -> None:
    """A desk whose screens face −y."""
    box((width, 0.85, 0.06), (0, 0, height), paint(wood, 0.5), 0.02)
    for x in (-width / 2 + 0.2, width / 2 - 0.2):
        box((0.1, 0.5, height), (x, 0, height / 2), paint(STEEL, 0.4, 0.6), 0.01)
        box((0.14, 0.8, 0.06), (x, 0, 0.03), paint(INK, 0.5), 0.01)
    gap = width / len(screens)
    for i, style in enumerate(screens):
        with placed(-width / 2 + gap * (i + 0.5), 0.18, height, 0):
            rod((0, 0.05, 0), (0, 0.05, 0.3), 0.03, paint(INK, 0.5), 8)
            box((0.72, 0.05, 0.46), (0, 0.03, 0.42), paint(INK, 0.4), 0.01)
            with placed(0, 0, 0.42):
                panel(0.66, 0.4, small_screen(0.66, 0.4, style), 0.8)
            box((0.44, 0.15, 0.02), (0, -0.34, 0.04), paint(INK, 0.5), 0.005)


def wheelchair() -> None:
    """A light wheelchair, facing +y."""
    frame, dark = paint(VERMILION, 0.35), paint(INK, 0.6)
    for side in (-0.29, 0.29):
        ring(0.29, 0.022, (side, -0.02, 0.31), dark, axis="x", around=32)
        ring(0.24, 0.01, (side * 1.06, -0.02, 0.31), paint(STEEL, 0.3, 0.8), axis="x", around=28)
        for k in range(3):
            with placed(side, -0.02, 0.31, tilt=60 * k):
                rod((0, 0, -0.28), (0, 0, 0.28), 0.007, paint(STEEL, 0.3, 0.8), 6)
        limb(
            (
                (side * 0.9, -0.2, 0.85),
                (side * 0.9, -0.16, 0.46),
                (side * 0.9, 0.3, 0.44),
                (side * 0.7, 0.55, 0.14),
            ),
            (0.02,) * 4,
            frame,
            8,
        )
        ring(0.07, 0.02, (side * 0.75, 0.42, 0.09), dark, axis="x", around=16)
    box((0.48, 0.46, 0.07), (0, 0.04, 0.44), dark, 0.02)
    box((0.46, 0.05, 0.4), (0, -0.2, 0.68), dark, 0.02)
    box((0.4, 0.2, 0.03), (0, 0.6, 0.1), dark, 0.01)


def team() -> None:
    """Karim at the desk that rises, Nolwenn in front of the wall, two more on duty."""
    with placed(2.75, 1.15, 0, -62):
        desk(1.9, (2, 1), height=0.8)
        name("adapted-desk", (0.85, -0.3, 0.5))
        for x in (-0.75, 0.75):
            box((0.16, 0.16, 0.5), (x, 0, 0.25), paint(YELLOW, 0.4), 0.02)
    with placed(1.55, 0.9, 0, 5):
        wheelchair()
        person(WHEELING, 0, -0.02, 0, skin=2, helmet=None, vest=TEAL, hair="#1E1714", beard=True)
    name("operator", (1.6, 0.9, 0.86))
    with placed(-0.1, 3.2):
        desk(3.4, (0, 2, 1, 0))
        duck(-0.42, 0.2, 1.39)
        red_phone(1.5, -0.15, 0.8)
    seat(-0.8, 2.35, 8)
    person(SITTING, -0.8, 2.35, 0, 8, skin=1, helmet=None, vest=TEAL, hair="#17120F", bun=True)
    seat(0.75, 2.4, -10)
    person(
        EXPLAINING, -2.35, 1.95, 0, 208, skin=0, helmet=None, vest=TEAL, hair="#C9975A", tall=1.7
    )
    name("shift-leader", (-2.35, 1.95, 1.12))
    person(
        STANDING, 3.2, -2.9, 0, 60, skin=4, helmet=None, vest="#FF7A1A", hair="#8E8E8E", beard=True
    )


def duck(x: float, y: float, z: float) -> None:
    """The yellow duck that has watched over the desk since the first start."""
    yellow = paint(YELLOW, 0.3)
    with placed(x, y, z, 150, size=1.25):
        ball(0.07, (0, 0, 0.06), yellow, 16, (0.85, 1.15, 0.8))
        ball(0.05, (0, 0.05, 0.14), yellow, 16)
        ball(0.022, (0, 0.1, 0.135), paint(VERMILION, 0.4), 10, (1.2, 1.2, 0.5))
        for side in (-0.025, 0.025):
            ball(0.009, (side, 0.09, 0.155), paint(INK, 0.2), 8)
        name("duck", (0, 0, 0.08))


def red_phone(x: float, y: float, z: float) -> None:
    """The line to the grid's dispatchers."""
    with placed(x, y, z, -20, size=1.4):
        box((0.2, 0.22, 0.07), (0, 0, 0.0), paint(VERMILION, 0.35), 0.02)
        limb(
            ((-0.1, 0, 0.1), (-0.06, 0, 0.085), (0.06, 0, 0.085), (0.1, 0, 0.1)),
            (0.035, 0.02, 0.02, 0.035),
            paint(VERMILION, 0.3),
            10,
        )
        name("grid-phone", (0, 0, 0.06))


def view() -> None:
    """The basin below the windows: water, far banks, the dam's road, sails."""
    surface(BASIN, water("#1F7D84", 0.4))
    hill(-130, 30, BASIN, 80, 15, "#6E9B57")
    hill(-90, 150, BASIN, 80, 19, "#7FA56A")
    hill(-170, -90, BASIN, 100, 17, "#8FB08C")
    for x, y, turn in ((-60, 30, 70), (-57, 20, 85), (-62, 41, 60), (-58, 9, 95)):
        house(x, y, BASIN + 1.2, turn)
    planting([(-59, 15, 8), (-60, 36, 9), (-64, 49, 10), (-60, 2, 9)], BASIN + 1)
    ball(1, (-60, 25, BASIN), paint("#9DB46A", 0.9), 32, (9, 34, 1.6))
    sail(-34, -6, BASIN)
    sail(-48, 9, BASIN, YELLOW)
    box((6, 140, 8), (-18, 92, BASIN + 2), paint("#CDBFA6", 0.8), 0)
    railing((-15.2, 24, BASIN + 6), (-15.2, 60, BASIN + 6), 14)
    for y in (30, 38, 46):
        box((7, 1.6, 13), (-18, y, BASIN + 6), paint("#CDBFA6", 0.8), 0.05)
        box((2, 6, 4), (-15.5, y + 4, BASIN + 6), paint(YELLOW, 0.5), 0.05)
    for x, y, z in ((-14, 4, 3.0), (-11, -3, 2.4), (-17, 9, 4.2)):
        gull(x, y, z, 70, 1.1)


def room_things() -> None:
    """Doors, whiteboard, plants, coats, coffee."""
    for x, label, thing, width in (
        (-2.6, "SALLE DES MACHINES", "to-hall", 2.3),
        (2.2, "POSTE ÉLECTRIQUE", "to-switchyard", 2.2),
    ):
        with placed(x, SOUTH + 0.12, 0, 180):
            box((1.2, 0.08, 2.2), (0, 0, 1.1), paint(TEAL, 0.5), 0.02)
            box((0.5, 0.1, 0.7), (0, 0, 1.6), paint("#CFE3E3", 0.2), 0.02)
            rod((0.45, -0.08, 1.0), (0.45, -0.08, 1.2), 0.02, paint(STEEL, 0.3, 0.8), 8)
            with placed(0, -0.05, 2.6):
                sign([label], width, 0.4, share=0.62)
            name(thing, (0, 0, 1.2))
    with placed(EAST - 0.12, -1.4, 1.75, -90):
        sign(
            ["SANS ACCIDENT", "412 jours"], 2.3, 1.3, ground=WHITE, ink=INK, share=0.55, border=TEAL
        )
        name("safety-board")
    for x, y in ((-5.0, 4.4), (4.6, -3.6), (-5.0, -3.7)):
        turned([(0.2, 0), (0.27, 0.5), (0.22, 0.5), (0.2, 0.4)], paint(VERMILION, 0.6), (x, y, 0))
        for k in range(9):
            with placed(x, y, 0.45, 40 * k):
                limb(
                    ((0, 0.05, 0), (0, 0.2, 0.5), (0, 0.5 + 0.05 * (k % 3), 0.85)),
                    (0.02, 0.1, 0.02),
                    paint("#2F7B4E", 0.7),
                    8,
                    flat=0.25,
                )
    box((1.5, 0.55, 0.9), (-0.2, SOUTH + 0.45, 0.45), paint("#D29A5B", 0.5), 0.02)
    box((0.42, 0.4, 0.5), (-0.5, SOUTH + 0.45, 1.15), paint(INK, 0.4), 0.04)
    for i, colour in enumerate((YELLOW, TEAL, VERMILION, PAPER)):
        turned(
            [(0.04, 0), (0.045, 0.1), (0.035, 0.1), (0.03, 0.02)],
            paint(colour, 0.3),
            (-0.1 + 0.13 * i, SOUTH + 0.4, 0.9),
            around=14,
        )
    for i, colour in enumerate((YELLOW, YELLOW, PAPER, TEAL)):
        ball(
            0.15, (0.4 + 0.36 * i - 0.55, SOUTH + 0.25, 2.0), paint(colour, 0.3), 16, (1, 0.9, 0.75)
        )
    box((1.7, 0.06, 0.08), (0.0, SOUTH + 0.15, 2.12), paint("#B57F43", 0.6), 0.01)


def build() -> None:
    """The room in the morning, the sun low over the basin."""
    sky(light=1.0)
    sun(-115, 30, 4.6)
    shell()
    screen_wall()
    team()
    view()
    room_things()


if __name__ == "__main__":
    shoot(build, exposure=0.3)
