"""The token of forms, put in last: what is rendered can then be shared between visitors."""

import secrets

from flask import Flask, Response
from flask_wtf.csrf import generate_csrf

TYPES = ("text/html", "application/json")


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
