"""Jobs: long work done by the worker. A job is a row, written with its cause; huey delivers it.

A row without heartbeat is sent again, so a killed worker loses nothing; work is idempotent.
"""

import importlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core.db import Model, now
from app.core.errors import Refusal
from app.core.events import Event
from app.core.locale import speaking
from app.core.writer import Transaction, Writer

HEARTBEAT_SECONDS = 5
SILENCE = timedelta(seconds=20)
"""A running job that has been silent for so long has lost its worker."""
REPORT_SECONDS = 0.3
MAX_STARTS = 5
PAUSES = (30, 120, 600, 1800)
"""Seconds before what could not be done now is tried again, each longer than the last."""


INTERRUPTED = _l("Le travail s’est interrompu cinq fois. Il peut être relancé.")


class Job(Model):
    """One piece of long work and how far it is."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    """The function that does it, as in `tours.jobs.import_bundle`."""
    arguments: Mapped[dict[str, Any]]
    title: Mapped[str] = mapped_column(String(200))
    account_id: Mapped[int | None]
    """Who asked for it; people is above, so there is no key."""
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    progress: Mapped[float] = mapped_column(default=0.0)
    message: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[list[Any]] = mapped_column(default=list)
    starts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Later(Exception):
    """The work cannot be done now, for a reason that passes: the job waits, then starts again."""


class JobQueued(Event):
    """A job waits for the worker."""

    job_id: int


def enqueue(
    tx: Transaction, name: str, arguments: dict[str, Any], title: str, account_id: int | None = None
) -> int:
    """Write a job in the transaction of its cause; the worker hears of it after the commit.

    `language` among the arguments is the one in which it reports.
    """
    job = Job(name=name, arguments=arguments, title=title, account_id=account_id, created_at=now())
    tx.session.add(job)
    tx.session.flush()
    tx.publish(JobQueued(job_id=job.id))
    return job.id


def start_again(tx: Transaction, job_id: int) -> None:
    """Put a failed job back in the queue."""
    tx.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == "failed")
        .values(state="waiting", progress=0.0, message="", problems=[], starts=0, ended_at=None)
    )
    tx.publish(JobQueued(job_id=job_id))


def silent_jobs(session: Session) -> list[int]:
    """Jobs that nobody works on: never delivered, or whose worker went silent."""
    limit = now() - SILENCE
    is_due = Job.heartbeat_at.is_(None) | (Job.heartbeat_at < limit)
    waiting = (Job.state == "waiting") & (Job.created_at < limit) & is_due
    lost = (Job.state == "running") & (Job.heartbeat_at < limit)
    return list(session.scalars(select(Job.id).where(waiting | lost).order_by(Job.id)))


class Running:
    """A job as its function sees it: its arguments, and where to say how far it is."""

    def __init__(self, writer: Writer, job_id: int, arguments: dict[str, Any]) -> None:
        self._writer = writer
        self._reported = 0.0
        self.id = job_id
        self.arguments = arguments

    def report(self, fraction: float, message: str = "") -> None:
        """Say how far it is, 0 to 1; written a few times a second at most."""
        if time.monotonic() - self._reported < REPORT_SECONDS:
            return
        self._reported = time.monotonic()
        values: dict[str, Any] = {"progress": min(1.0, fraction), "heartbeat_at": now()}
        if message:
            values["message"] = message
        change_job(self._writer, self.id, **values)

    def beat(self) -> None:
        """Say that somebody still works on it."""
        change_job(self._writer, self.id, heartbeat_at=now())

    def conclude(self, message: str, problems: list[str]) -> None:
        """Say how it ended well, and what remains to be done by people."""
        change_job(self._writer, self.id, message=message, problems=problems, heartbeat_at=now())


def change_job(writer: Writer, job_id: int, **values: Any) -> None:
    """Write some columns of a job."""
    writer.write(lambda tx: tx.execute(update(Job).where(Job.id == job_id).values(**values)))


def claim(tx: Transaction, job_id: int) -> dict[str, Any] | None:
    """Take a job that nobody works on; its name and arguments, or None when it is not to be had."""
    row = tx.execute(
        update(Job)
        .where(
            Job.id == job_id,
            (Job.state == "waiting")
            | ((Job.state == "running") & (Job.heartbeat_at < now() - SILENCE)),
        )
        .values(state="running", heartbeat_at=now(), starts=Job.starts + 1)
        .returning(Job.name, Job.arguments, Job.starts)
    ).mappings()
    found = row.first()
    return None if found is None else dict(found)


def find_function(name: str) -> Callable[[Running], None]:
    """The function of a job; only modules named `jobs` hold any.

    Raises ValueError for another name.
    """
    module, _, function = name.rpartition(".")
    if not module.endswith(".jobs") or function.startswith("_"):
        raise ValueError(f"{name} is not a job")
    found: Callable[[Running], None] = getattr(importlib.import_module(module), function)
    return found


def run(writer: Writer, job_id: int) -> None:
    """Do one job, in the worker. Its failure is written in its row, for its page."""
    claimed = writer.write(lambda tx: claim(tx, job_id))
    if claimed is None:
        return
    with speaking(claimed["arguments"].get("language", "")):
        if claimed["starts"] > MAX_STARTS:
            _fail(writer, job_id, str(INTERRUPTED), [])
            return
        _do(writer, Running(writer, job_id, claimed["arguments"]), claimed)


def _do(writer: Writer, job: Running, claimed: dict[str, Any]) -> None:
    try:
        find_function(claimed["name"])(job)
    except Later as later:
        _put_off(writer, job.id, claimed["starts"], str(later))
    except Refusal as refusal:
        _fail(writer, job.id, str(refusal.message), list(refusal.problems))
    except Exception as error:
        _fail(writer, job.id, f"{type(error).__name__}: {error}", [])
        raise
    else:
        change_job(writer, job.id, state="done", progress=1.0, ended_at=now())


def _put_off(writer: Writer, job_id: int, starts: int, reason: str) -> None:
    """Let a job wait for its next pause to end; after the last one it has failed."""
    if starts > len(PAUSES):
        _fail(writer, job_id, reason, [])
        return
    due_at = now() + timedelta(seconds=PAUSES[starts - 1]) - SILENCE
    change_job(writer, job_id, state="waiting", message=reason, heartbeat_at=due_at)


def _fail(writer: Writer, job_id: int, message: str, problems: list[str]) -> None:
    change_job(writer, job_id, state="failed", message=message, problems=problems, ended_at=now())
