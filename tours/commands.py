"""`deambule tour …`: 0 when it worked, 1 when a bundle or tour is refused, 2 when misused."""

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import Refusal
from tours.bundles.archive import pack
from tours.bundles.check import check_bundle
from tours.bundles.examining import examine
from tours.bundles.exporting import export_bundle
from tours.bundles.importing import import_bundle
from tours.bundles.problems import BadBundle, Problem
from tours.bundles.schema import json_schema
from tours.bundles.shares import Shares
from tours.imports.arriving import arriving
from tours.models import Hotspot, Scene, Tour
from tours.publishing import publish_tour, unpublish_tour
from tours.withdrawing import withdraw_scene

REFUSED = 1
console = Console(stderr=True, highlight=False)


@click.group()
def tour() -> None:
    """Tours and their bundles."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """What is refused is listed, and ends the command with 1."""
    try:
        yield
    except BadBundle as bad:
        list_problems(bad.problems)
        click.echo(count("problem", bad.problems), err=True)
        sys.exit(REFUSED)
    except Refusal as refusal:
        click.echo(str(refusal.message), err=True)
        for problem in refusal.problems:
            click.echo(f"  {problem}", err=True)
        sys.exit(REFUSED)


def list_problems(problems: Iterable[Problem]) -> None:
    """One problem a line."""
    for problem in problems:
        click.echo(str(problem), err=True)


def count(word: str, things: list[Any]) -> str:
    """`1 problem`, `2 problems`."""
    return f"{len(things)} {word}{'' if len(things) == 1 else 's'}"


@contextmanager
def progress_bar(title: str) -> Iterator[Any]:
    """A bar, and the function that moves it (share done, 0 to 1)."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda share: bar.update(task, completed=share)


bundle_path = click.Path(exists=True, path_type=Path)


@tour.command()
@click.argument("path", type=bundle_path)
@click.option("--quick", is_flag=True, help="Look at media files from outside only.")
def check(path: Path, *, quick: bool) -> None:
    """List every problem of a bundle (folder or zip), with file and line.

    A tour made with Pannellum or the Marzipano Tool is checked as the bundle it would become.
    """
    with told_plainly(), arriving(path) as arrival:
        for sentence in arrival.lost:
            click.echo(f"{path.name}: {sentence}", err=True)
        checked = check_bundle(arrival.folder, None if quick else examine)
        if checked.shares:
            show_shares(checked.shares)
        if checked.problems:
            raise BadBundle(checked.problems)
        click.echo("No problem.")


def show_shares(shares: Shares) -> None:
    """What the boulons are earned for."""
    click.echo(
        f"Boulons: {shares.total}, of which {shares.answered:.0%} from looking and answering "
        f"(content {shares.content}, answers {shares.answer}, decision {shares.decision}); "
        f"a robot that opens everything and guesses gets {shares.by_luck:.0%}."
    )


@tour.command("import")
@click.argument("path", type=bundle_path)
@click.option("--publish", is_flag=True, help="Open it to everybody.")
@click.option("--draft", is_flag=True, help="List what remains to be written instead of refusing.")
@click.option(
    "--language",
    type=click.Choice(["fr", "en"]),
    default="fr",
    show_default=True,
    help="Language of the texts of a Pannellum or Marzipano tour.",
)
@with_appcontext
def import_(path: Path, language: str, *, publish: bool, draft: bool) -> None:
    """Import a bundle, or a tour made with Pannellum (JSON) or the Marzipano Tool (data.js).

    A tour of others arrives as a draft, with a list of what could not be kept and of what remains
    to be written.
    """
    with told_plainly(), arriving(path, language) as arrival:
        for sentence in arrival.lost:
            click.echo(f"{path.name}: {sentence}", err=True)
        is_own = not arrival.is_foreign
        bring_in(arrival.folder, path.name, publish=publish and is_own, draft=draft or not is_own)
        if arrival.is_foreign:
            click.echo("Export it, write what is missing, and import it again.")


