"""The demo edition: its settings, what it remembers between two starts, and where it is served.

Light on purpose: a second start compares a few marks and serves at once.
"""

import hashlib
import json
import os
import secrets
import socket
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from app.core.config import Settings, read_settings

ROOT = Path(__file__).resolve().parent.parent
ACCOUNTS = (
    ("organiser", "organisation@demo.example", "Camille"),
    ("author", "auteur@demo.example", "Nour"),
    ("teacher", "prof@demo.example", "Awa"),
    ("professional", "pro@demo.example", "Karim"),
    ("moderator", "moderation@demo.example", "Lou"),
)
OPEN_PASSWORD = "boulons-de-demo"  # noqa: S105  meant to be known
"""Printed in the README; only ever used on a server that listens to this machine alone."""
OWN_HOSTS = ("127.0.0.1", "localhost", "::1")
console = Console()


@dataclass(frozen=True)
class Demo:
    """A demo and its data folder."""

    settings: Settings

    @property
    def is_open(self) -> bool:
        """Whether other machines reach it."""
        return self.settings.host not in OWN_HOSTS

    @property
    def notes(self) -> Path:
        """What the demo remembers between two starts."""
        return self.settings.data / "demo.json"

    def is_ready(self, notes: dict[str, str]) -> bool:
        """Whether nothing has to be migrated, imported, offered or given a password."""
        is_abreast = all(notes.get(name) == mark for name, mark in marks(self.settings).items())
        has_meeting = notes.get("meeting", "") > datetime.now(UTC).isoformat()
        return is_abreast and has_meeting and has_fit_password(self, notes)


def demo_settings() -> Settings:
    """Settings from PORT, HOST and DEAMBULE_…; a secret is made and kept in the data folder."""
    for plain in ("PORT", "HOST"):
        if os.environ.get(plain):
            os.environ.setdefault(f"DEAMBULE_{plain}", os.environ[plain])
    data = Path(os.environ.get("DEAMBULE_DATA") or "data").resolve()
    os.environ["DEAMBULE_DATA"] = str(data)
    if not os.environ.get("DEAMBULE_SECRET"):
        os.environ["DEAMBULE_SECRET"] = keep_secret(data / "secret")
    os.environ.setdefault("DEAMBULE_LOG_LEVEL", "warning")
    if os.environ.get("DEAMBULE_HOST", OWN_HOSTS[0]) in OWN_HOSTS:
        os.environ.setdefault("DEAMBULE_SECOND_FACTOR", "optional")
    return read_settings()


def keep_secret(path: Path) -> str:
    """The secret of this folder, made at the first start and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text().strip()


def read_notes(demo: Demo) -> dict[str, str]:
    """What earlier starts did."""
    try:
        notes: dict[str, str] = json.loads(demo.notes.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return notes


def write_notes(demo: Demo, notes: dict[str, str]) -> None:
    """Remember what was done; the password is in it, so only its owner reads it."""
    demo.notes.touch(mode=0o600)
    demo.notes.write_text(json.dumps(notes))


def demo_bundles() -> list[Path]:
    """The bundles of the demo edition."""
    return sorted(path.parent for path in (ROOT / "demo").glob("*/tour.yaml"))


def marks(settings: Settings) -> dict[str, str]:
    """What the data folder must be abreast of: migrations, accounts and each bundle."""
    versions = (ROOT / "app" / "migrations" / "versions").glob("*.py")
    names = " ".join(sorted(path.name for path in versions))
    known = {"schema": f"{settings.database_url} {names}", "accounts": repr(ACCOUNTS)}
    return known | {bundle.name: mark_of(bundle.rglob("*.*")) for bundle in demo_bundles()}


def mark_of(paths: Iterable[Path]) -> str:
    """Changes when one of the files does: names, sizes and times, without reading them."""
    lines = (f"{p.name}:{p.stat().st_size}:{p.stat().st_mtime_ns}" for p in sorted(paths))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def has_fit_password(demo: Demo, notes: dict[str, str]) -> bool:
    """The known password is for this machine alone; a random one is fit everywhere."""
    password = notes.get("password", "")
    return bool(password) and (password != OPEN_PASSWORD or not demo.is_open)


def greet(demo: Demo, password: str) -> None:
    """Say where to go and who may log in."""
    settings = demo.settings
    address = settings.url or f"http://{own_address(demo)}:{settings.port}"
    console.print(f"\n[bold]Déambule[/bold] is served on [bold]{address}[/bold]")
    if demo.is_open:
        draw_code(address)
    for role, email, _name in ACCOUNTS:
        console.print(f"  {role:<12} {email}   {password}", highlight=False)
    console.print(f"  staff log in on {address}/login", highlight=False)
    console.print(f"  database and files are in {settings.data}", highlight=False)
    console.print("  Ctrl+C ends it.\n", highlight=False)
    sys.stdout.flush()


def draw_code(address: str) -> None:
    """The address as a QR code, for the machines of a classroom."""
    import segno  # noqa: PLC0415  only where other machines come in

    segno.make(address).terminal(sys.stdout, compact=True)


def own_address(demo: Demo) -> str:
    """The name that other machines use for this one; nothing is sent to find it."""
    if demo.settings.host not in ("0.0.0.0", "::"):  # noqa: S104  compared, not listened on
        return demo.settings.host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])
