"""How often one may be wrong: right ones never count, a whole school sits behind one address.

A try is counted before it is looked at and given back when it was right: many at once get no
further than one after another.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, g, request, session
from flask_babel import gettext as _
from flask_limiter import RequestLimit
from limits import parse

from app.core.errors import answer_error
from app.core.limits import Bucket, give_back, limiter, network, take
from app.people.devices import device_of

View = TypeVar("View", bound=Callable[..., Any])
NETWORK = parse("100 per minute")
ACCOUNT = parse("10 per 5 minutes")
CEILING = parse("100 per hour")
"""For one account, from wherever: who has many addresses is stopped too. The owner still gets in
by a browser that knows them, and by a link by mail."""
MAILS = "3 per hour"
"""To one address: nobody's mailbox is filled from here."""
MANY_MAILS = "100 per hour"
HALF = "half_in"
"""Where the session keeps who gave a right password and owes a code."""


def count_wrong() -> None:
    """Let this try count."""
    g.tried_wrongly = True


def _refuse(bucket: Bucket) -> Response:
    told = _("Trop d’essais à la suite. Attendez cinq minutes, puis recommencez.")
    if bucket.item is CEILING:
        told = _(
            "Trop de mots de passe faux pour ce compte. Si c’est le vôtre, demandez un lien par"
            " « Mot de passe oublié » : il vous fait entrer sans attendre."
        )
    return answer_error(429, "too_many_tries", told)


def _refuse_mail(_limit: RequestLimit) -> Response:
    told = _("Plusieurs mails sont déjà partis. Regardez aussi dans les indésirables.")
    return answer_error(429, "too_many_mails", told)


def _email() -> str:
    return request.form.get("email", "").strip().lower()[:254] or "-"


def _half_in() -> str:
    return str(session.get(HALF, {}).get("account", "-"))


def _own_token() -> str:
    return str(session.get("_user_id", "-"))


def _limit(limit: str, key: Callable[[], str], **more: Any) -> Callable[[View], View]:
    limited: Callable[[View], View] = limiter.limit(limit, key_func=key, methods=["POST"], **more)  # type: ignore[assignment]  # it also wraps other things
    return limited


def _few_wrong(buckets: Callable[[], Iterable[Bucket]]) -> Callable[[View], View]:
    """A view at which so many wrong ones may be tried as these buckets hold."""

    def limited(view: View) -> View:
        @wraps(view)
        def tried(*args: Any, **kwargs: Any) -> Any:
            if request.method != "POST":
                return view(*args, **kwargs)
            mine = list(buckets())
            empty = take(mine)
            if empty is not None:
                return _refuse(empty)
            try:
                return view(*args, **kwargs)
            finally:
                if not g.get("tried_wrongly"):
                    give_back(mine)

        return tried  # type: ignore[return-value]  # same signature as `view`

    return limited


def _password_buckets() -> Iterable[Bucket]:
    """A browser that this account knows has its own; the others of a network share one."""
    email = _email()
    device = device_of(email)
    if device:
        return [Bucket(ACCOUNT, "password", f"{email} {device}")]
    return [
        Bucket(NETWORK, "wrong", network()),
        Bucket(ACCOUNT, "password", f"{email} {network()}"),
        Bucket(CEILING, "password", email),
    ]


def _buckets_of(kind: str, key: Callable[[], str]) -> Callable[[], Iterable[Bucket]]:
    """So many for whatever is tried, and generously many for a network."""
    return lambda: [Bucket(NETWORK, "wrong", network()), Bucket(ACCOUNT, kind, key())]


few_wrong_passwords = _few_wrong(_password_buckets)
few_wrong_codes = _few_wrong(_buckets_of("code", _half_in))
few_wrong_of_mine = _few_wrong(_buckets_of("mine", _own_token))
"""Where somebody who is logged in gives their password once more."""
few_wrong_at_link = _few_wrong(_buckets_of("link", lambda: request.path))
"""Where a mailed link asks for a password."""


def few_mails(view: View) -> View:
    """So many mails to one address, and generously many from a network."""
    per_network = _limit(MANY_MAILS, network, on_breach=_refuse_mail)
    return per_network(_limit(MAILS, _email, on_breach=_refuse_mail)(view))


def few_mails_to_me(view: View) -> View:
    """The same for somebody who is logged in."""
    return _limit(MAILS, _own_token, on_breach=_refuse_mail)(view)
