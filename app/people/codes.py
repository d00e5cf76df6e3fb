"""The second factor: six digits that an app of a phone makes every thirty seconds (RFC 6238)."""

import hmac
from datetime import datetime

import pyotp
import segno
from flask import current_app
from sqlalchemy import update

from app.core.config import Settings
from app.core.db import now
from app.core.writer import Transaction
from app.people.logins import Known
from app.people.models import Account

PERIOD = 30
"""Seconds that a code lasts."""
ISSUER = "Déambule"


def draw_secret() -> str:
    """What a phone and the site share: 160 bits."""
    return pyotp.random_base32()


def address_of(secret: str, email: str) -> str:
    """What the app of a phone reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def picture_of(secret: str, email: str) -> str:
    """The QR code as the address of a picture, which holds the picture itself."""
    code = segno.make(address_of(secret, email), error="m")
    return code.svg_data_uri(scale=5, border=4, dark="#14213d", light="#fff")


def period_of(secret: str, code: str, at: datetime) -> int | None:
    """The period in which a code is right; a phone's clock may be half a minute wrong."""
    digits = "".join(code.split())
    this, totp = int(at.timestamp()) // PERIOD, pyotp.TOTP(secret)
    for period in (this - 1, this, this + 1):
        if hmac.compare_digest(totp.generate_otp(period).encode(), digits.encode()):
            return period
    return None


def use_code(tx: Transaction, account_id: int, secret: str, code: str) -> bool:
    """Whether a code opens; it does so once, and no older one does after it."""
    period = period_of(secret, code, now())
    if period is None:
        return False
    is_new = Account.totp_used.is_(None) | (Account.totp_used < period)
    mine = (Account.id == account_id) & (Account.totp_secret == secret) & is_new
    used = update(Account).where(mine).values(totp_used=period)
    return tx.execute(used).rowcount == 1


def set_up(tx: Transaction, account_id: int, secret: str, code: str) -> bool:
    """Make a secret the account's, once a phone has shown that it holds it."""
    period = period_of(secret, code, now())
    if period is None:
        return False
    mine = (Account.id == account_id) & Account.totp_secret.is_(None)
    done = update(Account).where(mine).values(totp_secret=secret, totp_used=period)
    return tx.execute(done).rowcount == 1


def drop_factor(tx: Transaction, account_id: int) -> None:
    """Forget the phone: it is lost, or another one comes."""
    mine = update(Account).where(Account.id == account_id)
    tx.execute(mine.values(totp_secret=None, totp_used=None))


def lacks_factor(account: Account | Known) -> bool:
    """Whether this organiser must set up the second factor before anything else."""
    settings: Settings = current_app.extensions["settings"]
    is_asked = settings.second_factor == "required" and account.role == "organiser"
    return is_asked and account.totp_secret is None
