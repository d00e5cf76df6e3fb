"""Films, sounds and documents keep what they show and lose what they tell."""

import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import av
import pikepdf
import pytest

from media.documents import clean_document
from media.errors import Refused
from media.films import clean_film
from media.intake import make_files
from media.sounds import clean_sound
from tests.media import recordings
from tests.media.pictures import draw, save


def length(data: bytes) -> float:
    with av.open(BytesIO(data), "r") as container:
        assert container.duration is not None
        return container.duration / av.time_base


@pytest.mark.parametrize(
    ("container", "video", "audio", "file"),
    [
        ("mp4", "libx264", "aac", "film.mp4"),
        ("mov", "libx264", "", "film.mp4"),
        ("webm", "libvpx", "libopus", "film.webm"),
    ],
)
def test_a_film_is_packed_anew_without_its_words(
    tmp_path: Path, container: str, video: str, audio: str, file: str
) -> None:
    path = recordings.film(tmp_path / "film", container=container, video=video, audio=audio)
    source = path.read_bytes()
    assert b"Secret" in source
    files: dict[str, bytes] = {}
    meta = clean_film(path, files.__setitem__)
    assert set(files) == {file, "poster.jpg"}
    assert meta["file"] == file
    assert meta["duration"] == pytest.approx(3, abs=0.2)
    assert (meta["width"], meta["height"]) == (160, 96)
    assert b"Secret" not in files[file]
    assert b"48.85" not in files[file]
    with av.open(BytesIO(files[file]), "r") as film:
        assert sum(1 for _ in film.decode(video=0)) == 30
    assert length(files[file]) == pytest.approx(3, abs=0.2)


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
def test_subtitles_chapters_and_other_tracks_stay_behind(tmp_path: Path) -> None:
    plain = recordings.film(tmp_path / "film.mp4")
    (tmp_path / "words.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\nSecretWords\n")
    path = tmp_path / "with.mp4"
    words = str(tmp_path / "words.srt")
    inputs = ["-i", str(plain), "-i", words, "-map", "0", "-map", "1"]
    subprocess.run(["ffmpeg", "-v", "error", *inputs, "-c", "copy", "-c:s", "mov_text", str(path)],
                   check=True)  # fmt: skip
    assert b"SecretWords" in path.read_bytes()
    files: dict[str, bytes] = {}
    clean_film(path, files.__setitem__)
    assert b"SecretWords" not in files["film.mp4"]


@pytest.mark.parametrize(
    ("container", "codec", "file"),
    [("mp3", "libmp3lame", "sound.mp3"), ("ogg", "libopus", "sound.ogg")],
)
def test_a_sound_is_packed_anew_without_its_tags(
    tmp_path: Path, container: str, codec: str, file: str
) -> None:
    path = recordings.sound(tmp_path / "sound", container=container, codec=codec)
    assert b"Secret" in path.read_bytes()
    files: dict[str, bytes] = {}
    meta = clean_sound(path, files.__setitem__)
    assert set(files) == {file}
    assert meta["duration"] == pytest.approx(3, abs=0.2)
    assert b"Secret" not in files[file]
    assert length(files[file]) == pytest.approx(3, abs=0.2)


def cut_film(folder: Path) -> Path:
    path = recordings.film(folder / "film.mp4", seconds=20)
    whole = av.open(str(path), "r")
    whole.close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def cut_webm(folder: Path) -> Path:
    path = recordings.film(folder / "film.webm", container="webm", video="libvpx",
                           audio="libopus", seconds=20)  # fmt: skip
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def playlist(folder: Path) -> Path:
    path = folder / "film.mp4"
    path.write_text("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n")
    return path


def picture(folder: Path) -> Path:
    path = folder / "film.mp4"
    path.write_bytes(save(draw()))
    return path


def old_codec(folder: Path) -> Path:
    return recordings.film(folder / "film.mp4", video="mpeg4")


def silence(folder: Path) -> Path:
    path = folder / "film.mp4"
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (cut_film, {"film-unreadable", "film-truncated"}),
        (cut_webm, {"film-truncated"}),
        (playlist, {"film-unreadable"}),
        (picture, {"film-unreadable"}),
        (old_codec, {"film-codec"}),
        (silence, {"film-unreadable"}),
    ],
)
def test_a_broken_film_is_refused(
    tmp_path: Path, make: Callable[[Path], Path], codes: set[str]
) -> None:
    with pytest.raises(Refused) as refusal:
        clean_film(make(tmp_path), lambda _name, _data: None)
    assert refusal.value.code in codes
    assert refusal.value.sentence


@pytest.mark.parametrize(
    ("container", "codec", "code"),
    [("ogg", "libopus", "sound-truncated"), ("ogg", "flac", "sound-codec"),
     ("wav", "pcm_s16le", "sound-unreadable")],
)  # fmt: skip
def test_a_broken_sound_is_refused(tmp_path: Path, container: str, codec: str, code: str) -> None:
    path = recordings.sound(tmp_path / "sound", container=container, codec=codec, seconds=20)
    if code == "sound-truncated":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Refused) as refusal:
        clean_sound(path, lambda _name, _data: None)
    assert refusal.value.code == code


def test_a_document_keeps_its_pages_and_loses_scripts_attachments_and_words() -> None:
    source = recordings.document()
    assert source.count(b"Secret") > 8
    files: dict[str, bytes] = {}
    meta = clean_document(source, files.__setitem__)
    assert meta == {"kind": "document", "pages": 2}
    with pikepdf.open(BytesIO(files["document.pdf"])) as pdf:
        plain = BytesIO()
        pdf.save(plain, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
        links = [note.A.URI for note in pdf.pages[0].Annots if "/A" in note]
        assert "/Im0" in pdf.pages[0].Resources.XObject
    assert [str(link) for link in links] == ["https://example.org/metiers"]
    for word in (b"Secret", b"JavaScript", b"OpenAction", b"EmbeddedFile", b"Launch"):
        assert word not in plain.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "document-unreadable"),
        (lambda: b"%PDF-1.7\nnothing more", "document-unreadable"),
        (lambda: save(draw()), "document-unreadable"),
        (lambda: recordings.document(password="x"), "document-locked"),
        (lambda: b"<script></script>" + recordings.document(), "polyglot-document"),
        (lambda: recordings.document() + b"<script></script>", "polyglot-document"),
        (lambda: recordings.document(pages=501), "document-too-long"),
    ],
)
def test_a_broken_document_is_refused(make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        clean_document(make(), lambda _name, _data: None)
    assert refusal.value.code == code


@pytest.mark.parametrize("kind", ["film", "sound", "document"])
def test_wrong_bytes_are_refused_or_harmless_and_never_crash(tmp_path: Path, kind: str) -> None:
    sources: dict[str, Callable[[], bytes]] = {
        "film": lambda: recordings.film(tmp_path / "a", seconds=1).read_bytes(),
        "sound": lambda: recordings.sound(tmp_path / "a", seconds=1).read_bytes(),
        "document": recordings.document,
    }
    data = sources[kind]()
    path = tmp_path / "broken"
    for position in range(0, len(data), len(data) // 40):
        path.write_bytes(data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :])
        with suppress(Refused):
            make_files(path, kind, lambda _name, _data: None)
