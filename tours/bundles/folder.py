"""The files of a bundle's folder: which are there, which are needed, which look broken."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

TEXTS = ("factory.yaml", "tour.yaml")
SPARE = ("README.md", "README.txt", "LICENSE", "LICENSE.md", "LICENSE.txt")
"""Files that may lie beside them; they are not imported."""
MAX_MB = {
    "panorama": 120,
    "picture": 40,
    "film": 300,
    "sound": 60,
    "document": 60,
    "captions": 1,
}

_BEGINNINGS: dict[str, tuple[tuple[int, bytes], ...]] = {
    "jpg": ((0, b"\xff\xd8\xff"),),
    "jpeg": ((0, b"\xff\xd8\xff"),),
    "png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "webp": ((8, b"WEBP"),),
    "tif": ((0, b"II*\0"), (0, b"MM\0*")),
    "tiff": ((0, b"II*\0"), (0, b"MM\0*")),
    "mp4": ((4, b"ftyp"),),
    "webm": ((0, b"\x1a\x45\xdf\xa3"),),
    "mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2"), (0, b"\xff\xfa")),
    "ogg": ((0, b"OggS"),),
    "pdf": ((0, b"%PDF-"),),
    "vtt": ((0, b"WEBVTT"), (0, b"\xef\xbb\xbfWEBVTT")),
}


def files_in(root: Path) -> Iterator[str]:
    """Every file under `root`, as a path with slashes; hidden ones left out."""
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(folder, name).relative_to(root).as_posix()


def needless(root: Path, used: Iterable[str]) -> list[str]:
    """The files that nothing uses."""
    needed = {*used, *TEXTS, *SPARE}
    return [file for file in files_in(root) if file not in needed]


def look_at(root: Path, file: str, media: str) -> Any:
    """What is wrong with a file at first sight, as a sentence, or None."""
    path = root / file
    if path.is_symlink() or not path.resolve().is_relative_to(root.resolve()):
        return _l("« %(file)s » est un lien vers ailleurs.", file=file)
    if not path.is_file() or path.name not in {p.name for p in path.parent.iterdir()}:
        return _l("Le fichier « %(file)s » manque.", file=file)
    megabytes = path.stat().st_size / 1e6
    if megabytes > MAX_MB[media]:
        return _l(
            "« %(file)s » pèse %(mb)s Mo ; au plus %(max)s.",
            file=file,
            mb=round(megabytes),
            max=MAX_MB[media],
        )
    if not _begins_well(path):
        return _l("« %(file)s » est abîmé, ou n’est pas ce que dit son nom.", file=file)
    return None


def _begins_well(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(16)
    signs = _BEGINNINGS[path.suffix[1:].lower()]
    return any(head[at : at + len(sign)] == sign for at, sign in signs)
