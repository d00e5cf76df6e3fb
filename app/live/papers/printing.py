"""Pages as PDF. Only the worker imports this: WeasyPrint is heavy.

Its import raises OSError where the system lacks Pango.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from PIL import ImageFile
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# WeasyPrint lets Pillow take broken pictures, for the whole process: tours must be told of theirs.
ImageFile.LOAD_TRUNCATED_IMAGES = False

STATIC = Path(__file__).resolve().parents[3] / "static"
FORMATS = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class OwnFiles(URLFetcher):
    """Reads styles, fonts and drawings of static/: nothing else of the disk, nothing by network."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002  WeasyPrint's signature
        """The file at this address; ValueError when it is not ours."""
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        is_own = parts.scheme == "file" and not parts.netloc and path.is_relative_to(STATIC)
        if not is_own or path.suffix not in FORMATS:
            raise ValueError(f"a paper may not fetch {url}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": FORMATS[path.suffix]})


def to_pdf(page: str) -> bytes:
    """A page of ours on paper; its addresses are those of static/."""
    document = HTML(string=page, base_url=f"{STATIC.as_uri()}/", url_fetcher=OwnFiles())
    printed: bytes = document.write_pdf(font_config=FontConfiguration(), pdf_tags=True)
    return printed
