"""What `deambule account` does: whoever runs the site vouches for whom they let in."""

import click

from app.core.writer import Transaction, write
from app.people.accounts import clean_email, find_by_email, put_account
from app.people.codes import drop_factor
from app.people.passwords import fault_of, hash_password


def make_account(email: str, role: str, name: str, password: str) -> str:
    """Make an account, or change its role and password; what was done, as a sentence."""
    fault = fault_of(password, clean_email(email))
    if fault:
        raise click.BadParameter(fault, param_hint="--password")
    hashed = hash_password(password)

    def unit(tx: Transaction) -> None:
        put_account(tx, email, name or email.partition("@")[0], role, hashed)

    try:
        write(unit)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="ROLE") from None
    return f"{role} {email} may log in."


def forget_phone(email: str) -> str:
    """Forget the phone of an account, whose owner has lost it."""
    account = find_by_email(email)
    if account is None:
        raise click.BadParameter(f"nobody has the address {email}", param_hint="EMAIL")
    account_id = account.id
    write(lambda tx: drop_factor(tx, account_id))
    return f"{email} logs in with the password alone, and may tie another phone."
