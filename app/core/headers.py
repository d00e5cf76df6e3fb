"""Response headers that keep the browser on one host and out of frames."""

import re

from flask import Flask, Response, request

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""Pannellum draws its fallback from `data:` images; nothing else comes from elsewhere."""

UNKEPT = re.compile(
    "/(?:account|calendar|card|class-quiz|classes|confirm|guests|invitations|key|lessons|links|login"
    "|me|organisers|password|professionals|proofs|questions|quiz|rewards|rooms|sessions|wait|welcome"
    "|workshop)(?:/|$)"
)
"""Paths of pages that no browser keeps, whoever asks."""


def protect_responses(app: Flask, *, https: bool) -> None:
    """Add the security headers to every answer."""

    @app.after_request
    def _protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if https and request.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store" if _is_kept_nowhere(app) else "private, no-cache"
        return response


def _is_kept_nowhere(app: Flask) -> bool:
    """Whether an answer may hold labels, keys, codes, or what is said in a class.

    A shared machine's browser must not have it for whoever sits there next, by the back button or
    in a file. The lobby and the tours may be kept: they are checked, and there before one blinks.
    """
    view = app.view_functions.get(request.endpoint or "")
    audience = getattr(view, "audience", ("anybody",))
    return audience != ("anybody",) or bool(UNKEPT.match(request.path))
