"""Zips from outside: unpacked without trusting a word of them."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tours.bundles.archive import pack, unpack
from tours.bundles.problems import BadBundle

Fill = Callable[[zipfile.ZipFile], object]


def make_zip(path: Path, fill: Fill) -> Path:
    """A zip that `fill` wrote."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        fill(opened)
    return path


def special(mode: int) -> Fill:
    """An entry that is no ordinary file."""
    entry = zipfile.ZipInfo("pictures/x.png")
    entry.external_attr = (mode | 0o777) << 16
    return lambda z: z.writestr(entry, "/etc/passwd")


def twice(one: str, other: str) -> Fill:
    def fill(opened: zipfile.ZipFile) -> None:
        opened.writestr(one, "1")
        opened.writestr(other, "2")

    return fill


def many(opened: zipfile.ZipFile) -> None:
    for n in range(2001):
        opened.writestr(f"pictures/{n}.png", "")


BAD: dict[str, tuple[Fill, str]] = {
    "a path outside": (lambda z: z.writestr("../evil.yaml", "x"), "sortirait"),
    "a path outside, deeper": (lambda z: z.writestr("a/../../evil.yaml", "x"), "sortirait"),
    "an absolute path": (lambda z: z.writestr("/etc/evil", "x"), "sortirait"),
    "a Windows path": (lambda z: z.writestr("C:\\evil.yaml", "x"), "sortirait"),
    "a symbolic link": (special(stat.S_IFLNK), "lien"),
    "a device": (special(stat.S_IFCHR), "lien"),
    "a bomb": (lambda z: z.writestr("pictures/x.png", b"\0" * 30_000_000), "au-delà du possible"),
    "too many files": (
        many,
        "trop de fichiers",
    ),
    "names that clash": (twice("pictures/A.png", "pictures/a.png"), "même nom"),
    "accents that clash": (twice("pictures/é.png", "pictures/e\u0301.png"), "même nom"),
    "a file that is a folder": (twice("pictures", "pictures/a.png"), "dossier"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_dangerous_zip_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    fill, words = BAD[name]
    archive = make_zip(tmp_path / "bad.zip", fill)
    folder = tmp_path / "inside" / "deep"
    folder.mkdir(parents=True)
    with pytest.raises(BadBundle) as caught:
        unpack(archive, folder)
    assert words in str(caught.value)
    assert {p.name for p in tmp_path.iterdir()} == {"bad.zip", "inside"}
    assert [p.name for p in (tmp_path / "inside").iterdir()] == ["deep"]


@pytest.fixture
def packed(sample: Path, tmp_path: Path) -> Path:
    """The sample as a zip."""
    pack(sample, tmp_path / "mill.zip")
    return tmp_path / "mill.zip"


def refuse(archive: Path, folder: Path) -> str:
    """Why a zip is refused."""
    folder.mkdir()
    with pytest.raises(BadBundle) as caught:
        unpack(archive, folder)
    return str(caught.value)


def test_a_truncated_zip_is_refused(packed: Path, tmp_path: Path) -> None:
    packed.write_bytes(packed.read_bytes()[:-2000])
    assert "incomplet" in refuse(packed, tmp_path / "out")


def test_a_damaged_zip_is_refused(packed: Path, tmp_path: Path) -> None:
    data = bytearray(packed.read_bytes())
    data[len(data) // 2] ^= 0xFF
    packed.write_bytes(data)
    assert "incomplet" in refuse(packed, tmp_path / "out")


def test_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"GIF89a")
    assert "incomplet" in refuse(path, tmp_path / "out")


def test_an_encrypted_zip_is_refused(packed: Path, tmp_path: Path) -> None:
    data = bytearray(packed.read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        start = opened.start_dir
    flags = struct.unpack_from("<H", data, start + 8)[0]
    struct.pack_into("<H", data, start + 8, flags | 1)
    packed.write_bytes(data)
    assert "mot de passe" in refuse(packed, tmp_path / "out")


def test_the_size_that_an_entry_tells_is_not_believed(tmp_path: Path) -> None:
    archive = make_zip(tmp_path / "x.zip", lambda z: z.writestr("tour.yaml", b"a" * 5000))
    data = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as opened:
        start = opened.start_dir
    struct.pack_into("<I", data, start + 24, 10)
    archive.write_bytes(data)
    assert refuse(archive, tmp_path / "out")


def test_a_single_folder_in_the_zip_is_the_bundle(tmp_path: Path, sample: Path) -> None:
    def fill(opened: zipfile.ZipFile) -> None:
        opened.write(sample / "tour.yaml", "mill/tour.yaml")
        opened.writestr("__MACOSX/mill/._tour.yaml", "x")

    folder = tmp_path / "out"
    folder.mkdir()
    assert unpack(make_zip(tmp_path / "x.zip", fill), folder) == folder / "mill"


def test_packing_twice_gives_the_same_bytes(sample: Path, tmp_path: Path, packed: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    pack(unpack(packed, folder), tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()
    for path in sample.rglob("*"):
        if path.is_file():
            assert (folder / path.relative_to(sample)).read_bytes() == path.read_bytes()
