"""What the staff's browsers and mails leave behind, deleted once it opens nothing any more."""

from app.core.writer import Transaction, write
from app.people.keys import purge_keys
from app.people.logins import purge_logins


def purge_people() -> int:
    """Delete expired logins and keys; how many they were."""

    def unit(tx: Transaction) -> int:
        return purge_logins(tx) + purge_keys(tx)

    return write(unit)
