"""Published files for browsers, served before anything else sees the request.

Tiles are most of what a class fetches, so a request costs one pattern, one ``open`` and one
``read``: no folder is listed, no index kept, no session opened. An address holds the hash of what
it names, so that its answer never changes, except to 404 when a scene is withdrawn.
"""

import os
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from media.ranges import Range, read_range
from media.storage import Absent, FolderStorage, Storage, type_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PATH: Final = re.compile(
    r"/(([0-9a-f]{2})/(\2[0-9a-f]{30}))/((?:"
    r"[1-9]/[frblud][0-9]{1,2}_[0-9]{1,2}|fallback/[frblud]|"
    r"thumb-[0-9]{1,4}|flat-[0-9]{1,4}|card|picture(?:-[0-9]{1,4})?|poster"
    r")\.jpg|film\.(?:mp4|webm)|sound\.(?:mp3|ogg)|document\.pdf|captions\.[a-z]{2}\.vtt)"
)
_CHUNK: Final = 1 << 18
_COMMON: Final = [
    ("Cache-Control", "public, max-age=31536000, immutable"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
]
_TILE: Final = [("Content-Type", "image/jpeg"), *_COMMON]
_NOT_FOUND: Final = [
    ("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"), ("Content-Length", "0"),
]  # fmt: skip


class MediaFiles:
    """Answers ``/media/<kk>/<key>/<name>`` itself and gives everything else to the app."""

    def __init__(self, app: "WSGIApplication", storage: Storage, mount: str = "/media") -> None:
        self.app = app
        self.storage = storage
        self.mount = f"{mount}/"
        root = storage.root if isinstance(storage, FolderStorage) else None
        self.folder = None if root is None else f"{root.resolve()}/public/"

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Serve a file, or hand over."""
        path: str = environ["PATH_INFO"]
        if not path.startswith(self.mount):
            return self.app(environ, start)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            start("405 Method Not Allowed", [("Allow", "GET, HEAD"), ("Content-Length", "0")])
            return ()
        found = _PATH.fullmatch(path, len(self.mount) - 1)
        if found is None:
            return _refuse(start)
        try:
            return self._serve(environ, start, found)
        except (FileNotFoundError, NotADirectoryError, Absent):
            return _refuse(start)

    def _serve(
        self, environ: "WSGIEnvironment", start: "StartResponse", found: "re.Match[str]"
    ) -> Iterable[bytes]:
        name = found[0][1:]
        tag = f'"{found[3]}"'
        if not name.endswith(".jpg"):
            return self._serve_stored(environ, start, f"public/{name}", tag)
        if environ.get("HTTP_IF_NONE_MATCH") == tag:
            self._insist(name)
            start("304 Not Modified", [("ETag", tag), _COMMON[0]])
            return ()
        data = _read(self.folder + name) if self.folder else self.storage.read(f"public/{name}")
        start("200 OK", [*_TILE, ("ETag", tag), ("Content-Length", str(len(data)))])
        return () if environ["REQUEST_METHOD"] == "HEAD" else (data,)

    def _insist(self, name: str) -> None:
        """Raise when the file is gone: what was withdrawn is not confirmed to a browser."""
        if self.folder:
            os.stat(self.folder + name)  # noqa: PTH116 - a Path costs more than the call
        else:
            self.storage.size(f"public/{name}")

    def _serve_stored(
        self, environ: "WSGIEnvironment", start: "StartResponse", key: str, tag: str
    ) -> Iterable[bytes]:
        """Films, sounds, documents, and everything of a bucket: with ranges, in pieces."""
        size = self.storage.size(key)
        status, headers, part = answer_range(environ.get("HTTP_RANGE"), tag, size, environ)
        start(status, [("Content-Type", type_of(key)), *_COMMON, *headers])
        if environ["REQUEST_METHOD"] == "HEAD" or part is None:
            return ()
        return read_pieces(self.storage, key, part)


def is_served(key: str, name: str) -> bool:
    """Whether an asset may have a file of this name for browsers."""
    return _PATH.fullmatch(f"/{key[:2]}/{key}/{name}") is not None


def answer_range(
    header: str | None, tag: str, size: int, environ: "WSGIEnvironment"
) -> tuple[str, list[tuple[str, str]], Range | None]:
    """Status, headers, and which part is sent; None when there is no body."""
    headers = [("ETag", tag), ("Accept-Ranges", "bytes")]
    if environ.get("HTTP_IF_NONE_MATCH") == tag:
        return "304 Not Modified", headers, None
    if environ.get("HTTP_IF_RANGE", tag) != tag:
        header = None
    part = read_range(header, size)
    if part is None:
        missed = [("Content-Range", f"bytes */{size}"), ("Content-Length", "0")]
        return "416 Range Not Satisfiable", headers + missed, None
    headers.append(("Content-Length", str(part.length)))
    if not part.is_part:
        return "200 OK", headers, part
    headers.append(("Content-Range", f"bytes {part.start}-{part.start + part.length - 1}/{size}"))
    return "206 Partial Content", headers, part


def read_pieces(storage: Storage, key: str, part: Range) -> Iterator[bytes]:
    """The part in pieces of 256 kB; ends early when the file is withdrawn meanwhile."""
    position, end = part.start, part.start + part.length
    while position < end:
        piece = storage.read_range(key, position, min(_CHUNK, end - position))
        if not piece.data:
            return
        position += len(piece.data)
        yield piece.data


def _read(path: str) -> bytes:
    """Three system calls: Python's file objects make twice as many."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(handle, os.fstat(handle).st_size)
    finally:
        os.close(handle)


def _refuse(start: "StartResponse") -> Iterable[bytes]:
    start("404 Not Found", _NOT_FOUND)
    return ()
