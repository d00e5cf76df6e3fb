"""The mark of this build: what pages look like changes with it, and so do their tags."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def mark_of(folders: Iterable[Path]) -> str:
    """A short hash over the names, sizes and times of all files in `folders`."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in folders for path in folder.rglob("*.*")):
        stat = path.stat()
        digest.update(f"{path.name}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:10]
