"""Logs: one JSON object a line, with the request's id and without personal data.

A request is logged by its rule (`/tours/<tour>`), never by its address, query, cookie or body.
"""

import logging
import os
import re
import sys
import time
from datetime import UTC, datetime
from typing import Any

import orjson
from flask import Flask, Response, g, has_request_context, request

access = logging.getLogger("app.access")
KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

VALUES = re.compile(r"^DETAIL: .*\n?", re.MULTILINE)
"""PostgreSQL tells there which values it refused."""


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, name, message, request id, what was given as `extra`, and the trace."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "name": record.name,
            "message": record.getMessage(),
        }
        if has_request_context() and "request_id" in g:
            line["request_id"] = g.request_id
        line.update((key, value) for key, value in vars(record).items() if key not in KNOWN)
        if record.exc_info:
            line["trace"] = VALUES.sub("", self.formatException(record.exc_info))
        return orjson.dumps(line, default=str).decode()


def log_to_stderr(level: str) -> None:
    """Send all logs of this process to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for noisy in ("huey", "alembic", "PIL", "botocore", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def log_requests(app: Flask) -> None:
    """Give each request an id, answered as `X-Request-ID`, and log it when it is done."""

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()
        g.request_id = os.urandom(8).hex()

    @app.after_request
    def _finish(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.request_id
        if access.isEnabledFor(logging.INFO):
            access.info(
                "request",
                extra={
                    "method": request.method,
                    "rule": request.url_rule.rule if request.url_rule else None,
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - g.started) * 1000, 1),
                },
            )
        return response
