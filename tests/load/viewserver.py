from gevent import monkey

monkey.patch_all()

# The patch must be the first thing this process does, as in app.serve.
import gzip  # noqa: E402  after the patch
import json  # noqa: E402  after the patch
from functools import cache  # noqa: E402  after the patch
from pathlib import Path  # noqa: E402  after the patch

from flask import Flask, Response, request  # noqa: E402  after the patch

from app import serve  # noqa: E402  after the patch
from app.core.config import Settings  # noqa: E402  after the patch
from app.people.access import anybody  # noqa: E402  after the patch

__doc__ = """The serving process with one more page, `/bare/`: Pannellum, the same tiles, no more.

The page takes what it needs from its query: base, cube, levels, tile, yaw, pitch, hfov, and the
width and height of the view. It is one page, one style sheet and one script, compressed.
"""

PANNELLUM = Path(__file__).parents[2] / "node_modules" / "pannellum" / "build"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Pannellum</title>
<link rel="stylesheet" href="/bare/pannellum.css"><div id="view"></div>
<script src="/bare/pannellum.js?{query}"></script></html>"""
START = """
(function () {
  var asked = %s, place = document.getElementById("view");
  place.style.width = asked.width + "px";
  place.style.height = asked.height + "px";
  var viewer = pannellum.viewer(place, {
    type: "multires", autoLoad: true, showControls: false,
    yaw: +asked.yaw, pitch: +asked.pitch, hfov: +asked.hfov,
    multiRes: {
      basePath: asked.base, path: "/%%l/%%s%%y_%%x", fallbackPath: "/fallback/%%s",
      extension: "jpg", tileResolution: +asked.tile, maxLevel: +asked.levels,
      cubeResolution: +asked.cube
    }
  });
  (function ask() {
    if (viewer.isLoaded() && !viewer.getRenderer().isLoading()) performance.mark("sharp");
    else requestAnimationFrame(ask);
  })();
})();
"""


@cache
def read(name: str) -> bytes:
    """A file of Pannellum's package."""
    return (PANNELLUM / name).read_bytes()


@anybody
def bare(name: str) -> Response:
    """The page, its style sheet or its script."""
    if name == "pannellum.css":
        return packed(read(name), "text/css")
    if name == "pannellum.js":
        start = START % json.dumps(request.args.to_dict())
        return packed(read(name) + start.encode(), "text/javascript")
    return packed(PAGE.format(query=request.query_string.decode()).encode(), "text/html")


def packed(body: bytes, kind: str) -> Response:
    """An answer, compressed as well as gzip can."""
    headers = {"Content-Encoding": "gzip", "Content-Type": f"{kind}; charset=utf-8"}
    return Response(gzip.compress(body, 9), headers=headers)


def compose(settings: Settings) -> Flask:
    """The app with the bare viewer."""
    app = serve.compose(settings)
    app.add_url_rule("/bare/<name>", "bare", bare)
    return app


if __name__ == "__main__":
    serve.main(compose)
