"""Who may ask for what: each view says it, and a view that says nothing stops the start."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.errors import wants_json
from app.people.codes import lacks_factor
from app.people.logins import TOKEN, find_account
from app.people.models import Account

View = TypeVar("View", bound=Callable[..., Any])
SMALL_BODY = 256 * 1024
"""Bytes; no form of the site needs more, files apart."""
UNGUARDED = frozenset({"static", "healthz", "metrics"})


def anybody(view: View) -> View:
    """A view for anybody; it authorises the objects it fetches itself."""
    view.audience = ("anybody",)  # type: ignore[attr-defined]  # read by check_audiences
    return view


def staff(*roles: str, before_factor: bool = False) -> Callable[[View], View]:
    """A view for staff with one of `roles`. To others it does not exist.

    An organiser who still owes a second factor is led to it, except where `before_factor`.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            refused = _refuse(roles) or (None if before_factor else _lead_to_factor())
            return refused if refused is not None else view(*args, **kwargs)

        guarded.audience = roles  # type: ignore[attr-defined]  # read by check_audiences
        return guarded  # type: ignore[return-value]  # same signature as `view`

    return guard


def _refuse(roles: tuple[str, ...]) -> Response | None:
    if not current_user.is_authenticated:
        if wants_json() or request.method != "GET":
            abort(401)
        return redirect(url_for("people.login", next=request.path))
    if current_user.role not in roles:
        abort(404)
    return None


def _lead_to_factor() -> Response | None:
    if not lacks_factor(current_user):
        return None
    if wants_json() or request.method != "GET":
        abort(403)
    return redirect(url_for("people.second_factor"))


def takes_files(view: View) -> View:
    """A view that takes files as large as the settings allow, from staff only."""
    view.takes_files = True  # type: ignore[attr-defined]  # read by limit_bodies
    return view


def limit_bodies(app: Flask) -> None:
    """Keep what strangers send small: it is refused before anything reads it.

    To be called before what reads forms, as the check of their token does.
    """

    @app.before_request
    def _limit() -> None:
        view = app.view_functions.get(request.endpoint or "")
        is_large = getattr(view, "takes_files", False) and current_user.is_authenticated
        if not is_large:
            request.max_content_length = SMALL_BODY


def current_staff() -> Account | None:
    """The member of staff who asks, if any; one who still owes a second factor is nobody yet."""
    if not current_user.is_authenticated or lacks_factor(current_user):
        return None
    return current_user  # type: ignore[no-any-return]  # a proxy of the account


def staff_by(cookie: Mapping[str, Any]) -> Account | None:
    """The same for a socket, from the cookie with which it was opened; asked at each event."""
    token = cookie.get(TOKEN)
    account = find_account(token) if token else None
    return None if account is None or lacks_factor(account) else account


def check_audiences(app: Flask) -> None:
    """Stop the start when a view does not say who may ask for it."""
    silent = [
        name
        for name, view in app.view_functions.items()
        if name not in UNGUARDED and not hasattr(view, "audience")
    ]
    if silent:
        raise RuntimeError(f"views without @anybody or @staff: {', '.join(sorted(silent))}")
