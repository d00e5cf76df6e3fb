"""The switchyard: where the electricity is raised to 63,000 volts and leaves for the houses."""

from parts_grid import breaker, danger, gantry, mesh_fence, nest_box, sheep, string, transformer
from parts_look import INK, PAPER, STEEL, TEAL, VERMILION, WHITE, YELLOW, paint, sky, speckled, sun
from parts_people import HOLDING, POINTING, STANDING, Pose, person
from parts_plant import cabinet, cone, lane
from parts_shapes import Point, ball, box, limb, placed, ring, rod, sheet, turned, world_point
from parts_shore import gull, hill, house, planting, pylon, rock, wire
from parts_shot import name, shoot
from parts_signs import blank, panel, sign, write_lines

SHOWING = Pose(left_hand=(-0.26, 0.28, 1.05), right_hand=(0.56, 0.1, 1.5))


def ground() -> None:
    """Grass, gravel inside the fence, a path."""
    sheet(
        ((-700, -700, -0.06), (700, -700, -0.06), (700, 700, -0.06), (-700, 700, -0.06)),
        speckled("#6E9B57", "#80AB62", 0.05, 0.95),
    )
    sheet(
        ((-13, 3.2, -0.02), (13, 3.2, -0.02), (13, 22, -0.02), (-13, 22, -0.02)),
        speckled("#B9AC97", "#CABDA8", 9, 0.9),
    )
    sheet(
        ((-60, -2.6, -0.03), (14, -2.6, -0.03), (14, 3.2, -0.03), (-60, 3.2, -0.03)),
        speckled("#9E9A92", "#AAA69D", 2, 0.8),
    )
    lane([(-40, -2.3), (13.6, -2.3), (13.6, 2.9)], 0.14)
    for a, b in (
        ((-13, 3.2), (-1.6, 3.2)),
        ((1.8, 3.2), (13, 3.2)),
        ((-13, 3.2), (-13, 22)),
        ((13, 3.2), (13, 22)),
        ((-13, 22), (13, 22)),
    ):
        mesh_fence(a, b)


def yard() -> list[Point]:
    """Transformer, three breakers, gantry; answers where the line leaves."""
    with placed(-4.7, 7.4, 0, 20):
        tops = [tuple(world_point(top)) for top in transformer()]
    breakers = []
    for i in range(3):
        with placed(0.9 + 2.0 * i, 6.4, 0):
            top = breaker(i + 1)
            breakers.append(tuple(world_point(top)))
    name("breakers", (2.9, 6.2, 2.6))
    with placed(3.2, 9.6, 0):
        gantry(9, 8.4)
    leaving = []
    for i, (top, column) in enumerate(zip(tops, breakers, strict=True)):
        wire(top, column, 0.35, 0.035)
        low = string((0.9 + 2.3 * i, 9.2, 7.6), (0.0, 0.0, -1.0))
        wire(column, low, 0.25, 0.035)
        away = string((0.9 + 2.3 * i, 10.0, 8.2), (0.0, 1.0, -0.05))
        wire(low, away, 0.9, 0.035)
        leaving.append(away)
    name("insulators", (3.2, 9.2, 6.4))
    return leaving


def line(leaving: list[Point]) -> None:
    """The pylons that carry the line over the hills to the town."""
    spots = ((9, 34, 22, 0), (24, 80, 26, -10), (48, 150, 30, -14))
    before = leaving
    for number, (x, y, high, turn) in enumerate(spots):
        with placed(x, y, -0.5, turn):
            ends = [tuple(world_point(end)) for end in pylon(0, 0, 0, high)]
            if number == 0:
                name("pylon", (0, 0, high * 0.55))
        left = [ends[0], ends[2], ends[4]]
        for a, b in zip(before, left, strict=True):
            wire(a, b, 1.6 + number, 0.04)
        before = left


