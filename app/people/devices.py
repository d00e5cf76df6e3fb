"""Browsers in which an account has logged in before.

A cookie of their own says so, signed and for accounts named by a seal only. It opens nothing: it
gives its browser tries of its own, so that nobody who shares an address with a teacher can use up
theirs.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

COOKIE = "deambule_device"
KEPT = timedelta(days=400)
MOST_ACCOUNTS = 8
"""Accounts that one browser remembers; the oldest gives way."""


def device_of(email: str) -> str:
    """This browser, when this account has logged in here before; else nothing."""
    name, seals = _held()
    return name if _seal(email) in seals else ""


def know_device(response: Response, email: str) -> Response:
    """Let this browser be known as one of the account's."""
    name, seals = _held()
    mine = _seal(email)
    kept = [*(seal for seal in seals if seal != mine), mine][-MOST_ACCOUNTS:]
    response.set_cookie(
        COOKIE,
        _signer().dumps([name or secrets.token_hex(8), kept]),
        max_age=KEPT,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite=current_app.config["SESSION_COOKIE_SAMESITE"],
    )
    return response


def _held() -> tuple[str, list[str]]:
    try:
        name, seals = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return "", []
    return name, seals


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="device")


def _seal(email: str) -> str:
    """What stands for an address: whoever reads the cookie does not learn it."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, b"device " + email.strip().lower().encode(), hashlib.sha256).hexdigest()[
        :24
    ]
