"""Portraits of the people of the tour, half a metre from their smile: python portraits.py"""

import sys
from math import radians
from pathlib import Path
from typing import Any

import bpy
from parts_look import PAPER, TEAL, VERMILION, WHITE, YELLOW, glow, lamp, paint, sky
from parts_people import HOLDING, STANDING, person
from parts_shapes import box
from parts_shot import PANORAMAS, set_quality

BLUE = "#27406E"
PEOPLE: dict[str, tuple[str, dict[str, Any]]] = {
    "soizic": (TEAL, {"skin": 0, "helmet": WHITE, "hair": "#B5642B", "bun": True}),
    "maelle": (YELLOW, {"skin": 0, "helmet": PAPER, "hair": "#7A3B1D", "bun": True}),
    "ilyes": (VERMILION, {"skin": 1, "helmet": YELLOW, "pose": HOLDING}),
    "karim": (YELLOW, {"skin": 2, "helmet": None, "vest": TEAL, "hair": "#1E1714", "beard": True}),
    "nolwenn": (
        VERMILION,
        {"skin": 0, "helmet": None, "vest": TEAL, "hair": "#C9975A", "bun": True},
    ),
    "aicha": (TEAL, {"skin": 2, "helmet": None, "hair": "#1B1411", "bun": True}),
    "ines": (
        YELLOW,
        {"skin": 2, "helmet": WHITE, "hair": "#17110E", "bun": True, "cloth": BLUE, "sleeve": BLUE},
    ),
}


def build(ground: str, looks: dict[str, Any]) -> None:
    """Somebody before a coloured wall, lit from the left."""
    sky(light=0.7)
    box((8, 0.1, 8), (0, -1.4, 1.5), paint(ground, 0.8), 0)
    pose = looks.get("pose", STANDING)
    person(pose, turn=-12, **{key: value for key, value in looks.items() if key != "pose"})
    lamp((-0.9, 1.6, 2.6), 45, 1.2)
    lamp((1.6, 1.2, 1.8), 12, 1.5)


def stand_camera() -> None:
    """In front, at the height of the chin."""
    camera = bpy.data.cameras.new("camera")
    camera.lens = 92
    thing = bpy.data.objects.new("camera", camera)
    thing.location, thing.rotation_euler = (0, 1.75, 1.53), (radians(91), 0, radians(180))
    bpy.context.scene.collection.objects.link(thing)
    bpy.context.scene.camera = thing


def take(who: str, folder: Path) -> None:
    """One portrait, 480 pixels square."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for surface in (paint, glow):
        surface.cache_clear()  # the paints went with the last scene
    ground, looks = PEOPLE[who]
    build(ground, looks)
    stand_camera()
    set_quality(480, 8, 0.9)
    picture = bpy.context.scene.render
    picture.resolution_y = 480
    picture.image_settings.file_format, picture.image_settings.quality = "JPEG", 88
    picture.filepath = str(folder / f"{who}.jpg")
    bpy.ops.render.render(write_still=True)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or PEOPLE:
        take(wanted, PANORAMAS.parent / "pictures")
