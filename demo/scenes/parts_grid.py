"""The electrical yard: transformer, insulators, breakers, a gantry with its strings."""

from parts_look import INK, PAPER, STEEL, TEAL, VERMILION, YELLOW, paint
from parts_shapes import Point, ball, box, limb, placed, rod, truss, turned
from parts_shot import name
from parts_signs import blank, letters, panel, sign
from PIL import ImageDraw

GLAZE = "#8A4427"
DISCS = 5


def insulator(high: float, sheds: int, radius: float = 0.16) -> None:
    """A standing insulator, its sheds like a stack of plates."""
    profile = [(radius * 0.5, 0.0)]
    for i in range(sheds):
        z = high * (i + 0.3) / sheds
        profile += [
            (radius * 0.5, z),
            (radius, z + 0.02),
            (radius * 0.96, z + 0.05),
            (radius * 0.5, z + 0.09),
        ]
    profile += [(radius * 0.4, high), (0, high)]
    turned(profile, paint(GLAZE, 0.2), around=20)
    ball(radius * 0.6, (0, 0, high + 0.04), paint(STEEL, 0.3, 0.8), 14)


def string(at: Point, way: Point) -> Point:
    """A chain of DISCS glass discs from `at` along `way`; answers its far end."""
    x, y, z = at
    dx, dy, dz = way
    step = 0.4
    for i in range(DISCS):
        t = 0.3 + step * i
        centre = (x + dx * t, y + dy * t, z + dz * t)
        nxt = (centre[0] + dx * 0.08, centre[1] + dy * 0.08, centre[2] + dz * 0.08)
        limb((centre, nxt), (0.14, 0.3), paint("#2FB0A0", 0.12), 18, rounded=False)
    end = (
        x + dx * (0.4 + step * DISCS),
        y + dy * (0.4 + step * DISCS),
        z + dz * (0.4 + step * DISCS),
    )
    rod(at, end, 0.035, paint(INK, 0.4), 8)
    return end


def transformer(colour: str = TEAL) -> list[Point]:
    """The big transformer, its front towards −y; answers the tops of its high-voltage bushings."""
    body, dark = paint(colour, 0.4), paint(INK, 0.5)
    box((4.6, 2.4, 2.9), (0, 0, 1.85), body, 0.06)
    box((5.2, 3.0, 0.4), (0, 0, 0.2), paint("#B9AE9C", 0.8), 0.04)
    for k in range(5):
        box((0.12, 2.46, 2.7), (-2.0 + k, 0, 1.85), paint("#157F73", 0.4), 0.01)
    for side in (-1, 1):
        for i in range(9):
            box((0.9, 0.07, 2.3), (side * 2.9, -1.0 + 0.25 * i, 1.75), body, 0.01)
        for z in (0.75, 2.75):
            rod((side * 2.9, -1.1, z), (side * 2.9, 1.1, z), 0.08, dark, 10)
    for i in range(4):
        turned(
            [(0.42, 0), (0.42, 0.12), (0.34, 0.12), (0.34, 0)],
            dark,
            (-1.65 + 1.1 * i, -1.3, 0.95),
            axis="y",
            closed=False,
        )
        for k in range(3):
            with placed(-1.65 + 1.1 * i, -1.3, 0.95):
                rod(
                    (0, 0, 0),
                    (0.33 * (1, -0.5, -0.5)[k], 0, 0.33 * (0, 0.87, -0.87)[k]),
                    0.05,
                    paint(YELLOW, 0.4),
                    6,
                )
    turned([(0.42, -1.5), (0.42, 1.5), (0, 1.5)], body, (0.4, 0.9, 4.5), axis="x")
    for x in (-0.7, 1.5):
        rod((x, 0.9, 3.2), (x, 0.9, 4.2), 0.06, dark, 8)
    tops: list[Point] = []
    for i in range(3):
        with placed(-1.4 + 1.4 * i, -0.45, 3.3):
            insulator(1.7, 8, 0.24)
        tops.append((-1.4 + 1.4 * i, -0.45, 5.05))
        with placed(-1.5 + 0.5 * i, 0.6, 3.3):
            insulator(0.6, 3, 0.13)
    with placed(0, -1.24, 2.35):
        sign(["TRANSFORMATEUR 1", "5,5 kV / 63 kV"], 2.9, 0.85, share=0.62)
    name("transformer", (-1.9, -1.3, 2.9))
    return tops


def breaker(number: int) -> Point:
    """A circuit breaker on its frame; answers the top of its column."""
    frame = paint(STEEL, 0.4, 0.6)
    for x in (-0.3, 0.3):
        rod((x, 0, 0), (x, 0, 2.2), 0.07, frame, 8)
    box((1.0, 0.5, 0.7), (0, 0, 1.3), paint(PAPER, 0.5), 0.03)
    box((0.9, 0.3, 0.14), (0, 0, 2.25), frame, 0.02)
    with placed(0, 0, 2.3):
        insulator(1.2, 6, 0.19)
    with placed(0, 0, 3.6):
        insulator(1.1, 6, 0.17)
    with placed(0, -0.27, 1.35):
        sign([f"D{number}"], 0.6, 0.34, share=0.72)
    return (0.0, 0.0, 4.75)


