"""The demo edition: a folder with all its settings, its tours and its accounts."""

import hashlib
import json
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import segno
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.core.config import Settings, read_settings
from app.core.schema import is_current, upgrade_database
from app.core.writer import write
from app.factory import ROOT, create_app
from app.people.accounts import hash_password, put_account

DEMO = ROOT / "demo"
ACCOUNTS = (
    ("organiser", "organisation@demo.example", "Camille"),
    ("author", "auteur@demo.example", "Nour"),
)
OPEN_PASSWORD = "boulons-de-demo"  # noqa: S105  meant to be known
"""Printed in the README; only ever used on a server that listens to this machine alone."""
console = Console()


@dataclass(frozen=True)
class Demo:
    """The settings of a demo and where it keeps what it made."""

    settings: Settings

    @property
    def is_open(self) -> bool:
        """Whether other machines reach it."""
        return self.settings.host not in ("127.0.0.1", "localhost", "::1")

    @property
    def notes(self) -> Path:
        """What the demo remembers between two starts."""
        return self.settings.data / "demo.json"


def demo_settings() -> Settings:
    """Settings from PORT, HOST and DEAMBULE_…; a secret is made and kept in the data folder."""
    for plain in ("PORT", "HOST"):
        if os.environ.get(plain):
            os.environ.setdefault(f"DEAMBULE_{plain}", os.environ[plain])
    data = Path(os.environ.get("DEAMBULE_DATA") or "data").resolve()
    os.environ["DEAMBULE_DATA"] = str(data)
    os.environ.setdefault("DEAMBULE_SECRET", keep_secret(data / "secret"))
    os.environ.setdefault("DEAMBULE_LOG_LEVEL", "warning")
    return read_settings()


def keep_secret(path: Path) -> str:
    """The secret of this folder, made at the first start and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
        return path.read_text()


def prepare(settings: Settings) -> None:
    """Migrate, import what is new in demo/, make the accounts, say where everything is."""
    demo = Demo(settings)
    app = create_app(settings)
    with app.app_context():
        if not is_current():
            upgrade_database()
        notes = read_notes(demo)
        for bundle in demo_bundles():
            bring_in(bundle, notes)
        password = choose_password(demo, notes)
    demo.notes.touch(mode=0o600)
    demo.notes.write_text(json.dumps(notes))
    greet(demo, password)


def read_notes(demo: Demo) -> dict[str, str]:
    """What earlier starts did."""
    try:
        notes: dict[str, str] = json.loads(demo.notes.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return notes


def demo_bundles() -> list[Path]:
    """The bundles of the demo edition."""
    return sorted(path.parent for path in DEMO.glob("*/tour.yaml"))


def fingerprint(bundle: Path) -> str:
    """Changes when a file of the bundle does: names, sizes and times, without reading them."""
    parts = (
        f"{p.relative_to(bundle)}:{p.stat().st_size}:{p.stat().st_mtime_ns}"
        for p in files_of(bundle)
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def files_of(bundle: Path) -> Iterator[Path]:
    """The files of a bundle, in order."""
    return (path for path in sorted(bundle.rglob("*")) if path.is_file())


def bring_in(bundle: Path, notes: dict[str, str]) -> None:
    """Import and publish a bundle unless it is in already."""
    from tours.bundles.importing import import_bundle  # noqa: PLC0415  heavy: it cuts pictures

    mark = fingerprint(bundle)
    if notes.get(bundle.name) == mark:
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(f"Importing {bundle.name}", total=1.0)
        import_bundle(bundle, publish=True, progress=lambda done: bar.update(task, completed=done))
    notes[bundle.name] = mark


def choose_password(demo: Demo, notes: dict[str, str]) -> str:
    """The password of the demo accounts: a random one as soon as other machines reach them."""
    password = notes.get("password", "")
    wanted = secrets.token_urlsafe(9) if demo.is_open else OPEN_PASSWORD
    if password and (password != OPEN_PASSWORD or not demo.is_open):
        return password
    hashed = hash_password(wanted)
    for role, email, name in ACCOUNTS:
        write(lambda tx, e=email, n=name, r=role: put_account(tx, e, n, r, hashed))  # type: ignore[misc]  # bound early
    notes["password"] = wanted
    return wanted


def greet(demo: Demo, password: str) -> None:
    """Say where to go and who may log in."""
    settings = demo.settings
    host = own_address() if demo.is_open else settings.host
    address = f"http://{host}:{settings.port}"
    console.print(f"\n[bold]Déambule[/bold] is served on [bold]{address}[/bold]")
    if demo.is_open:
        segno.make(address).terminal(sys.stdout, compact=True)
    for role, email, _name in ACCOUNTS:
        console.print(f"  {role:<10} {email}   {password}", highlight=False)
    console.print(
        f"  staff log in on {address}/login; files are in {settings.data}", highlight=False
    )
    console.print("  Ctrl+C ends it.\n", highlight=False)
    sys.stdout.flush()


def own_address() -> str:
    """This machine's address in its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])
