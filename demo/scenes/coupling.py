"""A close-up of the opened hub, for the picture in the turbine hall: python coupling.py"""

from math import radians

import bpy
from parts_look import VERMILION, lamp, paint, sky, speckled, sun
from parts_shapes import box, placed
from parts_shot import PANORAMAS, set_quality
from parts_turbine import bulb_turbine, concrete_mouth


def build() -> None:
    """The third unit alone, a lamp before it."""
    sky()
    sun(200, 40, 3.0)
    with placed(0, 3.2, 0):
        concrete_mouth(10.6, 3.0, 4.2, 5.5, speckled("#C9BDA8", "#D6CBB8", 1.1, 0.8))
        bulb_turbine(VERMILION, 22, opened=True)
    box((30, 0.2, 30), (0, -6, 0), paint("#EADFC9", 0.9), 0)
    lamp((1.5, -1.5, 2.5), 160, 2.0)


def stand_camera() -> None:
    """Before the hub, slightly to the left."""
    camera = bpy.data.cameras.new("camera")
    camera.lens = 34
    thing = bpy.data.objects.new("camera", camera)
    thing.location, thing.rotation_euler = (-0.5, 0.7, 0.1), (radians(88), 0, radians(-11))
    bpy.context.scene.collection.objects.link(thing)
    bpy.context.scene.camera = thing


if __name__ == "__main__":
    bpy.ops.wm.read_factory_settings(use_empty=True)
    build()
    stand_camera()
    set_quality(1200, 12, 0.3)
    picture = bpy.context.scene.render
    picture.resolution_y = 900
    picture.image_settings.file_format, picture.image_settings.quality = "JPEG", 90
    picture.filepath = str(PANORAMAS.parent / "pictures" / "coupling.jpg")
    bpy.ops.render.render(write_still=True)
