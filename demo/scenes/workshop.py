"""The workshop: a robot grinds a blade, a lathe turns a shaft, oil and bearings are looked at."""

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
from parts_machines import bearing, bottle, fence, lathe, rack, robot, tool_board
from parts_people import CROUCHING, HOLDING, STANDING, WORKING, Pose, person
from parts_plant import barrel, cone, lane, tool_trolley, window_wall
from parts_shapes import ball, box, limb, placed, prism, rod, sheet, truss, turned
from parts_shore import hill
from parts_shot import name, shoot
from parts_signs import sign, stripes

WEST, EAST, SOUTH, NORTH, ROOF = -11.0, 10.5, -7.0, 7.5, 7.2
GREETING = Pose(left_hand=(-0.26, 0.28, 1.05), right_hand=(0.52, 0.2, 1.3))


def shell() -> None:
    """Floor, brick-red and cream walls, north lights, open gable doors."""
    middle, long = (WEST + EAST) / 2, EAST - WEST
    box(
        (long, NORTH - SOUTH, 0.2),
        (middle, (NORTH + SOUTH) / 2, -0.1),
        speckled("#8B9A9A", "#99A7A6", 0.5, 0.35),
        0,
    )
    sheet(
        ((-400, -400, -0.3), (400, -400, -0.3), (400, 400, -0.3), (-400, 400, -0.3)),
        paint("#7FA56A", 0.9),
    )
    wall, frame = paint("#EFE3CC", 0.8), paint(INK, 0.5)
    with placed(middle, NORTH):
        window_wall(long, 3.4, 6.2, ROOF, 5, wall, frame)
    with placed(middle, SOUTH):
        window_wall(long, 3.0, 6.0, ROOF, 5, wall, frame)
    for x, turn in ((WEST, 90), (EAST, -90)):
        with placed(x, (SOUTH + NORTH) / 2, 0, turn):
            half = (NORTH - SOUTH) / 2
            for side in (-1, 1):
                box((half - 1.8, 0.3, ROOF + 0.6), (side * (half + 1.8) / 2, 0, ROOF / 2), wall, 0)
                box((0.25, 0.5, 3.7), (side * 1.8, -0.05, 1.85), paint(YELLOW, 0.5), 0.02)
            box((3.6, 0.3, ROOF - 3.0), (0, 0, (ROOF + 3.7) / 2), wall, 0)
    for y in (NORTH - 0.17, SOUTH + 0.17):
        box((long, 0.04, 1.1), (middle, y, 0.55), paint(VERMILION, 0.6), 0)
    roof(middle, long)


def roof(middle: float, long: float) -> None:
    """Trusses, strips of ceiling with sky between, lamps."""
    for y, deep in ((SOUTH + 1.4, 3.6), ((NORTH + SOUTH) / 2, 4.2), (NORTH - 1.4, 3.6)):
        box((long + 0.4, deep, 0.15), (middle, y, ROOF + 1.2), paint("#E2D6C0", 0.8), 0)
    for i in range(6):
        x = WEST + 0.8 + (long - 1.6) * i / 5
        truss((x, SOUTH, ROOF + 1.1), (x, NORTH, ROOF + 1.1), 1.1, 8, paint(TEAL, 0.45), 0.07)
    for x in (-7, -2.3, 2.3, 7):
        for y in (-3.2, 3.4):
            turned([(0.5, 0), (0.12, 0.4), (0.04, 0.45)], paint(TEAL, 0.4), (x, y, 5.6), around=20)
            ball(0.28, (x, y, 5.62), glow("#FFE2A8", 6), 12, (1, 1, 0.5))
            rod((x, y, 6.0), (x, y, 7.3), 0.025, paint(INK, 0.5), 6)
    lamp((middle, 0, 7.0), 700, 9)


