"""Keys of mailed links: drawn by the job that writes the mail, used once.

Only their hashes are kept. Opening a link uses nothing up: mail servers open links before people.
"""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select

from app.core.db import db, now
from app.core.writer import Transaction
from app.people.logins import hash_token
from app.people.models import Account, MailKey

LIVES = {
    "invite": timedelta(days=14),
    "confirm": timedelta(days=7),
    "reset": timedelta(hours=1),
}
"""How long a link works, by its purpose."""


def draw_key(tx: Transaction, account_id: int, purpose: str) -> str:
    """A new key; the account's earlier ones for this purpose work on until one is used."""
    token, moment = secrets.token_urlsafe(32), now()
    tx.session.add(
        MailKey(
            token_hash=hash_token(token),
            account_id=account_id,
            purpose=purpose,
            created_at=moment,
            expires_at=moment + LIVES[purpose],
        )
    )
    return token


def find_owner(token: str, purpose: str) -> Account | None:
    """The account that a link is for, while it works."""
    mine = (MailKey.token_hash == hash_token(token)) & (MailKey.purpose == purpose)
    query = select(Account).join(MailKey, MailKey.account_id == Account.id)
    return db.session.scalar(query.where(mine, MailKey.expires_at > now()))


def use_key(tx: Transaction, token: str, purpose: str) -> int | None:
    """Use a key up, with all others for the same; its account, or None when it does not work."""
    mine = (MailKey.token_hash == hash_token(token)) & (MailKey.purpose == purpose)
    used = delete(MailKey).where(mine, MailKey.expires_at > now()).returning(MailKey.account_id)
    account_id: int | None = tx.execute(used).scalar()
    if account_id is not None:
        drop_keys(tx, account_id, purpose)
    return account_id


def drop_keys(tx: Transaction, account_id: int, purpose: str) -> None:
    """Let no link that was sent for this purpose work any more."""
    mine = (MailKey.account_id == account_id) & (MailKey.purpose == purpose)
    tx.execute(delete(MailKey).where(mine))


def purge_keys(tx: Transaction) -> int:
    """Delete the keys that have expired; how many they were."""
    return tx.execute(delete(MailKey).where(MailKey.expires_at <= now())).rowcount
