"""Files of drafts, after the caller has checked that this person may see them."""

from typing import Final

from flask import Response, request

from media.keys import is_asset_key, private_prefix
from media.serving import answer_range, is_served, read_pieces
from media.storage import Absent, Storage, type_of

_CACHED: Final = "private, max-age=600"
"""Ten minutes: a draft that is withdrawn from somebody may still be in their browser that long."""


def send_private(storage: Storage, key: str, name: str) -> Response:
    """The file ``name`` of a draft's asset, with ETag and ranges. Raises Absent."""
    if not is_asset_key(key) or not is_served(key, name):
        raise Absent(name)
    stored = private_prefix(key) + name
    size = storage.size(stored)
    status, headers, part = answer_range(
        request.headers.get("Range"), f'"{key}"', size, request.environ
    )
    body = [] if part is None or request.method == "HEAD" else read_pieces(storage, stored, part)
    response = Response(body, status, headers, direct_passthrough=True)
    response.content_type = type_of(stored)
    response.headers["Cache-Control"] = _CACHED
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
