"""Tours that were made elsewhere, turned into draft bundles."""

from pathlib import Path


def recognise(path: Path) -> str | None:
    return None


def to_bundle(made_by: str, path: Path, folder: Path, language: str) -> list[str]:
    return []
