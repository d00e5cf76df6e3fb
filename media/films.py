"""Films: packed anew without a word about camera, place or owner; not encoded again."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, TypedDict

import av
import numpy as np
from av.container import InputContainer
from av.stream import Stream

from media.cutting import Put
from media.errors import Refused
from media.previews import encode, shrink
from media.remuxing import copy_streams, name_codec, open_media, seconds_of

MAX_MINUTES: Final = 30
_MAX_SIDES: Final = (3840, 2160)
_POSTER_WIDTH: Final = 1280


@dataclass(frozen=True)
class Wrapping:
    """A container that browsers read, and the codecs that they read inside of it."""

    reader: str
    writer: str
    file: str
    video: frozenset[str]
    audio: frozenset[str]


MP4 = Wrapping("mp4", "mp4", "film.mp4", frozenset({"h264", "av1"}), frozenset({"aac", "mp3"}))
WEBM = Wrapping("matroska", "webm", "film.webm", frozenset({"vp8", "vp9", "av1"}),
                frozenset({"opus", "vorbis"}))  # fmt: skip


class FilmMeta(TypedDict):
    """The file to play, seconds, and pixels."""

    kind: Literal["film"]
    file: str
    duration: float
    width: int
    height: int


def clean_film(source: Path, put: Put) -> FilmMeta:
    """Write ``film.mp4`` or ``film.webm``, and ``poster.jpg``. Raises Refused."""
    wrapping = _find_wrapping(source)
    with open_media(source, wrapping.reader, "film") as film:
        streams = _choose_streams(film, wrapping)
        video = film.streams.video[0]
        duration = seconds_of(film, "film", MAX_MINUTES)
        _check_size(video.width, video.height)
        data = copy_streams(film, streams, wrapping.writer, duration, "film")
        width, height = video.width, video.height
    put("poster.jpg", _draw_poster(data, wrapping, duration))
    put(wrapping.file, data)
    return FilmMeta(
        kind="film", file=wrapping.file, duration=round(duration, 2), width=width, height=height
    )


def _find_wrapping(source: Path) -> Wrapping:
    with source.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return MP4
    if head[:4] == b"\x1aE\xdf\xa3":
        return WEBM
    raise Refused("film-unreadable")


def _choose_streams(film: InputContainer, wrapping: Wrapping) -> list[Stream]:
    """The first picture and the first sound; subtitles, places and time codes stay behind."""
    if not film.streams.video:
        raise Refused("film-unreadable")
    video = film.streams.video[0]
    chosen: list[tuple[Stream, frozenset[str]]] = [(video, wrapping.video)]
    chosen += [(audio, wrapping.audio) for audio in film.streams.audio[:1]]
    for stream, codecs in chosen:
        codec = name_codec(stream, "film")
        if codec not in codecs:
            raise Refused("film-codec", codec=codec)
    return [stream for stream, _ in chosen]


def _check_size(width: int, height: int) -> None:
    if max(width, height) > _MAX_SIDES[0] or min(width, height) > _MAX_SIDES[1]:
        raise Refused("film-too-large", width=width, height=height)


def _draw_poster(data: bytes, wrapping: Wrapping, duration: float) -> bytes:
    """A picture from the first tenth of the film, from what will be served."""
    try:
        with av.open(BytesIO(data), "r", format=wrapping.reader) as film:
            film.seek(int(duration * 0.1 * av.time_base))
            frame = next(film.decode(video=0))
            pixels = frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False)
            return encode(shrink(pixels, _POSTER_WIDTH), 82)
    except (av.FFmpegError, StopIteration, ValueError) as error:
        raise Refused("film-unreadable") from error
