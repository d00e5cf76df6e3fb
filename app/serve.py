from gevent import monkey

monkey.patch_all()

# The patch must be the first thing this process does: what is imported below uses it.
import gc  # noqa: E402  after the patch

gc.disable()  # what is loaded now stays: walking over it takes a sixth of the start

import ctypes  # noqa: E402  after the patch
import logging  # noqa: E402  after the patch
import signal  # noqa: E402  after the patch
import socket  # noqa: E402  after the patch
import sys  # noqa: E402  after the patch
import time  # noqa: E402  after the patch
from collections.abc import Callable  # noqa: E402  after the patch

import gevent  # noqa: E402  after the patch
from flask import Flask  # noqa: E402  after the patch
from gevent import subprocess  # noqa: E402  after the patch
from gevent.pywsgi import WSGIHandler, WSGIServer  # noqa: E402  after the patch

from app.core.config import Settings, read_settings  # noqa: E402  after the patch
from app.core.groups import GroupWriter  # noqa: E402  after the patch
from app.core.logs import log_to_stderr  # noqa: E402  after the patch
from app.core.writer import PlainWriter  # noqa: E402  after the patch
from app.factory import create_app  # noqa: E402  after the patch
from app.live.chat.filter import prepare  # noqa: E402  after the patch
from app.live.wiring import hang_up_all, open_line  # noqa: E402  after the patch
from quizzes.jobs.catalogue import catalogue  # noqa: E402  after the patch
from quizzes.profiler.items import instrument  # noqa: E402  after the patch
from quizzes.profiler.pictures import pictures  # noqa: E402  after the patch
from tours.published import published_tours  # noqa: E402  after the patch

__doc__ = """The serving process: gevent's WSGI server, and the worker it keeps alive."""

log = logging.getLogger(__name__)
BACKLOG = 1024
PR_SET_PDEATHSIG = 1
LONGEST_PAUSE = 30.0
FIRST_ANSWERS = 0.3
"""Seconds for those who waited for the start, before the process busies itself."""
LAST_ANSWERS = 5.0
"""Seconds for those who had asked before the stop."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections send at once.

    Without TCP_NODELAY every answer on a kept connection waits 44 ms.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener


def die_with_parent() -> None:
    """In the child: be ended by the kernel when the server ends, even by SIGKILL."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def keep_worker() -> None:
    """Start the worker, and start it again when it ends, after a pause that grows."""
    pause = 1.0
    while True:
        worker = subprocess.Popen([sys.executable, "-m", "app.worker"], preexec_fn=die_with_parent)
        started = gevent.get_hub().loop.now()
        code = worker.wait()
        if gevent.get_hub().loop.now() - started > LONGEST_PAUSE:
            pause = 1.0
        log.error("the worker ended", extra={"code": code, "again_in": pause})
        gevent.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)


def calm_collector() -> None:
    """Keep the garbage collector from walking over what lives as long as the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 100)
    gc.enable()


def share_interpreter() -> None:
    """Let a thread that has waited for the disk go on after 1 ms of somebody else's work, not 5."""
    sys.setswitchinterval(0.001)


def warm_up(app: Flask) -> None:
    """Do what the first visitors would wait for: templates, the filter, tours, jobs, questions."""
    try:
        for name in app.jinja_env.list_templates():
            app.jinja_env.get_template(name)
            gevent.sleep(0)
        with app.app_context():
            published_tours()
        for read in (catalogue, instrument, pictures):
            read()
        prepare()
    except Exception:
        log.exception("the warm-up failed")
    calm_collector()


def compose(settings: Settings) -> Flask:
    """The app with the writer that its database wants."""
    writer = GroupWriter if settings.is_sqlite else PlainWriter
    return create_app(settings, writer=writer, open_line=open_line)


class Handler(WSGIHandler):
    """Gevent's, whose server knows how many requests are being answered."""

    server: "Server"

    def handle_one_response(self) -> None:
        """Answer one request; it is the connection's last one when the server stops."""
        self.server.under_way += 1
        try:
            super().handle_one_response()
        finally:
            self.server.under_way -= 1
            self.close_connection |= not self.server.started


class Server(WSGIServer):
    """Gevent's, which says when nothing is under way. A connection that waits for no answer counts
    for nothing: browsers keep theirs open for minutes."""

    handler_class = Handler
    under_way = 0

    def finish(self, seconds: float) -> None:
        """Wait until every request is answered, `seconds` at most."""
        until = time.monotonic() + seconds
        while self.under_way and time.monotonic() < until:
            gevent.sleep(0.01)


def serve(settings: Settings, compose: Callable[[Settings], Flask] = compose) -> None:
    """Serve until told to stop; then take nobody more, end the lines, and answer what was asked."""
    share_interpreter()
    listener = listen(settings.host, settings.port)
    app = compose(settings)
    server = Server(listener, app.wsgi_app, log=None, error_log=log)
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, server.close)
    worker = gevent.spawn_later(FIRST_ANSWERS, keep_worker)
    gevent.spawn_later(FIRST_ANSWERS, warm_up, app)
    log.info("serving", extra={"port": settings.port})
    server.serve_forever()
    worker.kill()  # whoever stops all at once stops it too: it is not started again
    hang_up_all(app)
    server.finish(LAST_ANSWERS)


def main(compose: Callable[[Settings], Flask] = compose) -> None:
    """Serve with the settings of the environment."""
    settings = read_settings()
    log_to_stderr(settings.log_level)
    serve(settings, compose)


if __name__ == "__main__":
    main()
