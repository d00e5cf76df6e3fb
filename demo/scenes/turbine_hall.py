"""The turbine hall: three bulb turbines, the third opened, a travelling crane over them."""

from math import cos, pi, radians, sin

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
    speckled,
    sun,
)
from parts_people import CROUCHING, HOLDING, POINTING, STANDING, WORKING, Pose, person
from parts_plant import (
    barrel,
    cabinet,
    cone,
    crane_bridge,
    gauge_post,
    lane,
    railing,
    slings,
    tool_trolley,
    window_wall,
)
from parts_shapes import ball, box, limb, placed, prism, rod, sheet, truss, turned
from parts_shot import name, shoot
from parts_signs import sign, stripes
from parts_turbine import bulb_turbine, concrete_mouth, nose_cone

WEST, EAST, SOUTH, NORTH, ROOF = -26.0, 17.0, -8.0, 7.0, 12.0
AXIS = 3.05
MECHANIC = Pose(left_hand=(-0.24, 0.3, 1.08), right_hand=(0.5, -0.3, 1.45))
UNITS = ((-18.0, TEAL, 12.0), (-7.4, YELLOW, 38.0), (3.2, VERMILION, 22.0))


def shell() -> None:
    """Floor, walls with real windows, roof with open skylights."""
    floor = speckled("#5F8388", "#6E9296", 0.5, 0.3)
    middle, long = (WEST + EAST) / 2, EAST - WEST
    box((long, NORTH - SOUTH, 0.2), (middle, (NORTH + SOUTH) / 2, -0.1), floor, 0)
    sheet(
        ((-400, -400, -0.6), (400, -400, -0.6), (400, 400, -0.6), (-400, 400, -0.6)),
        paint("#2D7F86", 0.25),
    )
    wall, frame = paint("#EADFC9", 0.7), paint(INK, 0.5)
    with placed(middle, SOUTH):
        window_wall(long, 3.6, 9.2, ROOF, 7, wall, frame)
    with placed(middle, NORTH + 0.4):
        window_wall(long, 7.2, 10.2, ROOF, 7, wall, frame)
    for x, way in ((WEST, 90), (EAST, -90)):
        with placed(x, (SOUTH + NORTH) / 2, 0, way):
            end_wall(wall, frame)
    roof(middle, long)


def end_wall(wall: object, frame: object) -> None:
    """A gable with a tall door that stands open on the morning."""
    half = (NORTH - SOUTH) / 2 + 0.4
    for side in (-1, 1):
        box((half - 2.6, 0.3, ROOF), (side * (half + 2.6) / 2, 0, ROOF / 2), wall, 0)
        box((0.3, 0.5, 5.4), (side * 2.6, -0.05, 2.7), paint(YELLOW, 0.5), 0.02)
    box((5.2, 0.3, ROOF - 5.4), (0, 0, (ROOF + 5.4) / 2), wall, 0)
    box((5.4, 0.5, 0.5), (0, -0.05, 5.5), frame, 0.03)


def roof(middle: float, long: float) -> None:
    """Trusses and a ceiling in strips that leave the sky between them."""
    for y, deep in ((SOUTH + 1.7, 4.4), (-0.5, 4.4), (NORTH - 1.7, 4.4)):
        box((long, deep, 0.2), (middle, y, ROOF + 1.4), paint("#D8CDB8", 0.8), 0)
    steel = paint(INK, 0.45)
    for i in range(8):
        x = WEST + 2 + (long - 4) * i / 7
        truss((x, SOUTH, ROOF + 1.2), (x, NORTH + 0.4, ROOF + 1.2), 1.5, 8, steel, 0.09)
        for y in (SOUTH + 0.45, NORTH):
            box((0.5, 0.5, ROOF), (x, y, ROOF / 2), steel, 0.04)
    for y in (SOUTH + 0.7, NORTH - 0.3):
        box((long, 0.6, 0.7), (middle, y, 9.9), paint(YELLOW, 0.5), 0.03)
    for i in range(6):
        x = WEST + 5 + 7 * i
        for y in (-4.5, 3.5):
            turned([(0.45, 0), (0.12, 0.5), (0.05, 0.55)], paint(INK, 0.4), (x, y, 10.2), around=20)
            ball(0.3, (x, y, 10.2), glow("#FFE2A8", 6), 12, (1, 1, 0.5))
            rod((x, y, 10.7), (x, y, 11.4), 0.03, steel, 6)
    lamp((middle - 6, -0.5, 11.0), 900, 12)
    lamp((middle + 9, -0.5, 11.0), 900, 12)


