"""Logins: a row for each browser in which somebody is logged in.

The cookie holds a random token, the row its hash: a stolen database opens nothing, and a row that
is gone opens nothing either, whatever the browser kept. School machines are shared: without
"stay" a login ends with the browser, and after twelve hours at the latest.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import Flask, Response, g, has_request_context, session
from flask_login import LoginManager, login_user, logout_user
from sqlalchemy import bindparam, delete, select, update

from app.core.db import db, now
from app.core.queries import Query, read
from app.core.tokens import KEY
from app.core.writer import Transaction, write
from app.people.models import Account, Login

SHORT = timedelta(hours=12)
LONG = timedelta(days=30)
SEEN = timedelta(hours=1)
"""How old the note of a login's last use may be."""
TOKEN = "_user_id"  # noqa: S105  where Flask-Login keeps what names the account
STAYS = "staff_stays"
KEPT = "cookie_kept"
"""Whether the cookie outlived the browser before somebody logged in: a student's place does."""


def hash_token(token: str) -> str:
    """What the database holds of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_login(tx: Transaction, account_id: int, *, stays: bool = False) -> str:
    """A new login of this account; the token for its browser."""
    token, moment = secrets.token_urlsafe(32), now()
    tx.session.add(
        Login(
            token_hash=hash_token(token),
            account_id=account_id,
            created_at=moment,
            seen_at=moment,
            expires_at=moment + (LONG if stays else SHORT),
        )
    )
    return token


def find_account(token: str) -> Account | None:
    """The account that a token opens now, if any; sockets ask for it at each event."""
    hashed, moment = hash_token(token), now()
    query = select(Account, Login.seen_at).join(Login).where(Login.token_hash == hashed)
    found = db.session.execute(query.where(Login.expires_at > moment)).first()
    if found is None:
        return None
    account, seen_at = found
    if has_request_context() and moment - seen_at > SEEN:
        g.login_seen = hashed
    return account


class Known(NamedTuple):
    """What of an account lines ask for at each event."""

    id: int
    name: str
    role: str
    verified_at: datetime | None
    totp_secret: str | None

    @property
    def is_verified(self) -> bool:
        """Whether this adult may meet students live."""
        return self.verified_at is not None


_KNOWN = Query(
    select(Account.id, Account.name, Account.role, Account.verified_at, Account.totp_secret)
    .join(Login)
    .where(Login.token_hash == bindparam("hashed"), Login.expires_at > bindparam("moment"))
)


def recognise(token: str) -> Known | None:
    """Whom a token opens an account for now, if anybody: `find_account` for what is asked often."""
    rows = read(_KNOWN, hashed=hash_token(token), moment=now())
    return Known(*rows[0]) if rows else None


def close_logins(tx: Transaction, account_id: int) -> None:
    """Log an account out of every browser."""
    tx.execute(delete(Login).where(Login.account_id == account_id))


def purge_logins(tx: Transaction) -> int:
    """Delete the logins that have expired; how many they were."""
    return tx.execute(delete(Login).where(Login.expires_at <= now())).rowcount


def enter(account_id: int, *, stays: bool = False) -> None:
    """Log an account in at this browser: with a new token, and new signs on its forms.

    The language and the place of the student whose machine was borrowed stay.
    """
    before = session.get(TOKEN)

    def unit(tx: Transaction) -> str:
        if before:
            _close(tx, before)
        return open_login(tx, account_id, stays=stays)

    token = write(unit)
    login_user(db.session.get_one(Account, account_id))
    _forget_signs()
    session[TOKEN], session[STAYS] = token, stays
    session[KEPT] = session.permanent
    session.permanent = stays


def leave() -> None:
    """Log this browser out."""
    token = session.get(TOKEN)
    if token:
        write(lambda tx: _close(tx, token))
    forget_login()


def forget_login() -> None:
    """Take what belongs to a login out of this browser's session, and nothing else."""
    if STAYS in session:
        session.permanent = session.pop(KEPT, False) or session.pop(STAYS)
    session.pop(STAYS, None)
    logout_user()
    _forget_signs()


def _forget_signs() -> None:
    for name in (KEY, "_id", "_fresh"):
        session.pop(name, None)


def _close(tx: Transaction, token: str) -> None:
    tx.execute(delete(Login).where(Login.token_hash == hash_token(token)))


def keep_logins(app: Flask) -> None:
    """Let the app know who asks, from the token in the cookie."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.after_request(_end_with_browser)
    app.after_request(_note_use)


def _load(token: str) -> Account | None:
    account = find_account(token)
    if account is None and STAYS in session:
        session.permanent = session.pop(KEPT, False) or session.pop(STAYS)
        session.pop(TOKEN, None)
    return account


def _end_with_browser(response: Response) -> Response:
    """A student who enters has the cookie kept: not with an adult's login in it."""
    if session.modified and session.permanent and TOKEN in session and not session.get(STAYS):
        session.permanent, session[KEPT] = False, True
    return response


def _note_use(response: Response) -> Response:
    hashed = g.pop("login_seen", None)
    if hashed:
        mine = update(Login).where(Login.token_hash == hashed)
        write(lambda tx: tx.execute(mine.values(seen_at=now())))
    return response