def danger(high: float = 1.0) -> None:
    """The triangle that every pylon and every yard carries."""
    drawn = blank(high, high * 1.25, PAPER, 2.0)
    pen, (wide, tall) = ImageDraw.Draw(drawn), drawn.size
    edge = [(wide * 0.5, tall * 0.05), (wide * 0.95, tall * 0.66), (wide * 0.05, tall * 0.66)]
    pen.polygon(edge, INK)
    pen.polygon(
        [(wide * 0.5, tall * 0.13), (wide * 0.86, tall * 0.62), (wide * 0.14, tall * 0.62)], YELLOW
    )
    pen.polygon(
        [
            (wide * 0.55, tall * 0.24),
            (wide * 0.4, tall * 0.44),
            (wide * 0.49, tall * 0.44),
            (wide * 0.44, tall * 0.59),
            (wide * 0.62, tall * 0.38),
            (wide * 0.52, tall * 0.38),
        ],
        INK,
    )
    for row, text in enumerate(("63 000 VOLTS", "DANGER DE MORT")):
        pen.text(
            (wide / 2, tall * (0.76 + 0.13 * row)),
            text,
            VERMILION if row else INK,
            letters(int(tall * 0.092)),
            anchor="mm",
        )
    box((high + 0.05, 0.03, high * 1.25 + 0.05), (0, 0.02, 0), paint(INK, 0.5), 0.01)
    panel(high, high * 1.25, drawn, 0.3)


def gantry(wide: float, high: float) -> None:
    """A lattice portal from which the strings and the line leave."""
    steel = paint(STEEL, 0.4, 0.6)
    for x in (-wide / 2, wide / 2):
        for dy in (-0.4, 0.4):
            truss((x, dy, high), (x, dy, 0.02), 0.0, 1, steel, 0.07)
        for i in range(9):
            low, up = high * i / 9, high * (i + 1) / 9
            way = 1 if i % 2 else -1
            rod((x, -0.4 * way, low), (x, 0.4 * way, up), 0.05, steel, 6)
    for dy in (-0.4, 0.4):
        truss((-wide / 2, dy, high), (wide / 2, dy, high), 0.8, 10, steel, 0.07)


def mesh_fence(start: tuple[float, float], end: tuple[float, float], high: float = 2.0) -> None:
    """A green wire fence."""
    (ax, ay), (bx, by) = start, end
    long = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    green = paint("#1E6B57", 0.5)
    posts = max(1, round(long / 2.5))
    for i in range(posts + 1):
        x, y = ax + (bx - ax) * i / posts, ay + (by - ay) * i / posts
        rod((x, y, 0), (x, y, high), 0.05, green, 8)
    for k in range(8):
        z = 0.1 + (high - 0.15) * k / 7
        rod((ax, ay, z), (bx, by, z), 0.012, green, 4)
    wires = round(long / 0.25)
    for i in range(wires):
        x, y = ax + (bx - ax) * i / wires, ay + (by - ay) * i / wires
        rod((x, y, 0.05), (x, y, high - 0.05), 0.008, green, 4)


def sheep(x: float, y: float, turn: float, black: bool = True) -> None:
    """An Ouessant sheep, small and dark, that grazes where nobody may mow."""
    wool, skin = paint("#4B3A30" if black else PAPER, 0.95), paint("#1F1A18", 0.8)
    with placed(x, y, 0, turn):
        ball(0.3, (0, 0, 0.48), wool, 14, (0.85, 1.35, 0.85))
        for k in range(7):
            ball(0.14, (0.16 * (-1) ** k, -0.3 + 0.1 * k, 0.6), wool, 10)
        ball(0.12, (0, 0.48, 0.5), skin, 12, (0.8, 1.35, 0.9))
        for dx in (-0.13, 0.13):
            for dy in (-0.2, 0.2):
                rod((dx, dy, 0), (dx, dy, 0.3), 0.035, skin, 8)
            ball(0.05, (dx * 0.9, 0.42, 0.58), skin, 8, (1.4, 0.6, 0.6))


def nest_box(at: Point, turn: float) -> None:
    """A kestrel's nest box with its tenant at the door."""
    with placed(*at, turn):
        wood = paint("#B57F43", 0.7)
        box((0.7, 0.6, 0.08), (0, 0, 0), wood, 0.01)
        box((0.7, 0.6, 0.08), (0, 0, 0.6), wood, 0.01)
        for x in (-0.32, 0.32):
            box((0.06, 0.6, 0.6), (x, 0, 0.3), wood, 0.01)
        box((0.7, 0.06, 0.6), (0, 0.28, 0.3), wood, 0.01)
        ball(0.13, (0.05, -0.22, 0.2), paint("#B9683A", 0.7), 12, (0.9, 0.8, 1.3))
        ball(0.09, (0.05, -0.25, 0.42), paint("#8795A3", 0.6), 12)
        ball(0.025, (0.05, -0.34, 0.41), paint(YELLOW, 0.4), 8)
        name("nest-box", (0, -0.3, 0.3))