def units() -> None:
    """The three machines in their mouths, numbered."""
    concrete = speckled("#C9BDA8", "#D6CBB8", 1.1, 0.8)
    for number, (x, colour, turn) in enumerate(UNITS, 1):
        with placed(x, NORTH - 1.0, AXIS):
            concrete_mouth(10.6, AXIS, 4.2, 5.5, concrete)
            bulb_turbine(colour, turn, opened=number == 3)
            name(f"turbine-{number}", (0, -0.3, 1.2))
            with placed(0, -0.12, 3.72):
                sign(
                    [f"GROUPE {number}"],
                    3.4,
                    0.72,
                    share=0.72,
                    ground=VERMILION if number == 3 else INK,
                )
    east = UNITS[2][0] + 5.3
    box((EAST - east, 1.0, 7.25), ((EAST + east) / 2, NORTH - 0.5, 3.62), concrete, 0)
    box((EAST - WEST, 1.2, 0.25), ((WEST + EAST) / 2, NORTH - 0.5, 7.3), paint(INK, 0.5), 0.02)
    for x in (UNITS[0][0], UNITS[1][0]):
        railing((x - 3.4, NORTH - 2.3, 0), (x + 3.4, NORTH - 2.3, 0), 5)


def works() -> None:
    """What goes on around unit 3: cone on the crane, people, tools, warning signs."""
    x, _, _ = UNITS[2]
    with placed(x + 5.2, SOUTH + 0.8, 0):
        crane_bridge(NORTH - SOUTH - 1, 10.2, "PONT ROULANT 20 t", 10.2, 5.4)
        slings((0, 10.2, 5.4), 1.6, 0.62)
        with placed(0, 10.2, 3.8):
            nose_cone(VERMILION)
        name("nose-cone", (0, 10.2, 3.4))
        name("crane", (-1.2, 5.1, 10.2))
    scaffold(x)
    with placed(x - 3.9, NORTH - 3.1, 0, 10):
        gauge_post(6.8, 10, "mm/s", 4.5)
        name("vibration-gauge", (0, 0, 1.77))
    with placed(x + 1.3, 2.9, 0, -18):
        tool_trolley()
    for cx, cy in ((x - 2.9, 3.3), (x - 0.9, 3.0), (x + 3.0, 3.4)):
        cone(cx, cy)
    person(POINTING, x + 1.9, 4.35, 0.62, 55, skin=2, helmet=YELLOW)
    person(MECHANIC, 3.3, 1.5, 0, 128, skin=0, bun=True, hair="#7A3B1D", helmet=PAPER)
    name("mechanic", (3.3, 1.5, 1.12))
    with placed(-2.9, -1.3, 0, 296):
        person(HOLDING, skin=1, helmet=YELLOW, tall=1.8)
        with placed(0, 0.4, 1.24, 180, tilt=-35):
            box((0.3, 0.02, 0.22), (0, 0, 0), paint(INK, 0.4), 0.01)
        name("apprentice", (0, 0, 0.8))
    person(CROUCHING, x - 1.5, 4.6, 0.62, -30, skin=4, helmet=TEAL, beard=True)
    person(STANDING, -8.6, 3.0, 0, -15, skin=2, helmet=YELLOW, bun=True)
    person(WORKING, -13.3, 4.2, 0, -10, skin=3, helmet=YELLOW)


def scaffold(x: float) -> None:
    """A low work platform before the opened hub."""
    deck = paint("#9AA5AE", 0.5, 0.4)
    box((5.0, 1.3, 0.08), (x, 4.5, 0.58), deck, 0.01)
    with placed(x, 3.83, 0.45):
        stripes(5.0, 0.24)
    for dx in (-2.4, 0, 2.4):
        for y in (3.95, 5.05):
            rod((x + dx, y, 0), (x + dx, y, 0.56), 0.05, paint(INK, 0.5), 8)
    for i in range(2):
        box((0.7, 0.28, 0.06), (x + 2.85, 4.3, 0.2 + 0.2 * i), deck, 0.01)


