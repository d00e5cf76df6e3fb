"""Sounds: packed anew without tags or cover picture; not encoded again."""

from pathlib import Path
from typing import Final, Literal, TypedDict

from media.cutting import Put
from media.errors import Refused
from media.remuxing import copy_streams, name_codec, open_media, seconds_of

MAX_MINUTES: Final = 60
_LARGEST_PAGE: Final = 65307
_CODECS: Final = {"mp3": frozenset({"mp3"}), "ogg": frozenset({"opus", "vorbis"})}


class SoundMeta(TypedDict):
    """The file to play, and seconds."""

    kind: Literal["sound"]
    file: str
    duration: float


def clean_sound(source: Path, put: Put) -> SoundMeta:
    """Write ``sound.mp3`` or ``sound.ogg``. Raises Refused with its reason."""
    wrapping = _find_wrapping(source)
    if wrapping == "ogg":
        _check_last_page(source)
    with open_media(source, wrapping, "sound") as sound:
        if not sound.streams.audio:
            raise Refused("sound-unreadable")
        audio = sound.streams.audio[0]
        codec = name_codec(audio, "sound")
        if codec not in _CODECS[wrapping]:
            raise Refused("sound-codec", codec=codec)
        duration = seconds_of(sound, "sound", MAX_MINUTES)
        data = copy_streams(sound, [audio], wrapping, duration, "sound")
    put(f"sound.{wrapping}", data)
    return SoundMeta(kind="sound", file=f"sound.{wrapping}", duration=round(duration, 2))


def _check_last_page(source: Path) -> None:
    """Ogg announces no length: its last page says that it is the last (RFC 3533, section 6)."""
    with source.open("rb") as file:
        file.seek(max(0, source.stat().st_size - _LARGEST_PAGE))
        end = file.read()
    page = end.rfind(b"OggS")
    if page < 0 or page + 27 > len(end) or not end[page + 5] & 0x04:
        raise Refused("sound-truncated")


def _find_wrapping(source: Path) -> str:
    with source.open("rb") as file:
        head = file.read(4)
    if head == b"OggS":
        return "ogg"
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0):
        return "mp3"
    raise Refused("sound-unreadable")
