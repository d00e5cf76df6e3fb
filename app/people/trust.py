"""Which mail domains are those of teachers, and who is verified."""

import re

from sqlalchemy import delete, select

from app.core.db import now
from app.core.writer import Transaction
from app.people.models import Account, TrustedDomain

PATTERN = re.compile(r"(?:[a-z0-9*-]+\.)+[a-z]{2,}")
LONGEST = 120


def matches(pattern: str, domain: str) -> bool:
    """Whether a domain fits: `*` stands for some letters, digits or hyphens, never for a dot.

    `ac-*.fr` is ac-rennes.fr, and neither eleves.ac-rennes.fr, where students may have theirs,
    nor evil-ac-rennes.fr.example.
    """
    parts = (re.escape(part) for part in pattern.split("*"))
    return re.fullmatch("[a-z0-9-]+".join(parts), domain) is not None


def is_fit_pattern(pattern: str) -> bool:
    """Whether a pattern names somebody's domains: `*.fr` would be the whole country's."""
    if len(pattern) > LONGEST or not PATTERN.fullmatch(pattern):
        return False
    return re.search("[a-z0-9]", pattern.split(".")[-2]) is not None


def trust(tx: Transaction, pattern: str) -> None:
    """Put a pattern on the list. Who already waits still waits for a person."""
    if tx.session.get(TrustedDomain, pattern) is None:
        tx.session.add(TrustedDomain(pattern=pattern, created_at=now()))


def distrust(tx: Transaction, pattern: str) -> None:
    """Take a pattern off the list; those it has verified stay verified."""
    tx.execute(delete(TrustedDomain).where(TrustedDomain.pattern == pattern))


def confirm(tx: Transaction, account: Account) -> None:
    """The address proved to be theirs: a teacher's on a trusted domain verifies them at once."""
    account.confirmed_at = account.confirmed_at or now()
    if account.role == "teacher" and not account.is_verified and _is_trusted(tx, account.email):
        account.verified_at = now()


def _is_trusted(tx: Transaction, email: str) -> bool:
    domain = email.rpartition("@")[2]
    patterns = tx.session.scalars(select(TrustedDomain.pattern))
    return any(matches(pattern, domain) for pattern in patterns)


def approve(tx: Transaction, account_id: int, by: int | None) -> None:
    """A person, `by`, says that this adult is who they say; `by` is nobody in a command."""
    account = tx.session.get_one(Account, account_id)
    if not account.is_verified:
        account.verified_at, account.verified_by = now(), by
