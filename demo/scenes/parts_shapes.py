"""Solids to build a scene with: lengths in metres, angles in degrees, z up.

Everything is placed through one current frame (`placed`), so that a machine is written once
around its own origin and stands where a scene puts it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from math import cos, pi, radians, sin

import bmesh
import bpy
from mathutils import Matrix, Vector

Point = tuple[float, float, float]
_frames: list[Matrix] = [Matrix.Identity(4)]


@contextmanager
def placed(
    x: float = 0, y: float = 0, z: float = 0, turn: float = 0, tilt: float = 0, size: float = 1
) -> Iterator[None]:
    """Move what is built inside: first tilted about x, then turned about z, then moved."""
    move = Matrix.Translation((x, y, z)) @ Matrix.Rotation(radians(turn), 4, "Z")
    frame = move @ Matrix.Rotation(radians(tilt), 4, "X") @ Matrix.Scale(size, 4)
    _frames.append(_frames[-1] @ frame)
    try:
        yield
    finally:
        _frames.pop()


def world_point(at: Point) -> Vector:
    """Say where a point of the current frame is in the scene."""
    return _frames[-1] @ Vector(at)


def add(mesh: bpy.types.Mesh, paint: bpy.types.Material, smooth: bool = False) -> bpy.types.Object:
    """Put a mesh into the scene, in the current frame."""
    mesh.materials.append(paint)
    if smooth:
        mesh.shade_smooth()
    solid = bpy.data.objects.new(mesh.name, mesh)
    solid.matrix_world = _frames[-1]
    bpy.context.scene.collection.objects.link(solid)
    return solid


def finish(bm: bmesh.types.BMesh, name: str) -> bpy.types.Mesh:
    """Close a mesh under construction, its faces turned outwards."""
    bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    return mesh


def box(size: Point, at: Point, paint: bpy.types.Material, edge: float = 0.02) -> bpy.types.Object:
    """A block around its centre `at`; `edge` is how far its edges are broken."""
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Translation(at) @ Matrix.Diagonal((*size, 1)))
    edge = min(edge, min(size) * 0.3)
    if edge > 0:
        bmesh.ops.bevel(bm, geom=bm.edges[:], offset=edge, segments=1, affect="EDGES")
    return add(finish(bm, "box"), paint)


def sheet(corners: Sequence[Point], paint: bpy.types.Material) -> bpy.types.Object:
    """A flat or folded face through the corners."""
    mesh = bpy.data.meshes.new("sheet")
    mesh.from_pydata(list(corners), [], [list(range(len(corners)))])
    return add(mesh, paint)


def prism(
    outline: Sequence[tuple[float, float]],
    depth: float,
    paint: bpy.types.Material,
    edge: float = 0.0,
) -> bpy.types.Object:
    """An outline drawn in x and z, given a depth along y around 0."""
    bm = bmesh.new()
    face = bm.faces.new([bm.verts.new((x, -depth / 2, z)) for x, z in outline])
    grown = bmesh.ops.extrude_face_region(bm, geom=[face])
    moved = [part for part in grown["geom"] if isinstance(part, bmesh.types.BMVert)]
    bmesh.ops.translate(bm, verts=moved, vec=(0, depth, 0))
    if edge:
        bmesh.ops.bevel(bm, geom=bm.edges[:], offset=edge, segments=1, affect="EDGES")
    return add(finish(bm, "prism"), paint)


def _rings(bm: bmesh.types.BMesh, rings: Sequence[Sequence[Vector]], closed_ends: bool) -> None:
    made = [[bm.verts.new(point) for point in ring] for ring in rings]
    around = len(made[0])
    for low, high in pairwise(made):
        for i in range(around):
            j = (i + 1) % around
            bm.faces.new((low[i], low[j], high[j], high[i]))
    if closed_ends:
        bm.faces.new(made[0])
        bm.faces.new(made[-1])


def turned(
    profile: Sequence[tuple[float, float]],
    paint: bpy.types.Material,
    at: Point = (0, 0, 0),
    axis: str = "z",
    around: int = 32,
    smooth: bool = True,
    closed: bool = True,
) -> bpy.types.Object:
    """A body turned on a lathe: the profile is (radius, distance along the axis)."""
    bm = bmesh.new()
    rings = []
    for radius, along in profile:
        ring = []
        for i in range(around):
            a, b = radius * cos(2 * pi * i / around), radius * sin(2 * pi * i / around)
            ring.append(Vector({"z": (a, b, along), "x": (along, a, b), "y": (b, along, a)}[axis]))
        rings.append([point + Vector(at) for point in ring])
    _rings(bm, rings, closed)
    solid = add(finish(bm, "turned"), paint, smooth)
    if smooth:
        solid.data.set_sharp_from_angle(angle=radians(35))
    return solid


def rod(
    start: Point, end: Point, radius: float, paint: bpy.types.Material, around: int = 12
) -> bpy.types.Object:
    """A round bar from one point to another."""
    return limb((start, end), (radius, radius), paint, around, rounded=False)


def limb(
    points: Sequence[Point],
    radii: Sequence[float],
    paint: bpy.types.Material,
    around: int = 14,
    rounded: bool = True,
    flat: float = 1.0,
) -> bpy.types.Object:
    """A bent tube whose radius changes from point to point; `flat` squeezes it front to back."""
    path = [Vector(point) for point in points]
    rings = []
    side: Vector | None = None
    for i, (here, radius) in enumerate(zip(path, radii, strict=True)):
        along = (path[min(i + 1, len(path) - 1)] - path[max(i - 1, 0)]).normalized()
        if side is None:
            hint = Vector((1, 0, 0)) if abs(along.x) < 0.9 else Vector((0, 1, 0))
            side = along.cross(hint).normalized()
        side = (side - along * side.dot(along)).normalized()
        other = along.cross(side)
        rings.append(
            [
                here
                + (side * cos(2 * pi * k / around) * flat + other * sin(2 * pi * k / around))
                * radius
                for k in range(around)
            ]
        )
    bm = bmesh.new()
    _rings(bm, rings, closed_ends=True)
    solid = add(finish(bm, "limb"), paint, smooth=True)
    if not rounded:
        solid.data.set_sharp_from_angle(angle=radians(50))
    else:
        for end, radius in ((points[0], radii[0]), (points[-1], radii[-1])):
            ball(radius, end, paint, around)
    return solid


def ball(
    radius: float,
    at: Point,
    paint: bpy.types.Material,
    around: int = 16,
    stretch: Point = (1, 1, 1),
) -> bpy.types.Object:
    """A sphere or, stretched, an egg."""
    bm = bmesh.new()
    shape = Matrix.Translation(at) @ Matrix.Diagonal((*stretch, 1))
    bmesh.ops.create_uvsphere(
        bm, u_segments=around, v_segments=max(8, around // 2), radius=radius, matrix=shape
    )
    return add(finish(bm, "ball"), paint, smooth=True)


def ring(
    radius: float,
    thick: float,
    at: Point,
    paint: bpy.types.Material,
    axis: str = "z",
    around: int = 32,
) -> bpy.types.Object:
    """A ring like a tyre: its radius, and the radius of its section."""
    profile = [
        (radius + thick * cos(2 * pi * k / 10), thick * sin(2 * pi * k / 10)) for k in range(11)
    ]
    return turned(profile, paint, at, axis, around, closed=False)


def truss(
    start: Point,
    end: Point,
    height: float,
    bays: int,
    paint: bpy.types.Material,
    thick: float = 0.06,
) -> None:
    """A lattice girder: two chords and a zigzag between them, below the line start to end."""
    a, b = Vector(start), Vector(end)
    drop = Vector((0, 0, -height))
    rod(start, end, thick, paint, 6)
    rod(tuple(a + drop), tuple(b + drop), thick, paint, 6)
    for i in range(bays):
        top, nxt = a.lerp(b, i / bays), a.lerp(b, (i + 1) / bays)
        low = a.lerp(b, (i + 0.5) / bays) + drop
        rod(tuple(top), tuple(low), thick * 0.6, paint, 6)
        rod(tuple(low), tuple(nxt), thick * 0.6, paint, 6)
