"""Documentation that cannot rot: what the code has, docs/ lists, and nothing more."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from flask import Flask

from app import cli
from app.core.config import Settings
from app.core.events import Event
from app.live.realtime import HANDLERS
from tours.kinds import KINDS

DOCS = Path(__file__).parent.parent / "docs"


def first_column(name: str) -> set[str]:
    """The code in the first column of the tables of a page."""
    text = (DOCS / name).read_text()
    return set(re.findall(r"^\| `([^`]+)`", text, re.MULTILINE))


def commands(command: click.Command, path: str) -> Iterator[str]:
    """Every command as it is typed."""
    if not isinstance(command, click.Group):
        yield path
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found and not found.hidden:
            yield from commands(found, f"{path} {name}")


def test_every_setting_is_told() -> None:
    told = {word for word in first_column("settings.md") if word.startswith("DEAMBULE_")}
    assert told == {f"DEAMBULE_{name.upper()}" for name in Settings.model_fields}


def test_every_event_is_told() -> None:
    import_module("app.factory")  # composing the house defines its events
    ours = {name for name, kind in Event.kinds.items() if not kind.__module__.startswith("test")}
    assert first_column("events.md") == ours


def test_every_live_event_is_told_with_its_model_and_its_limit() -> None:
    import_module("app.factory")  # composing the house registers its handlers
    text = (DOCS / "live.md").read_text().partition("## Socket events")[2]
    rows = re.findall(r"^\| `(\w+)` \|[^|]+\| `(\w+)` \| ([\d.]+) \|", text, re.MULTILINE)
    ours = [h for h in HANDLERS.values() if h.do.__module__.startswith("app.")]
    assert sorted(rows) == sorted((h.name, h.model.__name__, f"{h.per_second:g}") for h in ours)


def test_every_kind_of_hotspot_is_told() -> None:
    table = (DOCS / "kinds.md").read_text().partition("## ")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == set(KINDS)


def test_every_command_is_told() -> None:
    told = {re.sub(r" [A-Z\[-].*", "", words) for words in first_column("commands.md")}
    assert told == set(commands(cli.deambule, "deambule"))


def test_all_that_is_held_of_a_visitor_is_told(app: Flask) -> None:
    told = (DOCS / "privacy.md").read_text()
    for name, holding in app.extensions["privacy"].holdings.items():
        assert f"| `{name}` | {holding.what} |" in told
    assert first_column("privacy.md") == set(app.extensions["privacy"].holdings)


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md")))
def test_links_between_pages_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", (DOCS / page).read_text()):
        assert (DOCS / target).exists(), target
