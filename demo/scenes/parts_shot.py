"""Where the camera stands, what is named, and the render itself.

    python turbine_hall.py [--width 1024] [--samples 4] [--out FILE]

In places/ it writes, under the picture's name, yaw and pitch in degrees of every named thing,
yaw 0 at the picture's centre and right positive, pitch up positive: where a hotspot must be to
sit on it.
"""

import argparse
import json
import sys
from collections.abc import Callable
from math import atan2, degrees, hypot, radians
from pathlib import Path

import bpy
from parts_shapes import Point, world_point

EYES = 1.7
PLACES = Path(__file__).resolve().parent / "places"
PANORAMAS = Path(__file__).resolve().parents[1] / "tidal-plant" / "panoramas"
_named: dict[str, dict[str, float]] = {}


def name(thing: str, at: Point = (0, 0, 0)) -> None:
    """Remember where a thing is seen from the camera, which stands over the scene's origin."""
    x, y, z = world_point(at)
    yaw, pitch = degrees(atan2(x, y)), degrees(atan2(z - EYES, hypot(x, y)))
    _named[thing] = {"yaw": round(yaw, 1), "pitch": round(pitch, 1)}


def _stand_camera() -> None:
    camera = bpy.data.cameras.new("camera")
    camera.type = "PANO"
    camera.panorama_type = "EQUIRECTANGULAR"
    thing = bpy.data.objects.new("camera", camera)
    thing.location, thing.rotation_euler = (0, 0, EYES), (radians(90), 0, 0)
    bpy.context.scene.collection.objects.link(thing)
    bpy.context.scene.camera = thing


def set_quality(width: int, samples: int, exposure: float) -> None:
    """Cycles on the processor, few samples, denoised with what it knows of the surfaces."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.use_adaptive_sampling = "CPU", samples, False
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    cycles.denoising_prefilter = "ACCURATE"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 3, 2, 2
    cycles.sample_clamp_indirect, cycles.blur_glossy = 2.0, 1.0
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.use_light_tree = True
    scene.render.resolution_x, scene.render.resolution_y = width, width // 2
    scene.render.threads_mode, scene.render.threads = "FIXED", 2
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = "AgX - Medium High Contrast"
    scene.view_settings.exposure = exposure


def shoot(build: Callable[[], None], exposure: float = 0.0) -> None:
    """Empty the world, build the scene, render it and write down what stands where."""
    scene = Path(sys.argv[0]).stem.replace("_", "-")
    asked = argparse.ArgumentParser()
    asked.add_argument("--width", type=int, default=4096)
    asked.add_argument("--samples", type=int, default=8)
    asked.add_argument("--quality", type=int, default=92)
    asked.add_argument("--out", type=Path, default=PANORAMAS / f"{scene}.jpg")
    asked.add_argument("--only-names", action="store_true")
    wish = asked.parse_args()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    build()
    _stand_camera()
    set_quality(wish.width, wish.samples, exposure)
    places = PLACES / f"{scene}.json"
    places.write_text(json.dumps(_named, indent=1, sort_keys=True) + "\n")
    if not wish.only_names:
        picture = bpy.context.scene.render
        picture.image_settings.file_format = "JPEG" if wish.out.suffix == ".jpg" else "PNG"
        picture.image_settings.quality = wish.quality
        picture.filepath = str(wish.out.resolve())
        bpy.ops.render.render(write_still=True)
