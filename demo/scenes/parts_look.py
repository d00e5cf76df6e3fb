"""The colours of the house, surfaces, light and sky."""

from functools import cache
from math import radians

import bpy

INK, YELLOW, VERMILION, TEAL, PAPER = "#14213D", "#FFC61A", "#E4572E", "#1B998B", "#FBF7EF"
STEEL, CONCRETE, WHITE, BLACK = "#AEB8C2", "#B9B2A6", "#F1EFEA", "#20242C"


def linear(colour: str, alpha: float = 1.0) -> tuple[float, float, float, float]:
    """Turn #rrggbb into the linear light that the renderer counts in (IEC 61966-2-1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return (r, g, b, alpha)


@cache
def paint(colour: str, rough: float = 0.55, metal: float = 0.0) -> bpy.types.Material:
    """A plain surface: `rough` 0 is a mirror, 1 is chalk; `metal` 1 is bare metal."""
    material = bpy.data.materials.new(f"{colour} {rough} {metal}")
    material.use_nodes = True
    surface = material.node_tree.nodes["Principled BSDF"]
    surface.inputs["Base Color"].default_value = linear(colour)
    surface.inputs["Roughness"].default_value = rough
    surface.inputs["Metallic"].default_value = metal
    return material


@cache
def speckled(colour: str, other: str, grain: float = 1.5, rough: float = 0.7) -> bpy.types.Material:
    """A surface whose colour wanders between two, as on concrete, grass or sand."""
    material = bpy.data.materials.new(f"speckled {colour} {other}")
    material.use_nodes = True
    nodes, links = material.node_tree.nodes, material.node_tree.links
    surface = nodes["Principled BSDF"]
    surface.inputs["Roughness"].default_value = rough
    place = nodes.new("ShaderNodeTexCoord")
    noise = nodes.new("ShaderNodeTexNoise")
    noise.inputs["Scale"].default_value = grain
    noise.inputs["Detail"].default_value = 3
    ramp = nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[1].position = 0.4, 0.62
    ramp.color_ramp.elements[0].color = linear(colour)
    ramp.color_ramp.elements[1].color = linear(other)
    links.new(place.outputs["Object"], noise.inputs["Vector"])
    links.new(noise.outputs["Fac"], ramp.inputs["Fac"])
    links.new(ramp.outputs["Color"], surface.inputs["Base Color"])
    return material


@cache
def glow(colour: str, strength: float = 2.0) -> bpy.types.Material:
    """A lamp's surface or a lit screen."""
    material = paint(colour, 0.5).copy()
    surface = material.node_tree.nodes["Principled BSDF"]
    surface.inputs["Emission Color"].default_value = linear(colour)
    surface.inputs["Emission Strength"].default_value = strength
    return material


@cache
def water(colour: str = "#1C6F78", wave: float = 0.35) -> bpy.types.Material:
    """Sea water: a dark gloss broken by small waves, `wave` is how rough the sea is."""
    material = paint(colour, 0.12).copy()
    nodes, links = material.node_tree.nodes, material.node_tree.links
    place = nodes.new("ShaderNodeTexCoord")
    noise = nodes.new("ShaderNodeTexNoise")
    noise.inputs["Scale"].default_value = 0.55
    noise.inputs["Detail"].default_value = 4
    bump = nodes.new("ShaderNodeBump")
    bump.inputs["Strength"].default_value = wave
    bump.inputs["Distance"].default_value = 0.6
    links.new(place.outputs["Object"], noise.inputs["Vector"])
    links.new(noise.outputs["Fac"], bump.inputs["Height"])
    links.new(bump.outputs["Normal"], nodes["Principled BSDF"].inputs["Normal"])
    return material


def sky(zenith: str = "#3E8BC4", horizon: str = "#FBE3BD", light: float = 1.0) -> None:
    """A morning sky: a gradient from horizon to zenith with soft, flat clouds."""
    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world = world
    world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    place, split = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeSeparateXYZ")
    links.new(place.outputs["Generated"], split.inputs[0])
    ramp = nodes.new("ShaderNodeValToRGB")
    stops = ramp.color_ramp.elements
    stops[0].position, stops[0].color = 0.0, linear(horizon)
    stops[1].position, stops[1].color = 0.55, linear(zenith)
    links.new(split.outputs["Z"], ramp.inputs["Fac"])
    mixed = _clouds(nodes, links, place, ramp)
    nodes["Background"].inputs["Strength"].default_value = light
    links.new(mixed, nodes["Background"].inputs["Color"])


def _clouds(
    nodes: bpy.types.Nodes, links: bpy.types.NodeLinks, place: bpy.types.Node, ramp: bpy.types.Node
) -> bpy.types.NodeSocket:
    flatten = nodes.new("ShaderNodeMapping")
    flatten.inputs["Scale"].default_value = (1.6, 1.6, 6.5)
    noise = nodes.new("ShaderNodeTexNoise")
    noise.inputs["Scale"].default_value = 1.4
    noise.inputs["Detail"].default_value = 5
    edge = nodes.new("ShaderNodeValToRGB")
    edge.color_ramp.elements[0].position, edge.color_ramp.elements[1].position = 0.52, 0.66
    edge.color_ramp.elements[1].color = (0.85, 0.85, 0.85, 1)
    mix = nodes.new("ShaderNodeMixRGB")
    mix.inputs[2].default_value = linear("#FFF6E6")
    links.new(place.outputs["Generated"], flatten.inputs["Vector"])
    links.new(flatten.outputs["Vector"], noise.inputs["Vector"])
    links.new(noise.outputs["Fac"], edge.inputs["Fac"])
    links.new(edge.outputs["Color"], mix.inputs[0])
    links.new(ramp.outputs["Color"], mix.inputs[1])
    return mix.outputs[0]


def sun(turn: float, height: float, strength: float = 4.0, colour: str = "#FFE3B0") -> None:
    """The sun, seen at yaw `turn` (degrees, right of the picture's centre) and `height`."""
    lamp = bpy.data.lights.new("sun", "SUN")
    lamp.energy, lamp.angle, lamp.color = strength, radians(1.5), linear(colour)[:3]
    thing = bpy.data.objects.new("sun", lamp)
    thing.rotation_euler = (radians(90 - height), 0, radians(180 - turn))
    bpy.context.scene.collection.objects.link(thing)


def lamp(
    at: tuple[float, float, float],
    watts: float,
    size: float = 2.0,
    colour: str = "#FFE8C4",
    down: bool = True,
) -> None:
    """A soft lamp; `down` makes it a square panel under a roof, else a glowing ball."""
    light = bpy.data.lights.new("lamp", "AREA" if down else "POINT")
    light.energy, light.color = watts, linear(colour)[:3]
    if down:
        light.size = size
    else:
        light.shadow_soft_size = size / 4
    thing = bpy.data.objects.new("lamp", light)
    thing.location = at
    thing.visible_camera = False
    bpy.context.scene.collection.objects.link(thing)
