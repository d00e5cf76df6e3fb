"""Showing an asset to everybody, and taking it back: its files are under ``public/`` or not."""

from media.keys import MARK, private_prefix, public_prefix
from media.storage import Absent, Storage


def publish(storage: Storage, key: str) -> None:
    """Copy the files of a complete asset where everybody may fetch them.

    Doing it twice does no harm. Raises Absent when the asset is not complete.
    """
    if not storage.exists(private_prefix(key) + MARK):
        raise Absent(key)
    storage.copy_prefix(private_prefix(key), public_prefix(key))


def withdraw(storage: Storage, key: str) -> None:
    """Delete the public files: their addresses answer 404 from now on."""
    storage.delete_prefix(public_prefix(key))


def forget(storage: Storage, key: str) -> None:
    """Delete the asset wherever it is."""
    storage.delete_prefix(public_prefix(key))
    storage.delete_prefix(private_prefix(key))


def is_published(storage: Storage, key: str) -> bool:
    """Whether everybody may fetch the asset; the mark is copied with the rest."""
    return storage.exists(public_prefix(key) + MARK)
