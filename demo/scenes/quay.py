"""The quay and the sluice gates, twenty minutes before high water."""

from parts_look import (
    INK,
    PAPER,
    TEAL,
    VERMILION,
    WHITE,
    YELLOW,
    paint,
    sky,
    speckled,
    sun,
    water,
)
from parts_people import HOLDING, POINTING, STANDING, WAVING, person
from parts_plant import cone, railing
from parts_shapes import ball, box, limb, placed, prism, ring, rod, sheet, turned
from parts_shore import (
    bollard,
    cormorant,
    fishing_boat,
    foam,
    gull,
    hill,
    house,
    lighthouse,
    planting,
    rock,
    sail,
    seal,
    surface,
)
from parts_shot import name, shoot
from parts_signs import blank, letters, panel, sign, stripes, write_lines
from PIL import ImageDraw

SEA = -2.6
READING = 11  # metres on the tide staff
GATES = ((1, True), (2, True), (3, False), (4, True))
DAM = 15.0


def quay() -> None:
    """The stone quay under the eye, its edge, rails and bollards."""
    stone, edge = speckled("#C9B79A", "#D9CAB0", 0.7, 0.8), paint("#A8967A", 0.8)
    box((17, 10, 5), (-4.6, -3.0, -2.5), stone, 0.05)
    box((17, 0.5, 0.2), (-4.6, 1.8, 0.02), edge, 0.04)
    box((0.5, 10, 0.2), (3.7, -3.0, 0.02), edge, 0.04)
    for i in range(9):
        x = -11 + 1.9 * i
        sheet(
            ((x, -7.4, 0.005), (x + 0.03, -7.4, 0.005), (x + 0.03, 1.5, 0.005), (x, 1.5, 0.005)),
            paint("#9C8B70", 0.9),
        )
    for x in (-9.5, -4.8, -0.6):
        bollard(x, 1.2)
    railing((3.7, -7.6, 0.1), (3.7, -1.4, 0.1), 4)
    railing((-13, -7.7, 0), (3.6, -7.7, 0), 9)
    ring(0.36, 0.1, (3.6, -4.4, 0.75), paint(VERMILION, 0.5), axis="x")
    for i, (x, y, z) in enumerate(
        ((-2.7, -6.2, 0.3), (-1.8, -6.4, 0.3), (-2.2, -6.3, 0.85), (-0.9, -6.5, 0.3))
    ):
        box((0.8, 0.55, 0.5), (x, y, z), paint((TEAL, VERMILION, YELLOW, PAPER)[i], 0.7), 0.06)


def tide_staff(x: float, y: float) -> None:
    """The tide staff: one coloured block a metre; the sea stands at READING."""
    high = 6  # metres of board, two of them under water
    drawn = blank(0.9, high, PAPER)
    pen, metre = ImageDraw.Draw(drawn), drawn.size[1] / high
    wide = drawn.size[0]
    for i in range(high):
        low = drawn.size[1] - i * metre
        mark = READING - 2 + i
        if mark % 2:
            pen.rectangle((0, low - metre, wide, low), YELLOW)
        for k in range(10):
            long = wide * (0.3 if k in (0, 5) else 0.17)
            pen.rectangle((0, low - k * metre / 10 - 4, long, low - k * metre / 10), INK)
        pen.line((0, low, wide, low), INK, 9)
        pen.text(
            (wide * 0.64, low - metre * 0.45),
            str(mark),
            INK,
            letters(int(metre * 0.6)),
            anchor="mm",
        )
    bottom = SEA - 2
    rod((x, y + 0.35, SEA - 4), (x, y + 0.35, bottom + high + 0.4), 0.3, paint(INK, 0.5), 16)
    with placed(x, y, bottom + high / 2, -25):
        box((1.0, 0.08, high + 0.1), (0, 0.06, 0), paint(INK, 0.5), 0.01)
        panel(0.9, high, drawn, 0.2)
    turned([(0.3, 0), (0.5, 0.01)], paint("#DDF0EE", 0.4), (x, y + 0.3, SEA + 0.02), closed=False)
    cormorant(x, y + 0.35, bottom + high + 0.4, 165)
    name("tide-staff", (x, y, SEA + 0.9))
    name("cormorant", (x, y + 0.35, bottom + high + 0.9))


