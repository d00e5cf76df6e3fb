"""Files of professionals, photos and papers: the worker deletes them."""

from collections.abc import Sequence

from app.core.jobs import enqueue
from app.core.writer import Transaction

FORGET_FILES = "app.live.professionals.jobs.forget_files"


def forget_files(tx: Transaction, photos: Sequence[str], papers: Sequence[str] = ()) -> None:
    """Have photos, by key, and papers, by token, deleted: it is done even when a process dies."""
    if photos or papers:
        enqueue(tx, FORGET_FILES, {"photos": [*photos], "papers": [*papers]}, "forget")