def lockout_board(x: float, y: float) -> None:
    """Red padlocks on a board: one for each person who works on the machine."""
    with placed(x, y, 0, 180):
        box((2.3, 0.08, 1.7), (0, 0, 1.65), paint(PAPER, 0.5), 0.02)
        with placed(0, -0.06, 2.28):
            sign(["CONSIGNATION"], 2.1, 0.34, ground=VERMILION, share=0.7)
        for i in range(8):
            px, pz = -0.84 + 0.56 * (i % 4), 1.75 - 0.52 * (i // 4)
            rod((px, -0.05, pz + 0.14), (px, -0.14, pz + 0.14), 0.02, paint(INK, 0.4), 8)
            if i < 5:
                limb(
                    (
                        (px - 0.07, -0.1, pz),
                        (px - 0.07, -0.1, pz + 0.13),
                        (px, -0.1, pz + 0.18),
                        (px + 0.07, -0.1, pz + 0.13),
                        (px + 0.07, -0.1, pz),
                    ),
                    (0.018,) * 5,
                    paint(STEEL, 0.3, 0.7),
                    8,
                )
                box((0.22, 0.1, 0.2), (px, -0.1, pz - 0.08), paint(VERMILION, 0.35), 0.03)
        name("lockout-board", (0, 0, 1.6))


def behind() -> None:
    """The south side: cabinets, the lockout board, drums, a bench, and a dropped glove."""
    for i, label in enumerate(("T1 COMMANDE", "T2 COMMANDE", "T3 COMMANDE")):
        with placed(-9.0 + 2.2 * i, SOUTH + 0.8, 0, 180):
            cabinet(label, 1.9, 2.4)
    name("cabinets", (-6.8, SOUTH + 1.1, 1.6))
    lockout_board(0.4, SOUTH + 0.35)
    person(STANDING, -1.7, -5.6, 0, 205, skin=2, helmet=PAPER, hair="#222222", tall=1.66)
    for bx, by, colour in ((8.4, -7.4, TEAL), (9.1, -7.7, TEAL), (8.9, -6.9, YELLOW)):
        barrel(bx, by, colour)
    bench()
    spare_parts()
    for x in range(-24, 17, 4):
        lane([(x, SOUTH + 0.2), (x, NORTH - 1.1)], 0.035, "#4C6E73")
    lane([(WEST + 1, 2.2), (EAST - 1, 2.2)])
    lane([(WEST + 1, -2.6), (EAST - 1, -2.6)])
    with placed(EAST - 0.25, -0.5, 6.3, -90):
        sign(["ATELIER"], 4.0, 0.9, ground=TEAL, share=0.72)
        name("to-workshop", (0, 0, -3.2))
    with placed(WEST + 0.25, -0.5, 6.3, 90):
        sign(["QUAI"], 4.0, 0.9, ground=TEAL, share=0.72)
        name("to-quay", (0, 0, -3.6))
    stairs()


def bench() -> None:
    """A low bench; the spanner that everybody looks for lies under it."""
    wood = paint("#C98D4F", 0.6)
    box((2.2, 0.5, 0.07), (5.2, -6.6, 0.48), wood, 0.02)
    for x in (4.3, 6.1):
        box((0.08, 0.45, 0.46), (x, -6.6, 0.23), paint(INK, 0.5), 0.01)
    ball(0.16, (4.6, -6.6, 0.6), paint(YELLOW, 0.3), 16, (1, 1, 0.8))
    rod((4.9, -6.35, 0.05), (5.5, -6.2, 0.05), 0.035, glow(YELLOW, 0.3), 8)
    turned(
        [(0.09, 0), (0.09, 0.06), (0.05, 0.06), (0.05, 0)],
        glow(YELLOW, 0.3),
        (5.57, -6.18, 0.02),
        around=12,
    )
    name("lost-spanner", (5.2, -6.28, 0.05))


def spare_parts() -> None:
    """Things on the floor near the eye: a spare blade on its stand, a pallet with a bearing."""
    with placed(-3.6, 3.4, 0, 30):
        box((1.7, 1.1, 0.14), (0, 0, 0.09), paint("#B57F43", 0.7), 0.02)
        turned(
            [(0.62, 0.16), (0.62, 0.5), (0.42, 0.5), (0.42, 0.16), (0.62, 0.16)],
            paint(STEEL, 0.3, 0.8),
            closed=False,
        )
        for i in range(14):
            a = 2 * pi * i / 14
            ball(0.085, (0.52 * cos(a), 0.52 * sin(a), 0.5), paint("#E9EDF0", 0.15, 0.9), 12)
        name("spare-bearing", (0, 0, 0.5))
    with placed(3.9, -3.2, 0, 130):
        stand_with_blade()
    with placed(-2.2, -4.0, 0, 60):
        pallet_truck()


def stand_with_blade() -> None:
    """A spare runner blade, upright on a steel stand."""
    box((1.2, 0.8, 0.12), (0, 0, 0.1), paint(INK, 0.5), 0.02)
    turned([(0.34, 0.15), (0.34, 0.3), (0.2, 0.4), (0, 0.4)], paint(STEEL, 0.3, 0.7))
    blade = prism(
        [
            (-0.28, 0.36),
            (0.28, 0.36),
            (0.75, 1.0),
            (0.82, 1.55),
            (0.5, 1.95),
            (0, 2.05),
            (-0.5, 1.95),
            (-0.82, 1.55),
            (-0.75, 1.0),
        ],
        0.1,
        paint("#D9A05B", 0.3, 0.75),
        0.03,
    )
    bend = blade.modifiers.new("bend", "SIMPLE_DEFORM")
    bend.deform_method, bend.angle, bend.deform_axis = "TWIST", radians(28), "Z"
    name("spare-blade", (0, 0, 1.3))


def pallet_truck() -> None:
    """A pallet truck carrying crates."""
    red, wood = paint(VERMILION, 0.4), paint("#C98D4F", 0.7)
    for x in (-0.22, 0.22):
        box((0.16, 1.3, 0.08), (x, 0, 0.14), red, 0.02)
    box((0.6, 0.2, 0.4), (0, -0.75, 0.3), red, 0.04)
    limb(((0, -0.8, 0.4), (0, -1.05, 1.0), (0, -1.15, 1.2)), (0.03, 0.03, 0.03), paint(INK, 0.4))
    rod((-0.18, -1.15, 1.2), (0.18, -1.15, 1.2), 0.03, paint(INK, 0.4), 8)
    box((0.9, 1.1, 0.12), (0, 0.1, 0.25), wood, 0.02)
    for i, (x, y, z) in enumerate(((-0.2, -0.1, 0.52), (0.22, 0.2, 0.52), (0, 0.1, 0.92))):
        box((0.42, 0.5, 0.4), (x, y, z), paint((TEAL, YELLOW, PAPER)[i], 0.6), 0.03)


def stairs() -> None:
    """Steel stairs along the south wall up to the control room's door."""
    steel = paint(TEAL, 0.45)
    for i in range(14):
        box((0.34, 1.2, 0.06), (-13.2 - 0.34 * i, SOUTH + 1.1, 0.26 * (i + 1)), steel, 0.01)
    box((3.6, 1.4, 0.12), (-19.7, SOUTH + 1.1, 3.64), steel, 0.01)
    for y in (SOUTH + 0.5, SOUTH + 1.7):
        for up in (0.5, 1.0):
            rod((-13.2, y, 0.26 + up), (-17.9, y, 3.64 + up), 0.03, paint(YELLOW, 0.4), 8)
    railing((-17.9, SOUTH + 1.7, 3.7), (-21.4, SOUTH + 1.7, 3.7), 4)
    box((1.2, 0.12, 2.2), (-19.8, SOUTH + 0.25, 4.8), paint(WHITE, 0.4), 0.02)
    with placed(-19.8, SOUTH + 0.3, 6.3, 180):
        sign(["SALLE DE COMMANDE"], 3.4, 0.6, ground=TEAL, share=0.6)
    name("to-control", (-18.6, SOUTH + 1.1, 4.4))


def build() -> None:
    """The whole hall, with the morning sun through its south windows."""
    sky()
    sun(25, 33, 5.0)
    shell()
    units()
    works()
    behind()


if __name__ == "__main__":
    shoot(build, exposure=0.35)
