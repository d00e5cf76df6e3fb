"""The built front end: hashed names from the manifest, served by whitenoise, forever cached."""

import json
import re
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

HASHED = re.compile(r"^.+[.-][0-9A-Za-z]{8,}\.\w+$")


class Built:
    """What `static/build.mjs` has made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._names: dict[str, str] = json.loads((folder / "manifest.json").read_text())
        except FileNotFoundError:
            raise RuntimeError("the front end is not built: run `make build`") from None

    def url(self, name: str, otherwise: str | None = None) -> str:
        """The address of a built file by the name of its source, or of another one without it.

        Raises KeyError when there is neither.
        """
        found = self._names.get(name) or self._names[otherwise or name]
        return f"/static/{found}"


def serve_built(app: Flask, folder: Path) -> None:
    """Serve the folder under /static/, and give templates `static_url`."""
    built = Built(folder)
    app.jinja_env.globals["static_url"] = built.url
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # how middlewares are attached
        app.wsgi_app,
        root=str(folder),
        prefix="static/",
        max_age=3600,
        immutable_file_test=lambda _path, url: bool(HASHED.match(url)),
    )
