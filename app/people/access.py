"""Who may ask for what: each view says it, and a view that says nothing stops the start."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.errors import wants_json
from app.people.models import Account

View = TypeVar("View", bound=Callable[..., Any])
UNGUARDED = frozenset({"static", "healthz", "metrics"})


def anybody(view: View) -> View:
    """A view for anybody; it authorises the objects it fetches itself."""
    view.audience = ("anybody",)  # type: ignore[attr-defined]  # read by check_audiences
    return view


def staff(*roles: str) -> Callable[[View], View]:
    """A view for staff with one of `roles`. To others it does not exist."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            refused = _refuse(roles)
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


def current_staff() -> Account | None:
    """The member of staff who asks, if any."""
    return current_user if current_user.is_authenticated else None


def check_audiences(app: Flask) -> None:
    """Stop the start when a view does not say who may ask for it."""
    silent = [
        name
        for name, view in app.view_functions.items()
        if name not in UNGUARDED and not hasattr(view, "audience")
    ]
    if silent:
        raise RuntimeError(f"views without @anybody or @staff: {', '.join(sorted(silent))}")
