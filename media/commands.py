"""`deambule media …`: look at one file, or cut one panorama, without a database."""

import json
import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from media.errors import Refused
from media.intake import take_in
from media.panoramas import cut_panorama
from media.storage import FolderStorage, type_of

KINDS = ("panorama", "picture", "film", "sound", "document")
REFUSED = 1
File = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def media() -> None:
    """Panoramas, pictures, films, sounds and documents."""


@media.command()
@click.argument("path", type=File)
@click.option("--as", "kind", type=click.Choice(KINDS), help="What it is to be.")
def check(path: Path, kind: str | None) -> None:
    """Say whether a file would be taken, and what it would become."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            taken = take_in(path, kind or guess_kind(path), FolderStorage(Path(folder)))
        except Refused as refused:
            click.echo(f"{path}: {refused.sentence}", err=True)
            sys.exit(REFUSED)
    told = {name: value for name, value in taken.meta.items() if name != "blur"}
    click.echo(json.dumps(told, ensure_ascii=False))


def guess_kind(path: Path) -> str:
    """What a file is, by its ending; a picture is meant as a panorama."""
    endings = {
        ".mp4": "film", ".webm": "film", ".mov": "film",
        ".mp3": "sound", ".ogg": "sound", ".wav": "sound",
        ".pdf": "document",
    }  # fmt: skip
    return endings.get(path.suffix.lower(), "panorama")


@media.command()
@click.argument("path", type=File)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def cut(path: Path, folder: Path) -> None:
    """Cut a panorama into tiles, fallback faces and previews."""
    storage = FolderStorage(folder)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), console=Console(stderr=True), transient=True
    )
    try:
        with bar, storage.putting() as put:
            task = bar.add_task(path.name, total=1.0)
            meta = cut_panorama(
                path,
                lambda name, data: put(name, data, type_of(name)),
                lambda share: bar.update(task, completed=share),
            )
    except Refused as refused:
        click.echo(f"{path}: {refused.sentence}", err=True)
        sys.exit(REFUSED)
    click.echo(json.dumps({key: value for key, value in meta.items() if key != "blur"}))
