"""Every broken panorama is refused with the sentence of its own trouble."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from media.errors import Refused
from media.panoramas import check_panorama, cut_panorama
from media.sentences import SENTENCES
from tests.media.pictures import (
    draw,
    jpeg,
    jpeg_that_says,
    multi_picture,
    png_bomb,
    save,
    xmp,
)

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def a_zip() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x.class", "x")
    return buffer.getvalue()


def animated(image_format: str) -> bytes:
    frames = [draw((64, 32)), draw((64, 32)).rotate(180)]
    return save(frames[0], image_format, save_all=True, append_images=frames[1:])


def with_comment_script() -> bytes:
    """The polyglot whose header's length opens a comment in JavaScript."""
    data = jpeg()
    padding = bytes(0x2F2A - 16)
    return data[:4] + b"/*" + data[6:20] + padding + data[20:]


def after_header(extra: bytes) -> bytes:
    data = jpeg()
    return data[:2] + b"\xff\xfe" + (len(extra) + 2).to_bytes(2, "big") + extra + data[2:]


CORPUS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "an empty file": ("empty", lambda: b""),
    "a text": ("not-an-image", lambda: b"this is no picture at all"),
    "a JPEG's first bytes": ("truncated", lambda: b"\xff\xd8\xff\xe0"),
    "a JPEG cut in the middle": ("truncated", lambda: jpeg()[: len(jpeg()) // 2]),
    "a JPEG without its last hundred bytes": ("truncated", lambda: jpeg()[:-100]),
    "a JPEG cut, then closed": ("truncated", lambda: jpeg()[:-2000] + b"\xff\xd9"),
    "a PNG cut in the middle": ("truncated", lambda: save(draw(), "PNG")[:20000]),
    "a PNG without its end": ("truncated", lambda: save(draw(), "PNG")[:-12]),
    "a WebP cut in the middle": ("truncated", lambda: save(draw(), "WEBP")[:800]),
    "a TIFF cut in the middle": (
        "truncated",
        lambda: save(draw(), "TIFF")[:90000] + bytes(0),
    ),
    "a PNG with a wrong byte": ("damaged", lambda: damage(save(draw(), "PNG"), 5000)),
    "a PNG bomb": ("too-large", lambda: png_bomb(60000, 30000)),
    "a JPEG bomb": ("too-large", lambda: jpeg_that_says(65000, 32500)),
    "a JPEG one pixel over": ("too-large", lambda: jpeg_that_says(16386, 8193)),
    "a WebP over the limit": ("too-large", lambda: save(Image.new("L", (16383, 8193)), "WEBP")),
    "an animated PNG": ("animated", lambda: animated("PNG")),
    "an animated WebP": ("animated", lambda: animated("WEBP")),
    "a TIFF of two pages": ("animated", lambda: animated("TIFF")),
    "an animated GIF": ("unknown-format", lambda: animated("GIF")),
    "a GIF": ("unknown-format", lambda: save(draw(), "GIF")),
    "a BMP": ("unknown-format", lambda: save(draw(), "BMP")),
    "a PDF": ("unknown-format", lambda: save(draw(), "PDF")),
    "an AVIF": ("unknown-format", lambda: b"\0\0\0\x20ftypavif" + bytes(40)),
    "a picture and a zip": ("polyglot", lambda: jpeg() + a_zip()),
    "a PNG and a zip": ("polyglot", lambda: save(draw(), "PNG") + a_zip()),
    "a WebP and a zip": ("polyglot", lambda: save(draw(), "WEBP") + a_zip()),
    "a TIFF and a zip": ("polyglot", lambda: save(draw(), "TIFF") + a_zip()),
    "a picture and a page": ("polyglot", lambda: jpeg() + b"<html><script>alert(1)</script>"),
    "a page in a comment": ("polyglot", lambda: after_header(b"<script>alert(1)</script>")),
    "PHP in a comment": ("polyglot", lambda: after_header(b"<?php system($_GET[0]); ?>")),
    "a PDF in a comment": ("polyglot", lambda: after_header(b"%PDF-1.4 1 0 obj")),
    "a script in a header": ("polyglot", with_comment_script),
    "a picture and unknown bytes": ("polyglot", lambda: jpeg() + b"\x01\x02\x03\x04"),
    "numbers instead of colours": ("depth", lambda: save(Image.new("F", (512, 256)), "TIFF")),
    "a 4:3 photograph": ("ratio", lambda: jpeg((640, 480))),
    "a sphere on its side": ("ratio", lambda: jpeg(exif=turned(6))),
    "a stamp": ("too-small", lambda: jpeg((32, 16))),
    "entities in the XMP": ("xmp-entities", lambda: jpeg(xmp=xmp(head=ENTITIES, body="&b;"))),
    "half an XMP": ("xmp-broken", lambda: jpeg(xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>")),
    "a cylinder": ("gpano-projection", lambda: jpeg(xmp=xmp(ProjectionType="cylindrical"))),
    "a crop outside of the sphere": ("gpano-values", lambda: jpeg(xmp=crop(left=400))),
    "a crop of another shape": ("gpano-values", lambda: jpeg((512, 400), xmp=crop())),
    "a crop that is no number": ("gpano-values", lambda: jpeg(xmp=crop(left="nan"))),
    "a sphere that is no sphere": ("gpano-values", lambda: jpeg(xmp=crop(full=(512, 512)))),
}  # fmt: skip


def crop(left: object = 0, full: tuple[int, int] = (512, 256)) -> bytes:
    return xmp(
        FullPanoWidthPixels=full[0], FullPanoHeightPixels=full[1],
        CroppedAreaImageWidthPixels=512, CroppedAreaImageHeightPixels=256,
        CroppedAreaLeftPixels=left, CroppedAreaTopPixels=0,
    )  # fmt: skip


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def damage(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :]


@pytest.mark.parametrize("name", CORPUS)
def test_a_broken_panorama_is_refused_when_checked_and_when_cut(name: str) -> None:
    code, make = CORPUS[name]
    data = make()
    with pytest.raises(Refused) as checked:
        check_panorama(data)
    with pytest.raises(Refused) as cut:
        cut_panorama(data, lambda _name, _data: None)
    assert (checked.value.code, cut.value.code) == (code, code)
    assert checked.value.sentence.endswith(".")
    assert "%(" not in checked.value.sentence


def test_every_sentence_ends_keeps_french_spaces_and_is_told_apart() -> None:
    sentences = [str(sentence) for sentence in SENTENCES.values()]
    assert len(set(sentences)) == len(sentences)
    for sentence in sentences:
        assert sentence.endswith("."), sentence
        for mark in " :", " ;", " ?", " !", "« ", " »", "'":
            assert mark not in sentence, sentence


def test_every_refusal_is_told_in_the_docs() -> None:
    told = (Path(__file__).parents[2] / "docs/media.md").read_text()
    assert [code for code in SENTENCES if f"`{code}`" not in told] == []


def test_a_picture_of_several_frames_is_taken_as_its_first_one() -> None:
    checked = check_panorama(multi_picture())
    assert (checked.width, checked.height) == (512, 256)


def test_padding_and_a_phones_own_trailer_are_no_polyglot() -> None:
    assert check_panorama(jpeg() + bytes(2048)).width == 512
    assert check_panorama(jpeg() + b"SEFH" + bytes(30) + b"SEFT").width == 512


def test_broken_bytes_anywhere_are_refused_and_never_crash() -> None:
    data = jpeg((128, 64))
    for position in range(2, len(data), 7):
        try:
            check_panorama(damage(data, position))
        except Refused as refusal:
            refusal.sentence.index(".")


@pytest.mark.parametrize("image_format", ["PNG", "WEBP", "TIFF"])
def test_files_cut_anywhere_are_refused(image_format: str) -> None:
    data = save(draw((128, 64)), image_format)
    for length in range(0, len(data) - 1, max(1, len(data) // 60)):
        with pytest.raises(Refused):
            check_panorama(data[:length])


def test_the_file_is_read_from_a_path_too(tmp_path: Path) -> None:
    path = tmp_path / "panorama.jpg"
    path.write_bytes(b"")
    with pytest.raises(Refused, match="vide"):
        check_panorama(path)
