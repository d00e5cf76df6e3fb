"""What a professional changes once a person has approved them: nobody reads it before another look.

Until then classes read what was approved. Who is not approved yet changes their profile freely.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import now
from app.core.errors import Refusal
from app.core.writer import Transaction
from app.live.professionals.files import forget_files
from app.live.sessions.models import Professional
from app.people.models import Account

SAID = ("first_name", "job", "factory", "rome", "path", "ask_me")
"""What the form of a profile asks for."""


def put_aside(row: Professional, said: Mapping[str, str]) -> bool:
    """Keep what differs from what was approved apart; whether anything does."""
    draft = {name: text for name, text in said.items() if text != getattr(row, name)}
    if draft != row.draft:
        row.draft = draft
        note_change(row)
    return bool(draft)


def note_change(row: Professional) -> None:
    """Something waits for a person from now on, or nothing any more."""
    row.changed_at = now() if row.draft or row.new_photos else None


def take_over(row: Professional) -> None:
    """Make what was put aside what classes read."""
    for name, text in row.draft.items():
        setattr(row, name, text)
    row.photos = [*row.photos, *row.new_photos]
    _forget(row)


def _forget(row: Professional) -> None:
    row.draft, row.new_photos, row.changed_at = {}, [], None


def stamp(row: Professional) -> str:
    """What somebody looks at, in a few signs: others once a word or a photo is another."""
    said = [getattr(row, name) for name in SAID]
    seen = json.dumps([said, row.photos, row.draft, row.new_photos], sort_keys=True)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def need_same(row: Professional | None, looked_at: str) -> Professional:
    """The row, as it was looked at. Raises Refusal when it was changed meanwhile."""
    if row is None or stamp(row) != looked_at:
        told = _("Ce profil vient de changer encore : regardez-le à nouveau.")
        raise Refusal("changed", told, 409)
    return row


def accept_change(tx: Transaction, account_id: int, looked_at: str) -> None:
    """An organiser has read it; `looked_at` is the `stamp` of what they read. Raises Refusal."""
    take_over(need_same(_hold(tx, account_id), looked_at))


def refuse_change(tx: Transaction, account_id: int, looked_at: str) -> None:
    """Classes go on reading what was approved. Raises Refusal when it was changed meanwhile."""
    row = need_same(_hold(tx, account_id), looked_at)
    forget_files(tx, row.new_photos)
    _forget(row)


def _hold(tx: Transaction, account_id: int) -> Professional | None:
    return tx.session.get(Professional, account_id, with_for_update=True)


def changed_professionals(reading: Session) -> Iterable[tuple[Account, Professional]]:
    """The approved ones whose changes wait for a look."""
    query = (
        select(Account, Professional)
        .join(Professional, Professional.account_id == Account.id)
        .where(Account.verified_at.is_not(None), Professional.changed_at.is_not(None))
        .order_by(Professional.changed_at)
    )
    return [(account, row) for account, row in reading.execute(query)]
