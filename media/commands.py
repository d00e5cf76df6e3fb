"""`deambule media …`: 0 when a file is taken, 1 when it is refused, 2 when misused."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from media.errors import Refused
from media.intake import KINDS, make_files
from media.panoramas import check_panorama, cut_panorama

REFUSED = 1
_ENDINGS = {
    ".mp4": "film", ".mov": "film", ".webm": "film", ".mp3": "sound", ".ogg": "sound",
    ".opus": "sound", ".pdf": "document",
}  # fmt: skip
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def media() -> None:
    """Panoramas, pictures, films, sounds and documents."""


@media.command()
@click.argument("path", type=_FILE)
@click.option("--as", "kind", type=click.Choice(KINDS), help="What it is; told by its name else.")
def check(path: Path, kind: str | None) -> None:
    """Say whether a file would be taken, and what it would become."""
    kind = kind or _ENDINGS.get(path.suffix.lower(), "panorama")
    with _told_plainly(path):
        facts = _describe(path, kind)
    click.echo(json.dumps(facts, ensure_ascii=False))


@media.command()
@click.argument("path", type=_FILE)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def cut(path: Path, folder: Path) -> None:
    """Cut a panorama into tiles, fallback faces and previews."""
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty.")
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(),
                   console=Console(stderr=True))  # fmt: skip
    with _told_plainly(path), bar:
        task = bar.add_task(path.name, total=1.0)
        meta = cut_panorama(
            path,
            lambda name, data: _write(folder / name, data),
            lambda share: bar.update(task, completed=share),
        )
    _write(folder / "meta.json", json.dumps(meta).encode())
    click.echo(json.dumps({**meta, "blur": "…"}, ensure_ascii=False))


def _describe(path: Path, kind: str) -> Mapping[str, Any]:
    """What a panorama shows needs no cutting; the others are made, and dropped."""
    if kind != "panorama":
        meta = make_files(path, kind, lambda _name, _data: None)
        return {name: value for name, value in meta.items() if name != "blur"}
    checked = check_panorama(path)
    sphere = checked.sphere
    partial = vars(sphere.partial) if sphere.partial else None
    return {"kind": kind, "width": checked.width, "height": checked.height,
            "cube": checked.extent.cube, "partial": partial, "heading": sphere.heading}  # fmt: skip


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        click.echo(f"{path} : {refused}", err=True)
        sys.exit(REFUSED)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
