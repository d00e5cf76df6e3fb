"""Tags of pages: what a page depends on, checked before anything is rendered.

A tag holds the tour's version, the language, the visitor and how far they are, who is logged in
and what signs the forms; when it matches, the answer is 304 and no template runs.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Response, current_app, make_response, request, session

from app.core.locale import choose_language
from app.core.tokens import token_seed


def tag_of(*parts: object) -> str:
    """A weak tag, which compression leaves valid."""
    mine = (token_seed(), session.get("_user_id"))  # Flask-Login keeps the account there
    whole = (current_app.extensions["build"], choose_language(), mine, *parts)
    return f'W/"{hashlib.sha256(repr(whole).encode()).hexdigest()[:24]}"'


def is_fresh(tag: str) -> bool:
    """Whether the browser holds this very page; a message that waits makes it stale."""
    return request.headers.get("If-None-Match") == tag and "_flashes" not in session


def not_modified(tag: str) -> Response:
    """Say that the page has not changed."""
    response = Response(status=304)
    response.headers["ETag"] = tag
    return response


def answer_tagged(tag: str, render: Callable[[], Any]) -> Response:
    """304 when the browser's page is fresh, else the page with its tag."""
    if is_fresh(tag):
        return not_modified(tag)
    has_message = "_flashes" in session
    response = make_response(render())
    if not has_message:
        response.headers["ETag"] = tag
    return response
