"""The papers that a teacher may ask for, and where each waits to be fetched.

Made by the worker, they lie in the data folder for an hour at most: they tell who is who.
"""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.classes.events import Erased
from app.core.config import Settings
from app.core.db import db, now
from app.core.jobs import Job
from app.core.writer import write

FOLDER = "papers"
KEPT = timedelta(hours=1)
TOLD = timedelta(days=1)
"""For so long a page can say that its paper was erased."""
MAKE_PAPER = "app.live.papers.jobs.make_paper"
PDF = "application/pdf"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")


@dataclass(frozen=True)
class Kind:
    """One kind of paper."""

    title: Any
    """In the language of whoever asks."""
    mimetype: str
    download: str
    """The name of the file; its ending is that of the format."""


KINDS = {
    "cards": Kind(_l("Cartes des élèves (PDF)"), PDF, "cartes.pdf"),
    "call": Kind(_l("Feuille « Qui est qui ? » (PDF)"), PDF, "qui-est-qui.pdf"),
    "report-pdf": Kind(_l("Bilan (PDF)"), PDF, "bilan.pdf"),
    "report-ods": Kind(_l("Bilan (ODS)"), ODS, "bilan.ods"),
}


def path_of(settings: Settings, token: str, kind: str) -> Path:
    """Where a paper lies, whether it was made or not.

    Raises ValueError for a token that no paper has.
    """
    if not TOKEN.fullmatch(token):
        raise ValueError("not the token of a paper")
    return settings.data / FOLDER / (token + Path(KINDS[kind].download).suffix)


def keep(path: Path, content: bytes) -> None:
    """Write a paper whole, for this system's user alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    unfinished.replace(path)


def job_of(reading: Session, classroom_id: int, token: str) -> Job | None:
    """The work behind a paper of this classroom; None for another's, and once it was swept."""
    query = select(Job).where(
        Job.name == MAKE_PAPER,
        Job.arguments["token"].as_string() == token,
        Job.arguments["classroom_id"].as_integer() == classroom_id,
    )
    return reading.scalars(query).first()


def sweep_papers(settings: Settings) -> int:
    """Delete papers that have had their hour, later the rows of their work; how many papers."""
    old = delete(Job).where(Job.name == MAKE_PAPER, Job.ended_at < now() - TOLD)
    write(lambda tx: tx.execute(old))
    limit = (now() - KEPT).timestamp()
    return sum(_sweep(path, limit) for path in (settings.data / FOLDER).glob("*"))


def hear_erasures(app: Flask) -> None:
    """When somebody is erased, the papers that tell of them go with them."""

    def forget(event: Erased) -> None:
        with app.app_context():
            forget_papers(app.extensions["settings"], event.classroom_id)

    app.extensions["events"].subscribe(Erased, forget)


def forget_papers(settings: Settings, classroom_id: int) -> None:
    """Delete the papers of a class; the rows of their work say nothing of anybody, and stay.

    Nothing is written to the database: a listener that waited for the writer would wait for itself.
    """
    mine = Job.arguments["classroom_id"].as_integer() == classroom_id
    for wish in db.session.scalars(select(Job.arguments).where(Job.name == MAKE_PAPER, mine)):
        path_of(settings, wish["token"], wish["kind"]).unlink(missing_ok=True)


def _sweep(path: Path, limit: float) -> bool:
    with suppress(FileNotFoundError):  # somebody else sweeps too
        if path.stat().st_mtime < limit:
            path.unlink()
            return True
    return False
