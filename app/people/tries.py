"""How often one may be wrong: right ones never count, a whole school sits behind one address."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, g, request, session
from flask_babel import gettext as _
from flask_limiter import RequestLimit
from flask_limiter.util import get_remote_address

from app.core.errors import answer_error
from app.core.limits import limiter

View = TypeVar("View", bound=Callable[..., Any])
NETWORK = "100 per minute"
ACCOUNT = "10 per 5 minutes"
MAILS = "3 per hour"
"""To one address: nobody's mailbox is filled from here."""
MANY_MAILS = "100 per hour"
HALF = "half_in"
"""Where the session keeps who gave a right password and owes a code."""


def count_wrong() -> None:
    """Let this try count."""
    g.tried_wrongly = True


def _was_wrong(_response: Response) -> bool:
    return bool(g.get("tried_wrongly"))


def _refuse(_limit: RequestLimit) -> Response:
    told = _("Trop d’essais à la suite. Attendez cinq minutes, puis recommencez.")
    return answer_error(429, "too_many_tries", told)


def _refuse_mail(_limit: RequestLimit) -> Response:
    told = _("Plusieurs mails sont déjà partis. Regardez aussi dans les indésirables.")
    return answer_error(429, "too_many_mails", told)


def _email_and_network() -> str:
    return f"{_email()} {get_remote_address()}"


def _email() -> str:
    return request.form.get("email", "").strip().lower()[:254] or "-"


def _half_in() -> str:
    return str(session.get(HALF, {}).get("account", "-"))


def _own_token() -> str:
    return str(session.get("_user_id", "-"))


def _limit(limit: str, key: Callable[[], str], **more: Any) -> Callable[[View], View]:
    limited: Callable[[View], View] = limiter.limit(limit, key_func=key, methods=["POST"], **more)  # type: ignore[assignment]  # it also wraps other things
    return limited


def _few_wrong(key: Callable[[], str]) -> Callable[[View], View]:
    """So many wrong ones for whatever is tried, and generously many for a network."""
    more = {"deduct_when": _was_wrong, "on_breach": _refuse}

    def limited(view: View) -> View:
        by_network = _limit(NETWORK, get_remote_address, **more)
        return by_network(_limit(ACCOUNT, key, **more)(view))

    return limited


few_wrong_passwords = _few_wrong(_email_and_network)
few_wrong_codes = _few_wrong(_half_in)
few_wrong_of_mine = _few_wrong(_own_token)
"""Where somebody who is logged in gives their password once more."""
few_wrong_at_link = _few_wrong(lambda: request.path)
"""Where a mailed link asks for a password."""


def few_mails(view: View) -> View:
    """So many mails to one address, and generously many from a network."""
    per_network = _limit(MANY_MAILS, get_remote_address, on_breach=_refuse_mail)
    return per_network(_limit(MAILS, _email, on_breach=_refuse_mail)(view))


def few_mails_to_me(view: View) -> View:
    """The same for somebody who is logged in."""
    return _limit(MAILS, _own_token, on_breach=_refuse_mail)(view)
