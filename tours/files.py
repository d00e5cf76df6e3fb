"""Addresses of a tour's files."""

from tours.content import TourFile

MAIN = {"picture": "picture.jpg", "document": "document.pdf", "panorama": "flat-1600.jpg"}


def main_url(file: TourFile) -> str:
    """The file that a page shows first."""
    name = MAIN.get(file.kind) or file.meta["file"]
    return f"{file.base}/{name}"


def panorama_urls(file: TourFile) -> dict[str, str]:
    """The flat pictures of a panorama."""
    return {
        "flat_url": f"{file.base}/flat-1600.jpg",
        "flat_thumb_url": f"{file.base}/thumb-640.jpg",
        "thumb_url": f"{file.base}/thumb-320.jpg",
        "card_url": f"{file.base}/card.jpg",
    }
