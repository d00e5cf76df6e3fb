"""PDF documents: kept as they look, without scripts, attachments, or words about their maker."""

from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal, TypedDict

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from media.cutting import Put
from media.errors import Refused
from media.jpeg_files import strip_jpeg

MAX_PAGES: Final = 500
_DROPPED = (
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA",
    "/Metadata", "/PieceInfo", "/Collection", "/Perms", "/LastModified", "/RichMedia",
)  # fmt: skip
_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
"""What a link may do: go to a page, or to an address that the reader sees."""
_ANNOTATIONS = frozenset({
    "/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/Widget",
})  # fmt: skip
_HEAD: Final = 1024


class DocumentMeta(TypedDict):
    """How many pages ``document.pdf`` has."""

    kind: Literal["document"]
    pages: int


def clean_document(source: Path | bytes, put: Put) -> DocumentMeta:
    """Write ``document.pdf``. Raises Refused with its reason."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    _check_edges(data)
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            pages = len(pdf.pages)
            _check_pages(pages)
            put("document.pdf", _rewrite(pdf))
    except pikepdf.PasswordError:
        raise Refused("document-locked") from None
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        raise Refused("document-unreadable") from error
    return DocumentMeta(kind="document", pages=pages)


def _check_edges(data: bytes) -> None:
    """Readers look for a PDF in the first kilobyte; what stands before it is something else."""
    if b"%PDF-" not in data[:_HEAD]:
        raise Refused("document-unreadable")
    end = data.rfind(b"%%EOF")
    if not data.startswith(b"%PDF-") or (end >= 0 and data[end + 5 :].strip(b"\0\r\n\t ")):
        raise Refused("polyglot-document")


def _check_pages(pages: int) -> None:
    if pages == 0:
        raise Refused("document-unreadable")
    if pages > MAX_PAGES:
        raise Refused("document-too-long", pages=pages, limit=MAX_PAGES)


def _rewrite(pdf: Pdf) -> bytes:
    for item in list(pdf.objects):
        _clean(item, set())
    for holder, name in ((pdf.trailer, "/Info"), (pdf.trailer, "/ID"), (pdf.Root, "/AcroForm")):
        if name in holder:
            del holder[name]
    buffer = BytesIO()
    pdf.save(buffer, linearize=True, deterministic_id=True, fix_metadata_version=False)
    return buffer.getvalue()


def _clean(item: Any, seen: set[tuple[int, int]]) -> None:
    """Clean an object and what is written inside of it; what it refers to has its own turn."""
    if isinstance(item, Array):
        for child in list(item):
            if not getattr(child, "is_indirect", False):
                _clean(child, seen)
    elif isinstance(item, Dictionary | Stream):
        _clean_dictionary(item)
        for _, child in list(item.items()):
            if not getattr(child, "is_indirect", False):
                _clean(child, seen)


def _clean_dictionary(item: Any) -> None:
    for name in _DROPPED:
        if name in item:
            del item[name]
    action = item.get("/A")
    if isinstance(action, Dictionary) and str(action.get("/S")) not in _ACTIONS:
        del item["/A"]
    if isinstance(action, Dictionary) and "/Next" in action:
        del action["/Next"]
    if isinstance(item.get("/Annots"), Array):
        item["/Annots"] = Array([note for note in item["/Annots"] if _is_harmless(note)])
    if isinstance(item, Stream) and item.get("/Filter") == Name.DCTDecode:
        _strip_picture(item)


def _is_harmless(note: Any) -> bool:
    return isinstance(note, Dictionary) and str(note.get("/Subtype")) not in _ANNOTATIONS


def _strip_picture(item: Stream) -> None:
    """A photograph in a page still carries its camera's words and place."""
    try:
        item.write(strip_jpeg(item.read_raw_bytes()), filter=Name.DCTDecode)
    except Refused:
        raise Refused("document-unreadable") from None
