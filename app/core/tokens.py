"""The token of forms, put in last: what is rendered can then be shared between visitors."""

import re
import secrets

from flask import Flask, Response, session
from flask_wtf.csrf import generate_csrf

from app.core.db import now

TYPES = ("text/html", "application/json")
KEY = "csrf_token"
"""Where Flask-WTF keeps what the tokens of a browser are made of."""
ONCE = re.compile(r"([0-9a-f]{1,10})-[0-9a-f]{16}")
FRESH = 600


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
    once_mark = f"once-{secrets.token_hex(16)}"
    app.jinja_env.globals |= {"csrf_token": lambda: mark, "once": lambda: once_mark}
    app.context_processor(lambda: {"csrf_token": lambda: mark})
    sought, once_sought = mark.encode(), once_mark.encode()

    @app.after_request
    def _stamp(response: Response) -> Response:
        if response.mimetype in TYPES and response.is_sequence:
            body = response.get_data()
            if sought in body:
                body = body.replace(once_sought, draw_once().encode())
                response.set_data(body.replace(sought, generate_csrf().encode()))
        return response


def draw_once() -> str:
    """What a form holds that is to do something once: when its page was made, and a number."""
    return f"{int(now().timestamp()):x}-{secrets.token_hex(8)}"


def read_once(told: str) -> str:
    """What a form held; nothing for one whose page is older than FRESH, or that held none.

    An old page may be a copy: machines of a school are cloned with their browser's pages in them.
    """
    found = ONCE.fullmatch(told)
    age = now().timestamp() - int(found[1], 16) if found else -1
    return told if 0 <= age <= FRESH else ""
