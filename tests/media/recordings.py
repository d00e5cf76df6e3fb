"""Films, sounds and documents that the tests make themselves."""

import shutil
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import cast

import av
import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.media.pictures import full_of_places


def film(
    path: Path,
    *,
    container: str = "mp4",
    video: str = "libx264",
    audio: str = "aac",
    seconds: int = 3,
    size: tuple[int, int] = (160, 96),
) -> Path:
    """A short film whose container tells a place and an owner."""
    with av.open(str(path), "w", format=container) as target:
        target.metadata.update({
            "title": "SecretTitle", "artist": "SecretOwner", "location": "+48.85+002.35/",
            "comment": "SecretComment", "creation_time": "2020-01-01T00:00:00Z",
        })  # fmt: skip
        pictures = cast("av.VideoStream", target.add_stream(video, rate=10))
        pictures.width, pictures.height = size
        pictures.pix_fmt = "yuv420p"
        pictures.metadata["handler_name"] = "SecretCamera"
        sounds = _add_sound(target, audio) if audio else None
        for index in range(10 * seconds):
            block = np.full((size[1], size[0], 3), (index * 8) % 256, np.uint8)
            target.mux(pictures.encode(av.VideoFrame.from_ndarray(block, format="rgb24")))
        target.mux(pictures.encode())
        if sounds is not None:
            _play(target, sounds, seconds)
    return path


def sound(
    path: Path, *, container: str = "mp3", codec: str = "libmp3lame", seconds: int = 3
) -> Path:
    """A tone whose tags tell an owner."""
    with av.open(str(path), "w", format=container) as target:
        target.metadata.update({"title": "SecretTitle", "artist": "SecretOwner"})
        _play(target, _add_sound(target, codec), seconds)
    return path


def _add_sound(target: av.container.OutputContainer, codec: str) -> av.AudioStream:
    stream = cast("av.AudioStream", target.add_stream(codec, rate=48000))
    stream.layout = "mono"
    return stream


def _play(target: av.container.OutputContainer, stream: av.AudioStream, seconds: int) -> None:
    size = 1024
    for start in range(0, 48000 * seconds, size):
        wave = np.sin(np.arange(start, start + size) * 2 * np.pi * 440 / 48000)
        frame = av.AudioFrame.from_ndarray(
            (wave * 8000).astype(np.int16)[None, :], format="s16", layout="mono"
        )
        frame.sample_rate, frame.pts = 48000, start
        target.mux(stream.encode(frame))
    target.mux(stream.encode())


def document(pages: int = 2, password: str = "") -> bytes:
    """A PDF with scripts, an attachment, a photograph with a place, and its maker's name."""
    pdf = Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200, 200))
    pdf.docinfo["/Author"] = "SecretAuthor"
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["SecretAuthor"]
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('SecretScript')"))
    pdf.Root.OpenAction = pdf.make_indirect(script)
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
    (attached := Path(folder := mkdtemp()) / "x.txt").write_bytes(b"SecretAttachment")
    pdf.attachments["x.txt"] = pikepdf.AttachedFileSpec.from_filepath(pdf, attached)
    shutil.rmtree(folder)
    _add_notes(pdf)
    photograph = pikepdf.Stream(pdf, full_of_places(), Type=Name.XObject, Subtype=Name.Image,
                                Width=512, Height=256, ColorSpace=Name.DeviceRGB,
                                BitsPerComponent=8, Filter=Name.DCTDecode)  # fmt: skip
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=photograph))
    pdf.pages[0].Contents = pdf.make_stream(b"200 0 0 100 0 0 cm /Im0 Do")
    buffer = BytesIO()
    locked = pikepdf.Encryption(owner="o", user=password) if password else False
    pdf.save(buffer, encryption=locked, compress_streams=False)
    return buffer.getvalue()


def _add_notes(pdf: Pdf) -> None:
    """Links: one that runs a script, one that starts a program, one to an address."""
    box = Array([0, 0, 10, 10])
    script = Dictionary(S=Name.JavaScript, JS=String("SecretScript"))
    program = Dictionary(S=Name.Launch, F=String("SecretProgram"))
    address = Dictionary(S=Name.URI, URI=String("https://example.org/metiers"), Next=script)
    notes = [
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=action)
        for action in (script, program, address)
    ]
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=box, AA=Dictionary(K=script))
    notes.append(field)
    kept = [pdf.make_indirect(note) for note in notes]
    pdf.Root.AcroForm = Dictionary(Fields=Array(kept[-1:]), XFA=String("SecretForm"))
    pdf.pages[0].Annots = Array(kept)