def robot_cell() -> None:
    """Behind its fence the robot grinds a runner blade that has been welded."""
    with placed(0.4, 4.9):
        fence([(-2.7, 2.2), (-2.7, -1.5), (2.7, -1.5), (2.7, 2.2)])
        with placed(-0.9, 0.3):
            robot((0.1, 0.25, 2.0), (0.85, -0.1, 1.75))
            name("robot", (0, 0, 1.6))
        limb(((-0.05, 0.2, 1.75), (0.12, 0.15, 1.55)), (0.1, 0.07), paint(INK, 0.4))
        with placed(0.95, 0.2):
            box((1.4, 0.9, 0.7), (0, 0, 0.35), paint("#566473", 0.4, 0.5), 0.03)
            with placed(0, 0, 0.72, 12):
                blade = prism(
                    [
                        (-0.3, 0),
                        (0.3, 0),
                        (0.75, 0.5),
                        (0.8, 0.95),
                        (0.45, 1.3),
                        (-0.1, 1.35),
                        (-0.6, 1.15),
                        (-0.8, 0.8),
                        (-0.7, 0.4),
                    ],
                    0.1,
                    paint("#D9A05B", 0.3, 0.75),
                    0.03,
                )
                blade.name = "blade"
                name("blade", (0.2, 0, 0.7))
            ball(0.07, (-0.8, -0.02, 1.45), glow("#FFB347", 30), 12)
            for i in range(14):
                long = 0.25 + 0.05 * (i % 5)
                rod(
                    (-0.8, -0.05, 1.45),
                    (-0.8 - long * (0.4 + 0.05 * i), -0.3 - 0.02 * i, 1.5 - 0.07 * i),
                    0.008,
                    glow("#FFC45A", 12),
                    4,
                )
        lamp((0.2, -0.2, 1.5), 25, 0.3, "#FFB347", down=False)
        with placed(0, -1.56, 2.35):
            sign(["CELLULE ROBOT"], 2.4, 0.42, share=0.66)
        with placed(0, -1.56, 0.24):
            stripes(5.3, 0.16)


def turning() -> None:
    """The lathe and Aïcha, who turns the shaft."""
    with placed(-6.2, 3.2, 0, 55):
        lathe("TOUR 2")
        name("lathe", (0.2, -0.2, 1.3))
    with placed(-2.1, 2.3, 0, 222):
        person(GREETING, skin=2, helmet=None, vest="#FF7A1A", hair="#1B1411", bun=True, tall=1.68)
        name("turner", (0, 0, 1.12))
    person(WORKING, -6.6, 1.5, 0, -50, skin=3, helmet=None, hair="#111111")


def benches() -> None:
    """The measuring bench: four bottles of oil, an open bearing, a torque wrench."""
    with placed(4.3, 2.3, 0, -62):
        box((3.0, 0.9, 0.08), (0, 0, 0.92), paint("#D29A5B", 0.5), 0.02)
        for x in (-1.3, 1.3):
            box((0.12, 0.8, 0.9), (x, 0, 0.45), paint(INK, 0.5), 0.02)
        box((2.4, 0.7, 0.05), (0, 0, 0.3), paint("#C98D4F", 0.6), 0.01)
        for i, (liquid, label) in enumerate(
            (("#E9A62B", "G1"), ("#E9A62B", "G2"), ("#E9A62B", "G3"), ("#2A1A10", "USÉE"))
        ):
            with placed(-1.2 + 0.36 * i, 0.05, 0.96):
                bottle(liquid, label)
        name("oil-samples", (-0.66, 0, 1.2))
        with placed(0.75, 0.02, 0.97):
            bearing(0.36)
            name("bearing", (0, 0, 0.1))
        rod((0.3, -0.34, 1.0), (1.1, -0.3, 1.0), 0.028, paint(VERMILION, 0.35), 10)
        turned([(0.06, -0.05), (0.06, 0.05), (0, 0.05)], paint(STEEL, 0.3, 0.8), (0.28, -0.34, 1.0))
        name("torque-wrench", (0.7, -0.32, 1.0))
        with placed(-0.66, 0.42, 1.62):
            sign(["HUILE DES PALIERS"], 1.5, 0.26, ground=TEAL, share=0.66)
        for x in (-1.35, 0.03):
            rod((x, 0.45, 0.95), (x, 0.45, 1.75), 0.02, paint(INK, 0.5), 6)
    person(HOLDING, 5.7, 1.55, 0, 105, skin=0, helmet=None, hair="#B5642B", beard=True, tall=1.78)
    name("fitter", (5.7, 1.55, 1.5))