def bring_in(path: Path, title: str, *, publish: bool, draft: bool) -> None:
    """Import a bundle and say what happened."""
    with progress_bar(f"Importing {title}") as tell:
        imported = import_bundle(path, publish=publish, as_draft=draft, progress=tell)
    list_problems(imported.problems)
    state = "published" if imported.is_published else "a draft"
    left = f", {count('thing', imported.problems)} left to write" if imported.problems else ""
    change = "imported" if imported.is_changed else "unchanged"
    click.echo(f"Tour {imported.slug} {change}: {state}{left}.")


@tour.command()
@click.argument("slug")
@click.argument("path", type=click.Path(path_type=Path))
@with_appcontext
def export(slug: str, path: Path) -> None:
    """Write a tour as a bundle: a zip when PATH ends in .zip, else a new folder."""
    if path.exists():
        raise click.UsageError(f"{path} exists already")
    with told_plainly():
        if path.suffix.lower() == ".zip":
            with tempfile.TemporaryDirectory(prefix="deambule-") as folder:
                exported = export_bundle(slug, Path(folder))
                pack(Path(folder), path)
        else:
            exported = export_bundle(slug, path)
    for file in exported.missing:
        click.echo(f"{file}: withdrawn, not in the bundle", err=True)
    click.echo(f"Tour {slug} exported: {count('file', exported.files)} beside its texts.")


@tour.command("list")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@with_appcontext
def list_(*, as_json: bool) -> None:
    """List the tours."""
    rows = [describe(tour) for tour in db.session.scalars(select(Tour).order_by(Tour.slug))]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        state = "published" if row["published"] else "draft"
        numbers = f"{row['scenes']} scenes, {row['hotspots']} hotspots"
        click.echo(f"{row['slug']}  {row['title']}  ({numbers}, {state})")


def describe(tour: Tour) -> dict[str, Any]:
    """A tour in a few figures; hotspots count links too."""
    hotspots = select(func.count()).select_from(Hotspot).where(Hotspot.tour_id == tour.id)
    scenes = select(func.count()).select_from(Scene).where(Scene.tour_id == tour.id)
    title = tour.content["title"]
    return {
        "slug": tour.slug,
        "title": title["fr"] or title["en"],
        "scenes": db.session.scalar(scenes),
        "links": db.session.scalar(hotspots.where(Hotspot.kind == "link")),
        "hotspots": db.session.scalar(hotspots),
        "published": tour.is_published,
    }


@tour.command()
@click.argument("slug")
@with_appcontext
def publish(slug: str) -> None:
    """Open a tour to everybody."""
    with told_plainly():
        publish_tour(slug)
    click.echo(f"Tour {slug} is published.")


@tour.command()
@click.argument("slug")
@with_appcontext
def unpublish(slug: str) -> None:
    """Close a tour: it is a draft again."""
    with told_plainly():
        unpublish_tour(slug)
    click.echo(f"Tour {slug} is a draft.")


@tour.command()
@click.argument("scene")
@click.option("--tour", "slug", help="Its tour, when several have a scene of this name.")
@with_appcontext
def withdraw(scene: str, slug: str | None) -> None:
    """Take a scene back: its picture is deleted at once, the boulons found there stay.

    SCENE is its slug, or TOUR/SCENE.
    """
    if "/" in scene:
        slug, _, scene = scene.partition("/")
    with told_plainly():
        is_new = withdraw_scene(slug or only_tour_with(scene), scene)
    click.echo(
        f"Scene {scene} is withdrawn." if is_new else f"Scene {scene} was withdrawn already."
    )


def only_tour_with(scene: str) -> str:
    """The tour that has this scene. Raises a usage error when it is not the only one."""
    query = select(Tour.slug).join(Scene).where(Scene.slug == scene).order_by(Tour.slug)
    slugs = list(db.session.scalars(query))
    if len(slugs) > 1:
        raise click.UsageError(
            f"several tours have a scene {scene}: {', '.join(slugs)}; add --tour"
        )
    return slugs[0] if slugs else ""


@tour.command()
def schema() -> None:
    """Print the JSON Schema of bundles, for editors."""
    click.echo(json.dumps(json_schema(), indent=1, ensure_ascii=False))
