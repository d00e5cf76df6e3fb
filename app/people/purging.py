"""What the staff's browsers and mails leave behind, deleted once it opens nothing any more."""

from typing import Any

from sqlalchemy import select

from app.core.db import now
from app.core.writer import Transaction, write
from app.people.accounts import drop_account, farewells
from app.people.keys import LIVES, purge_keys
from app.people.logins import purge_logins
from app.people.models import Account, MailKey

BUSY: list[Any] = []
"""Selects of the accounts that a room above still needs; each room adds its own."""


def purge_people() -> int:
    """Delete expired logins and keys, and accounts that nobody has confirmed; how many."""
    goodbyes = farewells()

    def unit(tx: Transaction) -> int:
        gone = purge_logins(tx) + purge_keys(tx)
        strangers = _unconfirmed(tx)
        for account_id in strangers:
            drop_account(tx, account_id, goodbyes)
        return gone + len(strangers)

    return write(unit)


def _unconfirmed(tx: Transaction) -> list[int]:
    """Accounts whose address nobody has shown to be theirs while a link asked for it.

    Neither those of invited people, who have no password yet, nor those that a person vouched
    for, nor those of teachers who have a class already.
    """
    is_unknown = Account.confirmed_at.is_(None) & Account.verified_at.is_(None)
    query = select(Account.id).where(
        is_unknown,
        Account.password_hash != "",
        Account.created_at <= now() - LIVES["confirm"],
        Account.id.not_in(select(MailKey.account_id).where(MailKey.purpose == "confirm")),
        *(Account.id.not_in(busy) for busy in BUSY),
    )
    return list(tx.execute(query).scalars())
