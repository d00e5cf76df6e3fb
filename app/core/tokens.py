"""The token of forms, put in last: what is rendered can then be shared between visitors."""

import secrets

from flask import Flask, Response, session
from flask_wtf.csrf import generate_csrf

TYPES = ("text/html", "application/json")
KEY = "csrf_token"
"""Where Flask-WTF keeps what the tokens of a browser are made of."""


def token_seed() -> str:
    """What the forms of this browser's pages are signed with: a page made before it is stale.

    A browser keeps pages longer than cookies: yesterday's page holds yesterday's token.
    """
    if KEY not in session:
        generate_csrf()
    return str(session[KEY])


def stamp_tokens(app: Flask) -> None:
    """Templates write a mark; each answer gets its visitor's token in its place.

    To be called after whatever compresses answers: what is attached last runs first.
    """
    mark = f"token-{secrets.token_hex(16)}"
    app.jinja_env.globals["csrf_token"] = lambda: mark
    app.context_processor(lambda: {"csrf_token": lambda: mark})
    sought = mark.encode()

    @app.after_request
    def _stamp(response: Response) -> Response:
        if response.mimetype in TYPES and response.is_sequence:
            body = response.get_data()
            if sought in body:
                response.set_data(body.replace(sought, generate_csrf().encode()))
        return response
