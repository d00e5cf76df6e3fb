"""The worker: a process of its own for long work, woken by the queue, led by the job rows."""

import logging
import threading
from collections.abc import Callable

from huey import Huey

from app.core import jobs
from app.core.config import Settings, read_settings
from app.core.db import db
from app.core.logs import log_to_stderr
from app.core.queue import Bell
from app.factory import create_app
from app.live.chat.after import rounds
from app.live.papers.kinds import sweep_papers
from app.live.sessions.reminding import go_round
from app.purging import is_time_to_rewrite, purge, rewrite_database

MINUTE = 60
HALF_HOUR = 30 * 60
log = logging.getLogger(__name__)


class Worker:
    """Takes jobs one at a time, and takes up again those whose worker went silent."""

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings)
        self.huey: Huey = self.app.extensions["queue"]
        self.bell: Bell = self.app.extensions["bell"]
        self.bell.answer = self.run_job

    def run_job(self, job_id: int) -> None:
        """Do one job, telling its row every few seconds that it is alive."""
        done = threading.Event()
        beats = threading.Thread(target=self._beat, args=(job_id, done), daemon=True)
        beats.start()
        try:
            with self.app.app_context():
                jobs.run(self.app.extensions["writer"], job_id)
        finally:
            done.set()
            beats.join()

    def _beat(self, job_id: int, done: threading.Event) -> None:
        with self.app.app_context():
            job = jobs.Running(self.app.extensions["writer"], job_id, {})
            while not done.wait(jobs.HEARTBEAT_SECONDS):
                job.beat()

    def send_silent_jobs(self) -> None:
        """Put silent jobs back in the queue."""
        with self.app.app_context():
            for job_id in jobs.silent_jobs(db.session()):
                log.warning("job sent again", extra={"job": job_id})
                self.bell.ring(job_id)

    def purge(self) -> None:
        """Erase what has had its time; at night, whatever trace of it the database holds."""
        settings: Settings = self.app.extensions["settings"]
        with self.app.app_context():
            purge(self.app)
            if is_time_to_rewrite(settings):
                rewrite_database(settings)

    def sweep(self) -> None:
        """Delete the papers that have had their hour."""
        with self.app.app_context():
            sweep_papers(self.app.extensions["settings"])

    def remind(self) -> None:
        """Remind those whose session is near, fill places that were left, see to what is over."""
        with self.app.app_context():
            go_round()
            rounds.go_round(self.app.extensions["settings"])

    def repeat(self, work: Callable[[], None], seconds: float) -> None:
        """Do something over and over, as long as the process lives, whatever fails."""
        pause = threading.Event()
        while True:
            try:
                work()
            except Exception:
                log.exception("the worker's own work failed")
            pause.wait(seconds)

    def work(self) -> None:
        """Run until told to stop."""
        for work, seconds in (
            (self.send_silent_jobs, jobs.HEARTBEAT_SECONDS),
            (self.sweep, MINUTE),
            (self.remind, MINUTE),
            (self.purge, HALF_HOUR),
        ):
            threading.Thread(target=self.repeat, args=(work, seconds), daemon=True).start()
        consumer = self.huey.create_consumer(workers=1, periodic=False, max_delay=1.0)
        consumer.run()


def main() -> None:
    """Start the worker with the settings of the environment."""
    settings = read_settings()
    log_to_stderr(settings.log_level)
    Worker(settings).work()


if __name__ == "__main__":
    main()
