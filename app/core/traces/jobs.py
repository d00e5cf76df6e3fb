"""The worker's part of an erasure: it empties the write-ahead log."""

from flask_babel import gettext as _
from sqlalchemy import delete

from app.core.db import db
from app.core.jobs import Job, Later, Running
from app.core.traces.wiping import EMPTY_LOG
from app.core.traces.wiping import empty_log as truncate
from app.core.writer import write


def empty_log(job: Running) -> None:
    """Empty the log; while somebody reads an old page of it, the job waits."""
    earlier = delete(Job).where(Job.name == EMPTY_LOG, Job.state == "done", Job.id < job.id)
    write(lambda tx: tx.execute(earlier))
    if not truncate(db.engine):
        raise Later(_("Le journal de la base est en cours de lecture."))
