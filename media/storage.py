"""Where files are kept: a folder here, or a bucket (media/bucket.py), behind one small protocol.

Names are made by this project only (see media/keys.py): letters, digits, ``-_.`` and ``/``.
"""

import os
import pkgutil
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import uuid4

from app.core.config import Settings

Put = Callable[[str, bytes, str], None]
"""Takes a name, the bytes, and the type that a browser is told."""

_NAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
_TYPES = {
    "jpg": "image/jpeg", "json": "application/json", "mp4": "video/mp4", "webm": "video/webm",
    "mp3": "audio/mpeg", "ogg": "audio/ogg", "pdf": "application/pdf",
    "vtt": "text/vtt; charset=utf-8",
}  # fmt: skip


class Absent(KeyError):
    """No file of this name."""


class Piece(NamedTuple):
    """Bytes ``start`` to ``start + len(data)`` of a file of ``size`` bytes."""

    data: bytes
    start: int
    size: int


class Storage(Protocol):
    """A flat set of named files. Every method may be called from several threads."""

    def put(self, key: str, data: bytes, content_type: str = "") -> None:
        """Write a file whole, or not at all."""

    def putting(self) -> AbstractContextManager[Put]:
        """Many files at once: they are all durable when the block ends well."""

    def put_many(self, files: Iterable[tuple[str, bytes, str]]) -> None:
        """Write every file; durable on return."""

    def read(self, key: str) -> bytes:
        """The file. Raises Absent."""

    def read_range(self, key: str, start: int, length: int) -> Piece:
        """Part of a file, cut at its end. Raises Absent."""

    def size(self, key: str) -> int:
        """Bytes. Raises Absent."""

    def exists(self, key: str) -> bool:
        """Whether there is a file of this name."""

    def list(self, prefix: str) -> Iterator[str]:
        """Names that begin with the prefix, which ends with a slash."""

    def copy_prefix(self, source: str, target: str) -> None:
        """Copy every file under a prefix to another one."""

    def delete_prefix(self, prefix: str) -> None:
        """Delete every file under a prefix; none is fine."""


class FolderStorage:
    """Files in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        """Where the file is. Raises ValueError for a name that this project cannot have made."""
        if not _NAME.fullmatch(key.removesuffix("/")):
            raise ValueError(f"not a file's name: {key!r}")
        return self.root / key

    def put(self, key: str, data: bytes, content_type: str = "") -> None:  # noqa: ARG002
        """Write a file whole and durably: under another name first."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{uuid4().hex}")
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def putting(self) -> Iterator[Put]:
        """Write plainly, then flush once: a thousand tiles are not worth a thousand flushes."""
        yield self._write
        os.sync()

    def _write(self, key: str, data: bytes, content_type: str = "") -> None:  # noqa: ARG002
        path = self.path(key)
        try:
            path.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def put_many(self, files: Iterable[tuple[str, bytes, str]]) -> None:
        """Write every file; durable on return."""
        with self.putting() as put:
            for file in files:
                put(*file)

    def read(self, key: str) -> bytes:
        """The file. Raises Absent."""
        try:
            return self.path(key).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise Absent(key) from None

    def read_range(self, key: str, start: int, length: int) -> Piece:
        """Part of a file, cut at its end. Raises Absent."""
        try:
            with self.path(key).open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                file.seek(start)
                return Piece(file.read(length), start, size)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise Absent(key) from None

    def size(self, key: str) -> int:
        """Bytes. Raises Absent."""
        try:
            return self.path(key).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            raise Absent(key) from None

    def exists(self, key: str) -> bool:
        """Whether there is a file of this name."""
        return self.path(key).is_file()

    def list(self, prefix: str) -> Iterator[str]:
        """Names that begin with the prefix, which ends with a slash."""
        for path in sorted(self.path(prefix).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self.root).as_posix()

    def copy_prefix(self, source: str, target: str) -> None:
        """Hard links: a published file takes no second place."""
        for key in self.list(source):
            path = self.path(target + key.removeprefix(source))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            _link(self.path(key), path)

    def delete_prefix(self, prefix: str) -> None:
        """Move aside first, so that all of it is gone at the same instant."""
        path = self.path(prefix)
        gone = path.with_name(f".{path.name}.{uuid4().hex}")
        try:
            path.rename(gone)
        except FileNotFoundError:
            return
        shutil.rmtree(gone)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)


def type_of(key: str) -> str:
    """What a browser is told; unknown endings are bytes to download."""
    return _TYPES.get(key.rpartition(".")[2], "application/octet-stream")


def storage_from_settings(settings: Settings) -> Storage:
    """The folder or the bucket that the operator chose; boto3 is loaded for a bucket only."""
    if settings.storage == "folder":
        return FolderStorage(settings.data / "media")
    open_bucket: Callable[[Settings], Storage] = pkgutil.resolve_name("media.bucket:open_bucket")
    return open_bucket(settings)
