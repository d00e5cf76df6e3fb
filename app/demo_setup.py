"""Setting the demo up: migrate, import what is new in demo/, make the accounts."""

import secrets
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import select

from app.core.schema import upgrade_database
from app.core.writer import Transaction, write
from app.demo import (
    ACCOUNTS,
    OPEN_PASSWORD,
    Demo,
    console,
    demo_bundles,
    has_fit_password,
    marks,
    write_notes,
)
from app.demo_meeting import add_meeting
from app.factory import create_app
from app.people.accounts import hash_password, put_account
from tours.bundles.importing import import_bundle
from tours.models import Factory, FactoryMember


def set_up(demo: Demo, notes: dict[str, str]) -> None:
    """Bring the data folder abreast; what is done is remembered as soon as it is."""
    with create_app(demo.settings).app_context():
        wanted = marks(demo.settings)
        if notes.get("schema") != wanted["schema"]:
            notes.clear()
            upgrade_database()
            remember(demo, notes, "schema", wanted["schema"])
        for bundle in demo_bundles():
            if notes.get(bundle.name) != wanted[bundle.name]:
                bring_in(bundle)
                remember(demo, notes, bundle.name, wanted[bundle.name])
        if not has_fit_password(demo, notes) or notes.get("accounts") != wanted["accounts"]:
            remember(demo, notes, "password", give_password(demo, notes))
            remember(demo, notes, "accounts", wanted["accounts"])
        remember(demo, notes, "meeting", write(add_meeting).isoformat())


def remember(demo: Demo, notes: dict[str, str], name: str, value: str) -> None:
    """Note that something is done."""
    notes[name] = value
    write_notes(demo, notes)


def bring_in(bundle: Path) -> None:
    """Import and publish a bundle, with a bar that moves."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(f"Importing {bundle.name}", total=1.0)
        import_bundle(bundle, publish=True, progress=lambda done: bar.update(task, completed=done))


def join_factories(tx: Transaction, account: int) -> None:
    """Let the author change every factory of the demo."""
    for factory in tx.session.scalars(select(Factory.id)):
        tx.session.merge(FactoryMember(factory_id=factory, account_id=account))


def give_password(demo: Demo, notes: dict[str, str]) -> str:
    """Make the accounts: with a random password as soon as other machines reach them."""
    fresh = secrets.token_urlsafe(9) if demo.is_open else OPEN_PASSWORD
    password = notes["password"] if has_fit_password(demo, notes) else fresh
    hashed = hash_password(password)

    def unit(tx: Transaction) -> None:
        for role, email, name in ACCOUNTS:
            account = put_account(tx, email, name, role, hashed)
            if role == "author":
                join_factories(tx, account)

    write(unit)
    return password
