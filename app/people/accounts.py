"""Staff accounts: made, found, let in by password, and gone."""

from collections.abc import Callable
from functools import partial

from flask import current_app
from sqlalchemy import delete, func, select, update

from app.core.db import db, now
from app.core.errors import Refusal
from app.core.jobs import enqueue
from app.core.writer import Transaction, write
from app.people.logins import close_logins
from app.people.models import ROLES, Account
from app.people.passwords import hash_password, is_right
from app.people.trust import approve, confirm
from app.people.words import LAST_ORGANISER

__all__ = ["hash_password"]  # asked for here by whoever makes accounts

Farewell = Callable[[Transaction, int], None]
"""What a room does before an account goes; the rooms above add theirs to `farewells`."""


def find_by_email(email: str) -> Account | None:
    """The account with this e-mail, however it was cased."""
    return db.session.scalar(select(Account).where(Account.email == clean_email(email)))


def clean_email(email: str) -> str:
    """An address as it is kept and compared."""
    return email.strip().lower()


def let_in(email: str, password: str) -> Account | None:
    """The account with this e-mail and password; as slow when there is none."""
    account = find_by_email(email)
    right = is_right(account.password_hash if account else "", password)
    return account if account and right else None


def put_account(tx: Transaction, email: str, name: str, role: str, password_hash: str) -> int:
    """Make the account, or give the existing one a new name, role and password.

    Whoever runs the site vouches for it: it is confirmed and verified.
    """
    account = tx.session.scalar(select(Account).where(Account.email == clean_email(email)))
    if account is None:
        account = add_account(tx, email, name, role)
    account.name, account.role = name, checked_role(role)
    account.confirmed_at = account.confirmed_at or now()
    approve(tx, account.id, None)
    set_password(tx, account, password_hash)
    return account.id


def add_account(tx: Transaction, email: str, name: str, role: str, **more: object) -> Account:
    """A new account, into which nobody gets before it has a password."""
    account = Account(
        email=clean_email(email),
        name=name,
        role=checked_role(role),
        password_hash="",  # nothing fits it
        created_at=now(),
        **more,
    )
    tx.session.add(account)
    tx.session.flush()
    return account


def checked_role(role: str) -> str:
    """`role`, when it is one."""
    if role not in ROLES:
        raise ValueError(f"{role} is no role")
    return role


def set_password(tx: Transaction, account: Account, password_hash: str) -> None:
    """Give an account a password; every browser must log in anew."""
    account.password_hash = password_hash
    tx.session.flush()
    close_logins(tx, account.id)


def choose_password(tx: Transaction, account_id: int, password_hash: str) -> None:
    """Somebody who opened a link from their mail chooses one: the address is theirs."""
    account = tx.session.get_one(Account, account_id)
    confirm(tx, account)
    set_password(tx, account, password_hash)


def mail_to(tx: Transaction, letter: str, account_id: int, language: str = "") -> None:
    """Have the worker write to an account: `letter` is a function of app/people/jobs.py.

    Account 0 is nobody: asking takes as long, and nothing is sent.
    """
    arguments = {"account_id": account_id, "language": language}
    enqueue(tx, f"app.people.jobs.{letter}", arguments, letter)


def vouch_for(tx: Transaction, account_id: int, by: int) -> None:
    """An organiser, `by`, says that this adult is who they say; a mail tells them."""
    approve(tx, account_id, by)
    tx.session.flush()
    mail_to(tx, "approve", account_id)


def delete_account(account_id: int) -> None:
    """Delete an account with all that hangs on it. The last organiser cannot go."""
    write(partial(drop_account, account_id=account_id, goodbyes=farewells()))


def drop_account(tx: Transaction, account_id: int, goodbyes: list[Farewell]) -> None:
    """The same in a transaction; `goodbyes` are the farewells of the rooms above."""
    account = tx.session.get(Account, account_id)
    if account is None:
        return
    if account.role == "organiser" and _count_organisers(tx) < 2:
        raise Refusal("last_organiser", LAST_ORGANISER, 409)
    for say_goodbye in goodbyes:
        say_goodbye(tx, account_id)
    approved = update(Account).where(Account.verified_by == account_id)
    tx.execute(approved.values(verified_by=None))
    tx.execute(delete(Account).where(Account.id == account_id))


def farewells() -> list[Farewell]:
    """What the rooms above do before an account goes."""
    found: list[Farewell] = current_app.extensions.setdefault("farewells", [])
    return found


def _count_organisers(tx: Transaction) -> int:
    """Those who can log in."""
    mine = (Account.role == "organiser") & (Account.password_hash != "")
    return tx.session.scalar(select(func.count()).select_from(Account).where(mine)) or 0