def sluices() -> None:
    """Four gates between five piers; raised ones let the sea in, one is shut."""
    stone = speckled("#CDBFA6", "#DACDB6", 0.5, 0.85)
    for i in range(5):
        x = -13.6 + 6.8 * i
        box((1.7, 7, 11), (x, DAM + 3, -1.0), stone, 0.1)
        box((1.5, 1.6, 4.6), (x, DAM + 0.7, 6.6), stone, 0.06)
    box((38, 4.2, 0.7), (0, DAM + 4.4, 2.1), stone, 0.05)
    railing((-18, DAM + 2.3, 2.45), (18, DAM + 2.3, 2.45), 20)
    box((31, 2.2, 1.0), (0, DAM + 0.7, 9.2), paint(INK, 0.45), 0.06)
    for number, is_open in GATES:
        gate(number, is_open, -10.2 + 6.8 * (number - 1))
    name("gates", (0, DAM, 4.0))
    with placed(0, DAM - 0.5, 9.2):
        sign(["VANNES DE L’ABER-MEUR"], 13, 0.8, share=0.72)


def gate(number: int, is_open: bool, x: float) -> None:
    """One lift gate, its number and its winch."""
    low = SEA + 2.2 if is_open else SEA - 2.4
    yellow = paint(YELLOW, 0.4)
    box((5.1, 0.5, 5.0), (x, DAM + 0.6, low + 2.5), yellow, 0.04)
    for k in range(4):
        box((5.1, 0.3, 0.22), (x, DAM + 0.25, low + 0.5 + 1.3 * k), paint("#D99E00", 0.4), 0.02)
    with placed(x, DAM + 0.2, low + 3.8):
        sign([str(number)], 1.3, 1.3, share=0.8)
    for side in (-1.6, 1.6):
        rod((x + side, DAM + 0.6, low + 5), (x + side, DAM + 0.6, 9.0), 0.07, paint(INK, 0.4), 8)
    box((3.2, 1.4, 1.1), (x, DAM + 0.7, 10.2), paint(VERMILION, 0.4), 0.08)
    turned([(0.55, -0.5), (0.55, 0.5), (0, 0.5)], paint(INK, 0.4), (x, DAM - 0.1, 10.2), axis="x")
    name(f"gate-{number}", (x, DAM, low + 2.0))
    if is_open:
        sheet(
            (
                (x - 2.55, DAM + 1, SEA + 0.05),
                (x + 2.55, DAM + 1, SEA + 0.05),
                (x + 2.55, DAM + 6, SEA - 0.5),
                (x - 2.55, DAM + 6, SEA - 0.5),
            ),
            paint("#0D3A44", 0.3),
        )
        foam(x, DAM + 1.0, SEA + 0.02, 4.4, 5.5)


def works_building() -> None:
    """The turbine hall from outside, its door open, and the road to it."""
    with placed(-22, 5.5, 0, 66):
        wall = paint("#EADFC9", 0.8)
        box((26, 13, 11), (0, 6.5, 3.5), wall, 0.06)
        for i in range(4):
            with placed(-9.75 + 6.5 * i, 6.5, 9.0):
                prism([(-3.25, 0), (3.25, 0), (3.25, 2.6)], 13, paint("#46525E", 0.6))
        box((26.2, 0.3, 0.9), (0, -0.1, 8.6), paint(INK, 0.5), 0.03)
        for i in range(6):
            box(
                (2.6, 0.2, 3.2),
                (-10.6 + 3.4 * i + (3.2 if i > 2 else 0), -0.05, 5.2),
                paint("#2C5C6E", 0.15),
                0.02,
            )
        box((4.6, 0.3, 4.8), (1.5, -0.05, 2.4), paint("#22313F", 0.5), 0.02)
        box((5.2, 0.4, 0.4), (1.5, -0.1, 5.0), paint(YELLOW, 0.5), 0.02)
        with placed(0.5, -0.3, 7.5):
            sign(["MARÉMOTRICE DE L’ABER-MEUR"], 17, 1.25, ground=TEAL, share=0.72)
        name("to-hall", (1.5, -0.3, 2.4))
    box((16, 24, 5), (-21, -2, -2.52), speckled("#C9B79A", "#D9CAB0", 0.7, 0.8), 0.02)


