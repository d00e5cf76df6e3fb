"""Bundles as zips: unpacked without trusting a word of them, packed the same way every time."""

import shutil
import stat
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, Any

from flask_babel import lazy_gettext as _l

from tours.bundles.folder import SPARE, TEXTS, files_in
from tours.bundles.problems import BadBundle, Problem

MAX_FILES = 2_000
MAX_BYTES = 4_000_000_000
MAX_RATIO = 200
"""Texts compress 20 times at most; a bomb a thousand times."""
SMALL = 1_000_000
"""Below so many bytes a ratio says nothing."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_CHUNK = 1 << 20


def _refused(name: str, sentence: Any) -> BadBundle:
    return BadBundle([Problem(name, 0, 0, sentence)])


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack a zip into `folder`, which is empty; the bundle's own folder in it.

    Raises BadBundle with the reason; what was unpacked until then is the caller's to remove.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = _checked_entries(opened, archive.name)
            for entry, path in entries:
                _unpack_one(opened, entry, folder / path)
    except (zipfile.BadZipFile, EOFError, zlib.error, OSError, NotImplementedError) as error:
        sentence = _l("Le zip est incomplet ou abîmé : envoyez-le à nouveau.")
        raise _refused(archive.name, sentence) from error
    return _top(folder)


def _checked_entries(
    opened: zipfile.ZipFile, name: str
) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    infos = [info for info in opened.infolist() if not _is_litter(info.filename)]
    if len(infos) > MAX_FILES:
        raise _refused(
            name, _l("Le zip contient trop de fichiers : %(max)s au plus.", max=MAX_FILES)
        )
    if sum(info.file_size for info in infos) > MAX_BYTES:
        raise _refused(name, _l("Le zip est trop lourd une fois ouvert : 4 Go au plus."))
    entries = [(info, _safe_path(info)) for info in infos if not info.is_dir()]
    _refuse_clashes(entries)
    return entries


def _is_litter(filename: str) -> bool:
    parts = filename.split("/")
    return parts[0] == _LITTER[0] or parts[-1] in _LITTER


def _safe_path(info: zipfile.ZipInfo) -> PurePosixPath:
    name = info.filename
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
        raise _refused(name, _l("Ce fichier sortirait du dossier : le zip est refusé."))
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise _refused(name, _l("Ce n’est pas un fichier ordinaire (lien) : le zip est refusé."))
    if info.flag_bits & 0x1:
        raise _refused(name, _l("Le zip est protégé par un mot de passe : enlevez-le."))
    if info.file_size > SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise _refused(
            name, _l("Ce fichier est compressé au-delà du possible : le zip est refusé.")
        )
    return path


def _refuse_clashes(entries: list[tuple[zipfile.ZipInfo, PurePosixPath]]) -> None:
    """Names that are one on some machines and two on others, and files that are also folders."""
    seen: dict[str, str] = {}
    for info, path in entries:
        plain = unicodedata.normalize("NFC", path.as_posix()).casefold()
        if plain in seen:
            sentence = _l("Deux fichiers du zip ont le même nom : « %(name)s ».", name=seen[plain])
            raise _refused(info.filename, sentence)
        seen[plain] = info.filename
    for info, path in entries:
        if any(unicodedata.normalize("NFC", p.as_posix()).casefold() in seen for p in path.parents):
            raise _refused(info.filename, _l("Un fichier du zip porte le nom d’un dossier."))


def _unpack_one(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(entry) as source, path.open("xb") as target:
        _copy(source, target, entry)


def _copy(source: IO[bytes], target: IO[bytes], entry: zipfile.ZipInfo) -> None:
    """What the entry says of its size is not believed."""
    left = entry.file_size
    while chunk := source.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise _refused(entry.filename, _l("Ce fichier est plus gros qu’il ne le dit."))
        target.write(chunk)


def _top(folder: Path) -> Path:
    """The folder that holds tour.yaml: this one, or the only one in it."""
    inside = [path for path in folder.iterdir() if not path.name.startswith(".")]
    if len(inside) == 1 and inside[0].is_dir():
        return inside[0]
    return folder


def pack(folder: Path, archive: Path) -> None:
    """Zip a bundle's folder: the same files give the same bytes, on any machine."""
    names = sorted(files_in(folder), key=lambda name: (name not in (*TEXTS, *SPARE), name))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            is_text = name.endswith((".yaml", ".vtt", ".md", ".txt"))
            entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
            entry.external_attr = 0o644 << 16
            with (
                (folder / name).open("rb") as source,
                opened.open(entry, "w", force_zip64=True) as t,
            ):
                shutil.copyfileobj(source, t, _CHUNK)