def town() -> None:
    """Who the electricity is for: houses, a school, a station."""
    hill(60, 190, -4, 130, 20, "#7FA56A")
    hill(-110, 130, -4, 110, 24, "#8FB08C")
    hill(170, 20, -4, 100, 16, "#6E9B57")
    hill(-30, -140, -4, 120, 14, "#8FB08C")
    for i in range(11):
        x, y = 30 + 8 * (i % 4) + 3 * (i // 4), 34 + 9 * (i // 4) - 2 * (i % 4)
        house(x, y, 0.6 + 1.6 * (i // 4), 10 * (i % 3) - 40, (WHITE, PAPER, "#F2D9B0")[i % 3])
    ball(1, (48, 48, -1), paint("#7FA56A", 0.95), 48, (30, 22, 5.5))
    name("town", (38, 37, 4))
    planting(
        [
            (26, 40, 7),
            (34, 58, 8),
            (66, 38, 8),
            (70, 52, 9),
            (24, 36, 6),
            (-34, 40, 9),
            (-40, 34, 8),
            (-30, 46, 8),
            (-46, 50, 10),
            (30, -30, 8),
            (36, -24, 9),
        ],
        0,
    )


def plant_behind() -> None:
    """The turbine hall and the workshop from behind, with their doors."""
    wall = paint("#EADFC9", 0.8)
    with placed(-21, -9, 0, 0):
        box((22, 12, 10), (0, -4, 5), wall, 0.05)
        box((22.4, 12.4, 0.7), (0, -4, 10.2), paint(INK, 0.5), 0.03)
        for i in range(6):
            box((2.2, 0.2, 3.0), (-8.8 + 3.4 * i, 2.03, 6.6), paint("#2C5C6E", 0.15), 0.02)
        with placed(8.4, 2.1, 0, 180):
            box((3.0, 0.2, 3.2), (0, 0, 1.6), paint("#22313F", 0.5), 0.02)
            with placed(0, -0.1, 3.7):
                sign(["SALLE DES MACHINES"], 3.6, 0.6, ground=TEAL, share=0.62)
            name("to-control", (0, 0, 1.7))
    with placed(2.5, -12, 0, 0):
        box((16, 10, 7), (0, -3, 3.5), paint("#E4C9A2", 0.8), 0.05)
        box((16.4, 10.4, 0.6), (0, -3, 7.2), paint(VERMILION, 0.5), 0.03)
        for i in range(4):
            box((2.4, 0.2, 1.9), (-5.6 + 3.7 * i, 2.03, 5.0), paint("#2C5C6E", 0.15), 0.02)
        with placed(-0.5, 2.1, 0, 180):
            box((3.0, 0.2, 3.2), (0, 0, 1.6), paint("#22313F", 0.5), 0.02)
            with placed(0, -0.1, 3.65):
                sign(["ATELIER"], 2.4, 0.6, ground=TEAL, share=0.66)
            name("to-workshop", (0, 0, 1.7))
    with placed(12.2, -4.6, 0, 245):
        for side in (-0.7, 0.7):
            rod((side, 0.06, 0), (side, 0.06, 2.0), 0.05, paint(INK, 0.5), 8)
        with placed(0, 0, 1.9):
            sign(["QUAI →"], 1.7, 0.6, ground=TEAL, share=0.7)
        name("to-quay", (0, 0, 1.5))


def meter() -> None:
    """The board that counts what has left since January."""
    drawn = blank(2.6, 1.6, INK)
    write_lines(
        drawn,
        [
            ("PARTI D’ICI CETTE ANNÉE", 0.11, YELLOW),
            ("41 250 MWh", 0.24, PAPER),
            ("en ce moment : 0,0 MW", 0.12, PAPER),
            ("(étale : on attend)", 0.1, PAPER),
        ],
    )
    with placed(-4.3, 0.7, 0, 80):
        for side in (-1.1, 1.1):
            rod((side, 0.1, 0), (side, 0.1, 2.6), 0.06, paint(STEEL, 0.5, 0.5), 8)
        with placed(0, 0, 1.95):
            box((2.7, 0.1, 1.7), (0, 0.07, 0), paint(YELLOW, 0.5), 0.02)
            panel(2.6, 1.6, drawn, 0.35)
            name("meter")


def people() -> None:
    """Inès at the gate, a colleague among the breakers, a shepherd by the sheep."""
    person(
        SHOWING,
        2.7,
        2.2,
        0,
        134,
        skin=2,
        helmet=WHITE,
        hair="#17110E",
        bun=True,
        cloth="#27406E",
        sleeve="#27406E",
    )
    name("electrician", (2.7, 2.2, 1.12))
    person(POINTING, 0.2, 6.4, 0, -30, skin=1, helmet=WHITE, cloth="#27406E", sleeve="#27406E")
    person(STANDING, -9.0, -1.4, 0, 290, skin=4, helmet=YELLOW, beard=True)
    person(HOLDING, 9.4, -3.8, 0, 70, skin=0, helmet=None, vest=TEAL, hair="#C9975A")
    name("shepherd", (9.4, -3.8, 1.4))
    for x, y, turn, black in (
        (6.2, -3.6, 40, True),
        (7.4, -4.7, 200, True),
        (5.2, -4.9, 110, True),
        (8.3, -6.2, 300, False),
        (4.2, -3.9, 20, True),
        (6.4, -6.4, 150, True),
    ):
        sheep(x, y, turn, black)
    name("sheep", (6.2, -3.8, 0.5))
    for i in range(60):
        x, y = 3.2 + (i * 7 % 23) * 0.55, -3.0 - (i * 11 % 17) * 0.36
        ball(0.05, (x, y, 0.2), paint((PAPER, YELLOW, VERMILION)[i % 3], 0.7), 8)
        rod((x, y, 0), (x, y, 0.2), 0.01, paint("#3F7A3C", 0.9), 4)


def van() -> None:
    """An electric van at its charging post."""
    with placed(-7.0, -7.2, 0, 20):
        box((1.9, 4.4, 1.5), (0, 0, 1.15), paint(WHITE, 0.35), 0.18)
        box((1.8, 2.9, 0.7), (0, -0.6, 2.1), paint(WHITE, 0.35), 0.15)
        box((1.7, 0.2, 0.6), (0, 0.86, 2.0), paint("#22313F", 0.15), 0.05)
        box((1.93, 4.3, 0.28), (0, 0, 1.0), paint(TEAL, 0.4), 0.02)
        for side in (-0.92, 0.92):
            for y in (-1.4, 1.4):
                turned(
                    [(0.36, -0.12), (0.36, 0.12), (0.2, 0.14), (0, 0.14)],
                    paint(INK, 0.6),
                    (side, y, 0.36),
                    axis="x",
                    around=24,
                )
                ring(0.2, 0.03, (side, y, 0.36), paint(STEEL, 0.3, 0.7), axis="x", around=20)
    with placed(-4.9, -5.7, 0, 140):
        box((0.45, 0.35, 1.4), (0, 0, 0.7), paint(TEAL, 0.4), 0.05)
        box((0.3, 0.02, 0.25), (0, -0.18, 1.1), paint(PAPER, 0.4), 0.0)
        name("charging-post", (0, 0, 1.1))
    limb(((-5.0, -5.7, 1.0), (-5.5, -5.9, 0.4), (-6.0, -6.3, 1.1)), (0.03,) * 3, paint(INK, 0.5), 8)


def build() -> None:
    """The yard on a clear morning; the sun stands behind the visitor."""
    sky(light=0.95)
    sun(165, 48, 4.6)
    ground()
    line(yard())
    town()
    plant_behind()
    meter()
    people()
    van()
    with placed(1.75 + 0.75, 3.1, 1.35):
        danger(0.8)
        name("danger-sign")
    with placed(-9.6, 4.4, 0, 62):
        cabinet("PROTECTIONS", 1.6, 2.2)
        name("protection", (0, -0.4, 1.3))
    rod((8.3, 5.0, 0), (8.3, 5.0, 4.6), 0.13, paint("#8A5B33", 0.9), 10)
    nest_box((8.3, 4.75, 4.2), -55)
    for x, y in ((-1.5, 3.0), (1.6, 3.4)):
        cone(x, y)
    for x, y, size in ((15, -6, 0.8), (16.5, -4.5, 1.2), (11, -9, 0.7)):
        rock(x, y, 0, size)
    for x, y, z, turn in ((-6, 14, 11, 30), (12, 20, 14, 60), (-14, -6, 12, 200)):
        gull(x, y, z, turn)


if __name__ == "__main__":
    shoot(build, exposure=0.1)