def tide_board() -> None:
    """The notice of the day: hours and heights."""
    drawn = blank(2.5, 1.7, INK)
    write_lines(
        drawn,
        [
            ("MARÉE DU JOUR", 0.13, YELLOW),
            ("Pleine mer  10 h 42", 0.14, PAPER),
            ("11,1 m", 0.2, PAPER),
            ("Basse mer  17 h 05 · 1,9 m", 0.1, PAPER),
            ("Coefficient  88", 0.13, YELLOW),
        ],
    )
    with placed(-4.3, -0.9, 0, 102):
        for side in (-1.1, 1.1):
            rod((side, 0.1, 0), (side, 0.1, 2.9), 0.06, paint(INK, 0.5), 8)
        with placed(0, 0, 2.0):
            box((2.6, 0.08, 1.8), (0, 0.06, 0), paint(YELLOW, 0.5), 0.02)
            panel(2.5, 1.7, drawn, 0.3)
            name("tide-board")


def fish_pass() -> None:
    """A ladder of basins by which eels and mullets go round the dam."""
    stone = paint("#BDAE93", 0.85)
    for i in range(7):
        x, z = 17.2 + 1.7 * i * 0.4, SEA - 0.3 + 0.42 * i
        with placed(x, DAM - 1.4 + 0.9 * i, z):
            box((3.4, 1.1, 1.2), (0, 0, -0.4), stone, 0.05)
            sheet(
                ((-1.4, -0.4, 0.21), (1.4, -0.4, 0.21), (1.4, 0.4, 0.21), (-1.4, 0.4, 0.21)),
                water("#2A8A8E", 0.2),
            )
            ball(0.4, (0.5, -0.6, 0.1), paint("#EAF6F4", 0.6), 10, (1, 0.6, 0.8))
    with placed(15.2, DAM - 3.6, SEA + 1.5, -45):
        rod((0, 0.1, -3), (0, 0.1, 0.4), 0.08, paint(INK, 0.5), 8)
        sign(["PASSE", "À POISSONS"], 2.3, 1.2, ground=TEAL, share=0.6)
    name("fish-pass", (16.4, DAM - 0.6, SEA + 0.5))


def people() -> None:
    """Soizic with her counting sheet, a gate keeper, two on the dam."""
    with placed(2.9, 0.3, 0, 88):
        person(HOLDING, skin=0, helmet=WHITE, hair="#B5642B", bun=True)
        with placed(0, 0.42, 1.2, 180, tilt=-40):
            box((0.26, 0.02, 0.34), (0, 0, 0), paint(PAPER, 0.6), 0.005)
        name("ecologist", (0, 0.4, 0.82))
    person(POINTING, -1.9, 1.2, 0, -20, skin=3, helmet=YELLOW, tall=1.8)
    name("gate-keeper", (-1.9, 1.2, 1.12))
    person(STANDING, -4.6, DAM + 3.2, 2.45, 170, skin=2, helmet=YELLOW)
    person(WAVING, 5.1, DAM + 3.2, 2.45, 180, skin=1, helmet=TEAL)


def counting_table() -> None:
    """Where fish and salt are counted: a table, buckets, a probe on a rope."""
    with placed(2.6, -3.0, 0, -25):
        box((0.8, 1.8, 0.06), (0, 0, 0.85), paint("#C98D4F", 0.6), 0.02)
        for x in (-0.32, 0.32):
            for y in (-0.8, 0.8):
                rod((x, y, 0), (x, y, 0.85), 0.03, paint(INK, 0.5), 8)
        for y, colour in ((-0.5, TEAL), (0.0, YELLOW)):
            turned(
                [(0.14, 0), (0.18, 0.34), (0.16, 0.34), (0.12, 0.05)],
                paint(colour, 0.4),
                (0, y, 0.88),
                around=20,
            )
        rod((0.1, 0.5, 0.95), (-0.1, 0.8, 1.0), 0.05, paint(VERMILION, 0.4), 12)
        name("water-probe", (0, 0.6, 1.0))
    limb(((3.8, -2.2, 1.0), (4.1, -2.1, 0.6), (4.2, -2.0, SEA)), (0.02,) * 3, paint(PAPER, 0.8), 6)


