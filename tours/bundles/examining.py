"""Looking at whole media files. Heavy: for the worker and the command only."""

from pathlib import Path

from media.documents import clean_document
from media.errors import Refused
from media.films import clean_film
from media.panoramas import check_panorama
from media.pictures import clean_picture
from media.sounds import clean_sound
from tours.bundles.captions import BadCaptions, read_captions


def _discard(_name: str, _data: bytes, _content_type: str = "") -> None:
    """Keep nothing."""


def examine(path: Path, media: str) -> str | None:
    """Decode a file whole; what is wrong with it, as a sentence, or None."""
    try:
        if media == "panorama":
            check_panorama(path)
        elif media == "picture":
            clean_picture(path, _discard)
        elif media == "film":
            clean_film(path, _discard)
        elif media == "sound":
            clean_sound(path, _discard)
        elif media == "document":
            clean_document(path, _discard)
        else:
            read_captions(path)
    except (Refused, BadCaptions) as refused:
        return str(refused)
    return None
