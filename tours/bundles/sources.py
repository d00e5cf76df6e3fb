"""The files of bundles as they came: kept so that a tour can be exported again, never served.

They lie outside of what is copied to the public: a photograph's original may say where and by
whom it was taken.
"""

from pathlib import Path

from media.storage import Storage


def source_name(sha256: str) -> str:
    """Where a file with this hash is kept."""
    return f"sources/{sha256[:2]}/{sha256}/file.bin"


def keep_source(storage: Storage, sha256: str, path: Path) -> bool:
    """Keep a file; whether it was not there before."""
    name = source_name(sha256)
    if storage.exists(name):
        return False
    storage.put(name, path.read_bytes(), "application/octet-stream")
    return True


def forget_source(storage: Storage, sha256: str) -> None:
    """Delete a kept file."""
    storage.delete_prefix(source_name(sha256).removesuffix("file.bin"))