def shore() -> None:
    """Sea, far shore and everything that swims or flies."""
    surface(SEA, water("#17727C", 0.5))
    green, far = "#6E9B57", "#8FB08C"
    hill(60, 105, SEA, 90, 20, green)
    hill(-90, 150, SEA, 120, 26, far)
    hill(150, 40, SEA, 70, 18, far)
    hill(125, -70, SEA, 55, 13, "#7FA56A")
    for x, y, z, turn, wall in (
        (34, 46, 4.5, 25, WHITE),
        (43, 49, 6.2, 10, PAPER),
        (27, 50, 4.8, 40, "#F2D9B0"),
        (53, 47, 6.0, -5, WHITE),
    ):
        house(x, y, z, turn, wall)
    with placed(38, 62, 8):
        box((5, 5, 10), (0, 0, 5), paint("#C9BBA5", 0.8), 0.05)
        turned([(3.2, 10), (0, 21)], paint("#46525E", 0.6), around=4, smooth=False)
    planting([(22, 38, 7), (47, 42, 8), (60, 50, 9), (18, 44, 6), (70, 52, 9)], 1.5)
    lighthouse(58, -78, -1)
    for x, y, size in (
        (58, -78, 7),
        (50, -74, 3.5),
        (66, -73, 4),
        (21, 9, 2.2),
        (24, 12, 3.2),
        (27, 5, 2.6),
        (19, 4, 1.4),
        (30, 16, 4),
        (26, 20, 4),
    ):
        rock(x, y, SEA, size)
    fishing_boat(9.5, -12, SEA, 40, VERMILION)
    name("trawler", (9.5, -12, SEA + 2))
    fishing_boat(-6, -42, SEA, 80, TEAL)
    sail(-30, -60, SEA)
    sail(20, -95, SEA, YELLOW)
    with placed(12.5, -2.2, SEA, size=1.4):
        seal(0, 0, 0, 115)
        name("seal", (0, 0, 0.4))
    for x, y, z, turn in (
        (3, 9, 4.4, 60),
        (-6, 10, 6.5, 20),
        (9, 4, 3.2, 100),
        (-3, -9, 4.5, 200),
        (6, -10, 5.4, 240),
        (-12, -3, 7, 300),
    ):
        gull(x, y, z, turn)


def film_kiosk() -> None:
    """The visitors' board with the film about the tide."""
    drawn = blank(1.5, 1.0, TEAL)
    pen, (wide, high) = ImageDraw.Draw(drawn), drawn.size
    pen.polygon(
        [(wide * 0.4, high * 0.22), (wide * 0.4, high * 0.7), (wide * 0.66, high * 0.46)], PAPER
    )
    write_lines(drawn, [("LA MARÉE EN 15 SECONDES", 0.11, PAPER)], top=0.86)
    with placed(-3.4, -3.4, 0, 135):
        for side in (-0.65, 0.65):
            rod((side, 0.1, 0), (side, 0.1, 1.3), 0.05, paint(INK, 0.5), 8)
        with placed(0, 0, 1.75):
            box((1.6, 0.08, 1.1), (0, 0.06, 0), paint(INK, 0.5), 0.02)
            panel(1.5, 1.0, drawn, 0.35)
            name("tide-film")


def build() -> None:
    """The whole scene: rising tide, low morning sun from the sea's side."""
    sky(light=0.9)
    sun(25, 38, 4.6)
    quay()
    tide_staff(3.4, 6.2)
    sluices()
    works_building()
    tide_board()
    fish_pass()
    counting_table()
    film_kiosk()
    people()
    shore()
    for x, y in ((3.1, 1.2), (-6.4, 0.9)):
        cone(x, y)
    with placed(-4.6, 1.52, 0.02):
        stripes(16.4, 0.16)
    with placed(0.8, -6.9, 0, 187):
        rod((0, 0.1, 0), (0, 0.1, 2.3), 0.06, paint(INK, 0.5), 8)
        with placed(0, 0, 2.2):
            sign(["POSTE ÉLECTRIQUE"], 2.6, 0.55, ground=TEAL, share=0.6)
        name("to-switchyard", (0, 0, 1.5))


if __name__ == "__main__":
    shoot(build, exposure=0.1)
