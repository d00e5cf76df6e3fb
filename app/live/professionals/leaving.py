"""What goes with the account of a professional: photos, wherever they are, and papers."""

from app.core.writer import Transaction
from app.live.professionals.attestation import last_attestation
from app.live.professionals.photos import forget_files, keys_under_way
from app.live.professionals.profile import find_profile


def leave_nothing(tx: Transaction, account_id: int) -> None:
    """Have the files deleted; the row of the profile goes with the account's."""
    row = find_profile(tx.session, account_id)
    photos = [*(row.photos if row else ()), *keys_under_way(tx.session, account_id)]
    job = last_attestation(tx.session, account_id)
    forget_files(tx, photos, [str(job.arguments["token"])] if job else [])
