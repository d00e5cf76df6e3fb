"""Packets copied from one container to another, with nothing but the packets.

The container's format is always named: FFmpeg would otherwise follow a playlist that calls itself
a film to other files and machines.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final, Literal

import av
from av.container import InputContainer
from av.stream import Stream

from media.errors import Refused

Sort = Literal["film", "sound"]
_MISSING_SHARE: Final = 0.02
_MISSING_SECONDS: Final = 1.0
"""How much shorter than announced a whole file may be: headers round."""
_OPTIONS: Final = {"mp4": {"movflags": "+faststart"}, "mp3": {"id3v2_version": "0"}}
"""The index in front, so that a film plays while it comes; no tags."""


@contextmanager
def open_media(source: Path, reader: str, sort: Sort) -> Iterator[InputContainer]:
    """An open container of the named format; whatever FFmpeg raises becomes a refusal."""
    options = {"protocol_whitelist": "file", "err_detect": "careful"}
    try:
        with av.open(str(source), format=reader, options=options) as container:
            yield container
    except (av.FFmpegError, ValueError, OSError) as error:
        raise Refused(f"{sort}-unreadable") from error


def name_codec(stream: Stream, sort: Sort) -> str:
    """The codec's own name, as in ``h264``, whatever decoder is at hand. Raises Refused."""
    context = getattr(stream, "codec_context", None)  # a broken header names no codec at all
    if context is None:
        raise Refused(f"{sort}-unreadable")
    name: str = context.codec.canonical_name
    return name


def seconds_of(container: InputContainer, sort: Sort, limit: int) -> float:
    """How long it says that it lasts. Raises Refused over ``limit`` minutes."""
    if not container.duration or container.duration < 0:
        raise Refused(f"{sort}-unreadable")
    seconds = container.duration / av.time_base
    if seconds > 60 * limit:
        raise Refused(f"{sort}-too-long", minutes=round(seconds / 60), limit=limit)
    return seconds


def copy_streams(
    container: InputContainer, chosen: list[Stream], writer: str, seconds: float, sort: Sort
) -> bytes:
    """The chosen streams in a new container. Raises Refused when packets are missing."""
    options = {"fflags": "+bitexact", **_OPTIONS.get(writer, {})}
    with NamedTemporaryFile() as file:  # FFmpeg reads it again to bring the index to its front
        with av.open(file.name, "w", format=writer, options=options) as target:
            copies = {stream.index: target.add_stream_from_template(stream) for stream in chosen}
            counts, end = _copy_packets(container, chosen, copies, target)
        data = Path(file.name).read_bytes()
    for stream in chosen:
        if stream.frames and counts[stream.index] < stream.frames:
            raise Refused(f"{sort}-truncated")
    if seconds - end > max(_MISSING_SECONDS, _MISSING_SHARE * seconds):
        raise Refused(f"{sort}-truncated")
    return data


def _copy_packets(
    container: InputContainer,
    chosen: list[Stream],
    copies: dict[int, Stream],
    target: av.container.OutputContainer,
) -> tuple[Counter[int], float]:
    """How many packets each stream had, and the second at which the last one ends."""
    counts: Counter[int] = Counter()
    end = 0.0
    for packet in container.demux(chosen):
        if packet.dts is None:
            continue  # the empty packet that flushes a decoder
        index = packet.stream.index
        counts[index] += 1
        if packet.pts is not None and packet.time_base is not None:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
        packet.stream = copies[index]
        target.mux(packet)
    return counts, end
