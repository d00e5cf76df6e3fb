"""Names of assets: what they are made from decides where they are, so that they never change.

An asset's files lie under ``public/<kk>/<key>/`` and ``private/<kk>/<key>/``; ``kk`` is the first
two characters of the key, so that no folder grows to many thousands of entries.
"""

import hashlib
import re
from pathlib import Path
from typing import Final

PIPELINE: Final = 1
"""Raise it when the same source would give other files: everything is then cut again."""
MARK: Final = "meta.json"
"""Written last: an asset without it is not complete."""

_KEY = re.compile(r"[0-9a-f]{32}")


def hash_source(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def asset_key(source_sha256: str, kind: str) -> str:
    """32 hexadecimal digits from the source, the pipeline's version and the kind."""
    return hashlib.sha256(f"{source_sha256} {PIPELINE} {kind}".encode()).hexdigest()[:32]


def is_asset_key(text: str) -> bool:
    """Whether this is written like an asset's key."""
    return _KEY.fullmatch(text) is not None


def private_prefix(key: str) -> str:
    """Where an asset's files are made; seen only by those who may see the draft."""
    return f"private/{key[:2]}/{key}/"


def public_prefix(key: str) -> str:
    """Where the files of a published asset are."""
    return f"public/{key[:2]}/{key}/"


def public_path(key: str, name: str = "") -> str:
    """The part of a public address that follows the media URL."""
    return f"/{key[:2]}/{key}/{name}"
