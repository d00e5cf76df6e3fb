"""The one way in for files of a bundle: checked, cleaned or cut, stored once.

Runs in the worker and in the command, never in the serving process.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media.cutting import Put
from media.documents import clean_document
from media.errors import Refused
from media.films import clean_film
from media.keys import MARK, asset_key, hash_source, private_prefix
from media.panoramas import cut_panorama
from media.pictures import clean_picture
from media.sounds import clean_sound
from media.storage import Storage, type_of

Progress = Callable[[float], None]
"""Told the share that is done, 0 to 1, possibly from another thread."""


@dataclass(frozen=True)
class Taken:
    """An asset that is in storage, complete; ``files`` are those written just now."""

    key: str
    kind: str
    meta: dict[str, Any]
    source_sha256: str
    files: list[str]


def _ignore(_share: float) -> None:
    """Nobody watches."""


_MAKERS: dict[str, Callable[[Path, Put, Progress], Mapping[str, Any]]] = {
    "panorama": cut_panorama,
    "picture": lambda path, put, _: clean_picture(path, put),
    "film": lambda path, put, _: clean_film(path, put),
    "sound": lambda path, put, _: clean_sound(path, put),
    "document": lambda path, put, _: clean_document(path, put),
}


KINDS = tuple(_MAKERS)
"""What a file may come in as."""


def make_files(path: Path, kind: str, put: Put, progress: Progress = _ignore) -> Mapping[str, Any]:
    """The asset's files through ``put``, and its meta; nothing is stored. Raises Refused."""
    if kind not in _MAKERS:
        raise Refused("unknown-kind", kind=kind)
    return _MAKERS[kind](path, put, progress)


def take_in(path: Path, kind: str, storage: Storage, progress: Progress = _ignore) -> Taken:
    """Store an asset under ``private/``, or find that it is there already.

    A killed process leaves an asset without its mark; the next call makes it whole.
    Raises Refused with its reason, leaving nothing behind.
    """
    if kind not in _MAKERS:
        raise Refused("unknown-kind", kind=kind)
    source = hash_source(path)
    key = asset_key(source, kind)
    prefix = private_prefix(key)
    if storage.exists(prefix + MARK):
        progress(1.0)
        return Taken(key, kind, json.loads(storage.read(prefix + MARK)), source, [])
    try:
        meta, files = _make(path, kind, storage, prefix, progress)
    except BaseException:
        storage.delete_prefix(prefix)
        raise
    return Taken(key, kind, meta, source, files)


def _make(
    path: Path, kind: str, storage: Storage, prefix: str, progress: Progress
) -> tuple[dict[str, Any], list[str]]:
    """Write the files, and the mark after they are durable."""
    files: list[str] = []
    lock = threading.Lock()
    with storage.putting() as put:

        def put_file(name: str, data: bytes) -> None:
            put(prefix + name, data, type_of(name))
            with lock:
                files.append(name)

        meta = dict(make_files(path, kind, put_file, progress))
    storage.put(prefix + MARK, json.dumps(meta).encode(), type_of(MARK))
    progress(1.0)
    return meta, [*files, MARK]