def stores() -> None:
    """Racks, the tool board with its empty shadow, the welding booth."""
    with placed(-3.0, SOUTH + 1.0, 0, 180):
        rack(6.0, ["bcpc", "tccb", "cpoc"])
        name("rack", (0, -0.5, 2.2))
    with placed(3.2, SOUTH + 0.3, 1.75, 180):
        tool_board(3.4, 1.9)
        name("tool-board", (0.7, 0, 0))
        with placed(0, -0.02, 1.15):
            sign(["CHAQUE OUTIL À SA PLACE"], 3.2, 0.34, share=0.62)
    with placed(7.6, -4.6, 0, 230):
        welding_booth()
    with placed(1.9, -4.6, 0, 160):
        tool_trolley(TEAL)
    for x, y, colour in ((-9.6, -5.6, TEAL), (-8.9, -6.0, YELLOW), (-9.0, -5.0, TEAL)):
        barrel(x, y, colour)
    cone(-1.2, 2.9)
    cone(2.2, 2.5)


def welding_booth() -> None:
    """An orange curtain, the glow behind it, a welder crouching at a blade."""
    curtain = glow("#D8481E", 0.25)
    for x in (-1.6, 1.6):
        rod((x, 0, 0), (x, 0, 2.3), 0.04, paint(INK, 0.5), 8)
    rod((-1.6, 0, 2.3), (1.6, 0, 2.3), 0.03, paint(INK, 0.5), 8)
    for i in range(6):
        x = -1.6 + 0.42 * i
        if i < 4:
            box((0.4, 0.03, 1.95), (x + 0.2, 0.02 * (-1) ** i, 1.25), curtain, 0)
    person(CROUCHING, 1.1, 0.4, 0, 60, skin=1, helmet=INK, vest="#B7702F")
    ball(0.06, (0.55, 0.75, 0.62), glow("#CFE8FF", 60), 12)
    lamp((0.55, 0.75, 0.8), 20, 0.2, "#BFE0FF", down=False)
    with placed(0, -0.06, 2.55):
        sign(["SOUDAGE"], 1.6, 0.4, ground=VERMILION, share=0.66)
    name("welder", (1.1, 0.4, 0.9))


def ways() -> None:
    """Signs over the doors and lines on the floor."""
    for x, turn, label, thing in (
        (WEST + 0.3, 90, "SALLE DES MACHINES", "to-hall"),
        (EAST - 0.3, -90, "POSTE ÉLECTRIQUE", "to-switchyard"),
    ):
        with placed(x, 0.25, 4.25, turn):
            sign([label], 3.6, 0.6, ground=TEAL, share=0.62)
            name(thing, (0, 0, -2.3))
    lane([(WEST + 0.5, 1.7), (EAST - 0.5, 1.7)])
    lane([(WEST + 0.5, -1.6), (EAST - 0.5, -1.6)])
    for x in range(-10, 11, 3):
        lane([(x, SOUTH + 0.2), (x, NORTH - 0.2)], 0.03, "#78898A")
    person(STANDING, -7.6, -2.8, 0, 290, skin=4, helmet=YELLOW, hair="#8E8E8E")
    hill(90, 10, -2, 60, 14, "#6E9B57")
    hill(-110, 40, -2, 70, 16, "#8FB08C")
    box((0.5, 2.4, 1.4), (-9.9, 4.6, 0.7), paint(WHITE, 0.5), 0.03)
    box((0.6, 0.6, 0.9), (9.4, -1.8, 0.45), paint(PAPER, 0.5), 0.03)


def build() -> None:
    """The whole workshop with the sun through its south windows."""
    sky()
    sun(160, 36, 4.6)
    shell()
    robot_cell()
    turning()
    benches()
    stores()
    ways()


if __name__ == "__main__":
    shoot(build, exposure=0.35)
