"""Staff accounts: made, found, and let in by password."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent import get_hub
from sqlalchemy import func, select

from app.core.db import db, now
from app.core.writer import Transaction
from app.people.models import ROLES, Account

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2 hash of a password, computed in a thread: it is slow on purpose."""
    hashed: str = get_hub().threadpool.apply(_hasher.hash, (password,))
    return hashed


def _is_right(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash that no password fits: checking it takes as long as checking a real one."""
    return _hasher.hash(secrets.token_hex())


def let_in(email: str, password: str) -> Account | None:
    """The account with this e-mail and password; as slow when there is none."""
    query = select(Account).where(Account.email == func.lower(email.strip()))
    account = db.session.scalar(query)
    hashed = account.password_hash if account else _nobody()
    is_right = get_hub().threadpool.apply(_is_right, (hashed, password))
    return account if account and is_right else None


def put_account(tx: Transaction, email: str, name: str, role: str, password_hash: str) -> int:
    """Make the account, or give the existing one a new name, role and password."""
    if role not in ROLES:
        raise ValueError(f"{role} is no role")
    email = email.strip().lower()
    account = tx.session.scalar(select(Account).where(Account.email == email))
    if account is None:
        account = Account(email=email, created_at=now())
        tx.session.add(account)
    account.name, account.role, account.password_hash = name, role, password_hash
    tx.session.flush()
    return account.id
