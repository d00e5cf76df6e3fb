"""Pictures that the tests make themselves, whole and broken."""

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

SIZE = (512, 256)
GPANO = "http://ns.google.com/photos/1.0/panorama/"


def draw(size: tuple[int, int] = SIZE) -> Image.Image:
    """A sphere whose colour tells the direction: red by column, green by row, blue by both."""
    width, height = size
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    red, green = 255 * x / width, 255 * y / height
    blue = 127 + 100 * np.sin(x / 9) * np.cos(y / 7)
    return Image.fromarray(np.stack([red, green, blue], -1).astype(np.uint8))


def save(image: Image.Image, image_format: str = "JPEG", **options: Any) -> bytes:
    """The picture as a file."""
    buffer = BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def jpeg(size: tuple[int, int] = SIZE, **options: Any) -> bytes:
    """A sound panorama."""
    return save(draw(size), "JPEG", quality=90, **options)


def xmp(body: str = "", head: str = "", **gpano: object) -> bytes:
    """An XMP packet with GPano properties."""
    said = " ".join(f'GPano:{name}="{value}"' for name, value in gpano.items())
    return (
        f'{head}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        f'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        f'xmlns:GPano="{GPANO}" {said}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def png_bomb(width: int, height: int) -> bytes:
    """A small file that says it is enormous."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def jpeg_that_says(width: int, height: int) -> bytes:
    """A JPEG whose frame header was changed."""
    data = bytearray(jpeg())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def multi_picture() -> bytes:
    """An MPO file: a panorama, and a second picture behind it."""
    return save(draw(), "MPO", save_all=True, append_images=[draw((64, 32))])


def full_of_places() -> bytes:
    """A JPEG with a place, an owner, a serial number and comments, in every way there is."""
    exif = Image.Exif()
    exif[0x010F] = "SecretMaker"
    exif[0x8298] = "SecretOwner"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 29: "SecretDay"})
    exif.get_ifd(0x8769)[0xA431] = "SecretSerial"
    note = xmp(body="<GPano:StitchingSoftware>SecretSoftware</GPano:StitchingSoftware>")
    return save(draw(), "JPEG", quality=90, exif=exif, comment=b"SecretComment", xmp=note)


def icc_profile(gamma: float) -> bytes:
    """A matrix profile with sRGB's primaries and another gamma, after ICC.1:2001-04."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    def place(*values: float) -> bytes:
        return b"XYZ " + bytes(4) + fixed(*values)

    curve = b"curv" + bytes(4) + struct.pack(">IHH", 1, round(gamma * 256), 0)
    name = b"desc" + bytes(4) + struct.pack(">I", 5) + b"Tests"[:4] + bytes(80)
    tags = {
        b"desc": name, b"wtpt": place(0.9642, 1, 0.8249), b"rXYZ": place(0.4361, 0.2225, 0.0139),
        b"gXYZ": place(0.3851, 0.7169, 0.0971), b"bXYZ": place(0.1431, 0.0606, 0.7141),
        b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    }  # fmt: skip
    table, bodies = struct.pack(">I", len(tags)), b""
    for tag, body in tags.items():
        start = 128 + 4 + 12 * len(tags) + len(bodies)
        table += tag + struct.pack(">II", start, len(body))
        bodies += body + bytes(-len(body) % 4)
    head = struct.pack(
        ">I4sI4s4s4s12x4s", 0, bytes(4), 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp"
    )
    head += bytes(68 - len(head)) + fixed(0.9642, 1, 0.8249)
    data = head + bytes(128 - len(head)) + table + bodies
    return struct.pack(">I", len(data)) + data[4:]
