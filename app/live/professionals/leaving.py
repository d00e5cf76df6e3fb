"""What goes with the account of a professional: photos, wherever they are, and papers."""

from app.core.writer import Transaction
from app.live.professionals.attestation import last_attestation
from app.live.professionals.files import forget_files
from app.live.professionals.photos import all_photos, keys_under_way
from app.live.professionals.profile import find_profile


def leave_nothing(tx: Transaction, account_id: int) -> None:
    """Have the files deleted; the row of the profile goes with the account's."""
    row = find_profile(tx.session, account_id)
    photos = [*all_photos(row), *keys_under_way(tx.session, account_id)]
    job = last_attestation(tx.session, account_id)
    forget_files(tx, photos, [str(job.arguments["token"])] if job else [])
