"""Tiles show what lies in their direction, in Pannellum's layout, and tell nothing else."""

import os
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from media.errors import Refused
from media.panoramas import PanoramaMeta, check_panorama, cut_panorama
from tests.media.pictures import draw, full_of_places, icc_profile, jpeg, multi_picture, save, xmp

ROOT = Path(__file__).parents[2]
DATA = ROOT / "../shared/data"
GENERATE = ROOT / "node_modules/pannellum/utils/multires/generate.py"
WRAPPER = """
import runpy, sys
from PIL import Image
Image.ANTIALIAS = Image.Resampling.LANCZOS  # the name that the script still uses
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""

Files = dict[str, bytes]


def cut(source: Path | bytes) -> tuple[Files, PanoramaMeta]:
    files: Files = {}
    meta = cut_panorama(source, files.__setitem__)
    return files, meta


def pixels(data: bytes) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(Image.open(BytesIO(data)).convert("RGB")).astype(np.float64)


def signal_to_noise(one: bytes, other: bytes) -> float:
    """PSNR in decibels."""
    error = float(np.mean((pixels(one) - pixels(other)) ** 2))
    return 10 * float(np.log10(255**2 / max(error, 1e-9)))


def test_every_level_and_face_has_its_tiles_and_nothing_is_missing() -> None:
    files, meta = cut(jpeg((4096, 2048)))
    assert (meta["cube"], meta["tile"], meta["levels"]) == (1296, 512, 3)
    tiles = {name for name in files if name[0].isdigit()}
    expected = {
        f"{level}/{face}{row}_{column}.jpg"
        for level, across in ((1, 1), (2, 2), (3, 3))
        for face in "frblud" for row in range(across) for column in range(across)
    }  # fmt: skip
    assert tiles == expected
    assert {f"fallback/{face}.jpg" for face in "frblud"} <= set(files)
    edge = Image.open(BytesIO(files["3/f2_2.jpg"]))
    assert edge.size == (1296 - 1024, 1296 - 1024)
    assert Image.open(BytesIO(files["1/f0_0.jpg"])).size == (324, 324)


def test_previews_have_their_sizes() -> None:
    files, meta = cut(jpeg((2048, 1024)))
    sizes = {
        name: Image.open(BytesIO(data)).size for name, data in files.items() if "/" not in name
    }
    assert sizes == {
        "card.jpg": (1200, 630), "thumb-640.jpg": (640, 336), "thumb-320.jpg": (320, 168),
        "flat-1600.jpg": (1600, 800),
    }  # fmt: skip
    assert meta["blur"].startswith("data:image/webp;base64,")
    assert len(meta["blur"]) < 700


@pytest.mark.parametrize(
    ("face", "red", "green"),
    [("f", 0.5, 0.5), ("r", 0.75, 0.5), ("l", 0.25, 0.5), ("u", None, 0.0), ("d", None, 1.0)],
)
def test_the_middle_of_a_face_shows_its_direction(
    face: str, red: float | None, green: float
) -> None:
    files, meta = cut(jpeg((1024, 512)))
    picture = pixels(files[f"1/{face}0_0.jpg"])
    middle = picture[meta["cube"] // 2, meta["cube"] // 2]
    assert middle[1] == pytest.approx(255 * green, abs=8)
    if red is not None:
        assert middle[0] == pytest.approx(255 * red, abs=8)


@pytest.mark.skipif(not shutil.which("nona"), reason="nona (hugin-tools) is not installed")
def test_every_tile_agrees_with_pannellums_own_generator(tmp_path: Path) -> None:
    source = tmp_path / "source.jpg"
    source.write_bytes(jpeg((2048, 1024)))
    command = [sys.executable, "-W", "ignore", "-c", WRAPPER, str(GENERATE), "-q", "80"]
    subprocess.run([*command, "-o", str(tmp_path / "out"), str(source)], check=True,
                   capture_output=True, env={**os.environ})  # fmt: skip
    files, _ = cut(source)
    theirs = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes()
        for path in (tmp_path / "out").rglob("*.jpg")
    }
    assert set(theirs) == {name for name in files if "/" in name}
    least = min(signal_to_noise(files[name], data) for name, data in theirs.items()
                if "fallback" not in name)  # fmt: skip
    assert least > 34


def test_the_seam_behind_shows_no_line() -> None:
    width, height = 1024, 512
    x = np.arange(width)
    wave = 127 + 120 * np.cos(2 * np.pi * x / width * 3)
    source = Image.fromarray(np.broadcast_to(wave[:, None], (height, width, 3)).astype(np.uint8))
    files, meta = cut(save(source, "PNG"))
    row = pixels(files["1/b0_0.jpg"])[meta["cube"] // 2, :, 0]
    assert np.abs(np.diff(row)).max() < 6


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_picture_stands_upright(orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = draw()
    stored = image.transpose(undo[orientation]) if orientation in undo else image
    files, meta = cut(save(stored, "JPEG", quality=95, exif=exif))
    straight, _ = cut(save(image, "JPEG", quality=95))
    assert (meta["width"], meta["height"]) == (512, 256)
    assert signal_to_noise(files["1/f0_0.jpg"], straight["1/f0_0.jpg"]) > 30


def sixteen_bit_grey() -> Image.Image:
    values = np.asarray(draw().convert("L")).astype(np.uint16) * 257
    return Image.fromarray(values)


@pytest.mark.parametrize(
    ("image_format", "make", "grey"),
    [
        ("PNG", draw, False),
        ("WEBP", draw, False),
        ("TIFF", draw, False),
        ("PNG", lambda: draw().convert("L"), True),
        ("JPEG", lambda: draw().convert("L"), True),
        ("PNG", sixteen_bit_grey, True),
        ("TIFF", sixteen_bit_grey, True),
        ("JPEG", lambda: draw().convert("CMYK"), False),
        ("TIFF", lambda: draw().convert("CMYK"), False),
        ("PNG", lambda: draw().convert("RGBA"), False),
    ],
)
def test_every_format_and_depth_comes_out_in_the_same_colours(
    image_format: str, make: Any, grey: bool
) -> None:
    files, _ = cut(save(make(), image_format))
    source = draw().convert("L") if grey else draw()
    reference, _ = cut(save(source.convert("RGB"), "PNG"))
    assert signal_to_noise(files["1/f0_0.jpg"], reference["1/f0_0.jpg"]) > 27


def test_what_is_clear_becomes_white() -> None:
    clear = Image.new("RGBA", (512, 256), (255, 0, 0, 0))
    files, _ = cut(save(clear, "PNG"))
    assert pixels(files["1/f0_0.jpg"]).min() > 250


@pytest.mark.parametrize("image_format", ["JPEG", "PNG"])
def test_a_colour_profile_is_turned_into_srgb(image_format: str) -> None:
    grey = Image.new("RGB", (512, 256), (128, 128, 128))
    files, _ = cut(save(grey, image_format, icc_profile=icc_profile(gamma=1.0)))
    expected = 255 * (1.055 * (128 / 255) ** (1 / 2.4) - 0.055)
    assert pixels(files["1/f0_0.jpg"]).mean() == pytest.approx(expected, abs=2)


@pytest.mark.parametrize("image_format", ["JPEG", "TIFF"])
def test_a_grey_profile_on_colours_is_left_aside(image_format: str) -> None:
    wrong = icc_profile(gamma=1.0).replace(b"RGB XYZ ", b"GRAYXYZ ")
    files, _ = cut(save(draw(), image_format, icc_profile=wrong))
    assert files["1/f0_0.jpg"]


def test_a_broken_colour_profile_is_left_aside() -> None:
    files, _ = cut(jpeg(icc_profile=b"no profile at all" * 20))
    assert files["1/f0_0.jpg"]


def test_nothing_of_a_cameras_words_survives_in_any_file() -> None:
    source = full_of_places()
    assert source.count(b"Secret") >= 5
    files, meta = cut(source)
    assert not [name for name, data in files.items() if b"Secret" in data]
    assert "Secret" not in str(meta)
    for name, data in files.items():
        image = Image.open(BytesIO(data))
        assert not image.getexif(), name
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(image.info), name


def test_the_first_frame_of_several_is_cut() -> None:
    files, _ = cut(multi_picture())
    alone, _ = cut(jpeg())
    assert signal_to_noise(files["1/f0_0.jpg"], alone["1/f0_0.jpg"]) > 30


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert cut(jpeg()) == cut(jpeg())


def test_progress_rises_to_one() -> None:
    shares: list[float] = []
    cut_panorama(jpeg((2048, 1024)), lambda _name, _data: None, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_a_part_of_the_sphere_is_known_and_the_rest_is_ink() -> None:
    note = xmp(
        FullPanoWidthPixels=1024, FullPanoHeightPixels=512, PoseHeadingDegrees=90,
        CroppedAreaImageWidthPixels=512, CroppedAreaImageHeightPixels=256,
        CroppedAreaLeftPixels=128, CroppedAreaTopPixels=64,
    )  # fmt: skip
    white = Image.new("RGB", (512, 256), (255, 255, 255))
    files, meta = cut(save(white, "JPEG", xmp=note))
    assert meta["partial"] == {"haov": 180.0, "vaov": 90.0, "voffset": 22.5}
    assert meta["heading"] == 45.0
    assert pixels(files["1/f0_0.jpg"])[meta["cube"] // 2, meta["cube"] // 2].min() > 250
    for face in "bd":
        middle = pixels(files[f"1/{face}0_0.jpg"])[meta["cube"] // 2, meta["cube"] // 2]
        assert middle == pytest.approx((20, 33, 61), abs=3)


def test_a_claim_of_a_huge_sphere_makes_no_huge_cube() -> None:
    note = xmp(
        FullPanoWidthPixels=1000000, FullPanoHeightPixels=500000,
        CroppedAreaImageWidthPixels=512, CroppedAreaImageHeightPixels=256,
        CroppedAreaLeftPixels=10, CroppedAreaTopPixels=250000,
    )  # fmt: skip
    extent = check_panorama(jpeg(xmp=note)).extent
    assert extent.cube <= 5208


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent")
@pytest.mark.parametrize(
    ("name", "size", "vaov", "heading"),
    [("snow.jpg", (4542, 1545), 122.457, 285.0), ("sun.jpg", (4000, 2000), None, 9.0)],
)
def test_real_cameras_panoramas_are_understood(
    name: str, size: tuple[int, int], vaov: float | None, heading: float
) -> None:
    checked = check_panorama(DATA / "panoramas" / name)
    assert (checked.width, checked.height) == size
    assert checked.sphere.heading == heading
    partial = checked.sphere.partial
    assert (partial and round(partial.vaov, 3)) == vaov


@pytest.mark.parametrize(
    "options",
    [{"subsampling": 0}, {"subsampling": 1}, {"subsampling": 2}, {"progressive": True},
     {"restart_marker_rows": 1}, {"keep_rgb": True}],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("size", [(512, 256), (510, 255), (514, 257)])
def test_every_sort_of_jpeg_comes_out_alike(size: tuple[int, int], options: Any) -> None:
    files, _ = cut(save(draw(size), "JPEG", quality=95, **options))
    reference, _ = cut(save(draw(size), "PNG"))
    for name in ("1/f0_0.jpg", "1/b0_0.jpg", "1/u0_0.jpg"):
        assert signal_to_noise(files[name], reference[name]) > 30


def test_a_cut_picture_leaves_the_previews_for_nobody() -> None:
    """A JPEG cut in its last rows is refused before its first file is written."""
    written: list[str] = []
    with pytest.raises(Refused):
        cut_panorama(jpeg((2048, 1024))[:-900] + b"\xff\xd9", lambda name, _: written.append(name))
    assert written == []
