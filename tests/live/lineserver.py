from gevent import monkey

monkey.patch_all()

# The patch must be the first thing this process does, as in app.serve.
import os  # noqa: E402  after the patch
import socket  # noqa: E402  after the patch
from collections.abc import Callable, Iterable  # noqa: E402  after the patch
from pathlib import Path  # noqa: E402  after the patch
from typing import Any  # noqa: E402  after the patch

from engineio.async_drivers.gevent import WebSocketWSGI  # noqa: E402  after the patch
from flask import Flask, Response, current_app, request, session  # noqa: E402  after the patch
from flask_babel import lazy_gettext as _l  # noqa: E402  after the patch
from pydantic import Field  # noqa: E402  after the patch
from sqlalchemy import text  # noqa: E402  after the patch

from app import serve  # noqa: E402  after the patch
from app.core.config import Settings  # noqa: E402  after the patch
from app.core.db import db  # noqa: E402  after the patch
from app.core.errors import Refusal  # noqa: E402  after the patch
from app.live.realtime import (  # noqa: E402  after the patch
    Ack,
    Caller,
    Said,
    admit,
    lines_in,
    on,
    on_arrive,
    on_leave,
    tell,
    throw_out,
)
from app.live.transport import SEND_BUFFER  # noqa: E402  after the patch
from app.people.access import anybody  # noqa: E402  after the patch

__doc__ = """The serving process with a room of its own, to talk to: `parrots` repeat what is said.

Whoever asked for `/parrot/<name>` is the parrot of that name, until `/shoo/<name>`.
"""

GONE: set[str] = set()
MOST = 60 * 1024


class Words(Said):
    """Something to repeat."""

    words: str = Field("", max_length=12_000)


class Cage(Said):
    """A cage by its name."""

    name: str


class Flood(Said):
    """Much to read for everybody."""

    count: int
    letters: int = Field(le=MOST)


def parrot(caller: Caller, _said: Said) -> str:
    """The parrot that speaks, as long as it is there."""
    name = str(caller.session.get("parrot"))
    if name in GONE:
        raise Refusal("flown", _l("Cette place n’est plus ouverte."), 410)
    return name


def own_cage(caller: Caller, said: Cage) -> str:
    """The cage, for its parrot alone."""
    if said.name != parrot(caller, said):
        raise Refusal("not_found", _l("Trop d’essais à la fois"), 404)
    return said.name


@admit
def to_perch(caller: Caller) -> Iterable[str]:
    """Parrots only."""
    name = caller.session.get("parrot")
    if name == "grumpy":
        raise Refusal("grumpy", _l("Trop d’essais à la fois"), 403)
    if name == "clumsy":
        raise RuntimeError("fell off the perch")
    return [f"parrot:{name}", "perch"] if name else []


@on("say", Words, audience=parrot, per_second=20, burst=40)
def say(name: str, said: Words) -> Ack:
    """Repeat."""
    return {"name": name, "words": said.words}


@on("rest", Words, audience=parrot, per_second=0.1)
def rest(_name: str, _said: Words) -> None:
    """Do nothing, rarely."""


@on("fall", Words, audience=parrot, per_second=10)
def fall(_name: str, _said: Words) -> Ack:
    """Fail, after having asked the database something that it does not know."""
    db.session.execute(text("SELECT secret FROM nowhere"))
    return {}


@on("open", Cage, audience=own_cage, per_second=10)
def open_cage(name: str, _said: Cage) -> Ack:
    """Open one's own cage."""
    return {"opened": name}


@on("flood", Flood, audience=parrot, per_second=1000, burst=1000)
def flood(_name: str, said: Flood) -> Ack:
    """Tell everybody so much, in numbered pieces."""
    for number in range(said.count):
        body = {"number": number, "words": f"{number % 10}" * said.letters}
        tell(current_app, "flood", body, to="perch")
    return {}


@on_arrive
def arrive(caller: Caller) -> None:
    """Greet."""
    told = {"name": caller.session["parrot"], "here": len(lines_in(current_app, "perch"))}
    tell(current_app, "arrived", told, to="perch")


@on_leave
def leave(caller: Caller) -> None:
    """Say who has gone."""
    tell(current_app, "left", {"name": caller.session["parrot"]}, to="perch")


@on_leave
def stumble(_caller: Caller) -> None:
    """Fail where others hear too."""
    raise RuntimeError("a hook that fails")


@anybody
def become(name: str) -> str:
    """Be the parrot of that name."""
    session["parrot"] = name
    session["language"] = request.args.get("language", "fr")
    return name


@anybody
def shoo(name: str) -> str:
    """From now on nobody is."""
    GONE.add(name)
    return name


@anybody
def chase(name: str) -> str:
    """End all its lines."""
    throw_out(current_app, f"parrot:{name}")
    return name


@anybody
def stay() -> str:
    """Be nobody in particular."""
    session["language"] = "fr"
    return ""


@anybody
def script() -> Response:
    """The script of the page: what stands in a file of the test."""
    return Response(Path(os.environ["PERCH_SCRIPT"]).read_text(), mimetype="text/javascript")


@anybody
def perch() -> str:
    """A page with a live line."""
    session["parrot"] = "page"
    return '<!doctype html><title>perch</title><script type="module" src="/perch.js"></script>'


VIEWS: dict[str, Callable[..., str | Response]] = {
    "/parrot/<name>": become,
    "/shoo/<name>": shoo,
    "/chase/<name>": chase,
    "/nobody": stay,
    "/perch.js": script,
    "/perch": perch,
}


class StockTransport(WebSocketWSGI):
    """What engineio brings, to compare with; the system keeps as little for a reader as ours."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Serve a WebSocket."""
        line = environ["wsgi.input"].raw._sock
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        return super().__call__(environ, start_response)


def compose(settings: Settings) -> Flask:
    """The app with parrots; with `STOCK_TRANSPORT`, on what engineio brings."""
    app = serve.compose(settings)
    if os.environ.get("STOCK_TRANSPORT"):
        engine = app.extensions["socketio"].server.eio
        engine._async = {**engine._async, "websocket": StockTransport}
    for path, view in VIEWS.items():
        app.add_url_rule(path, f"test_{view.__name__}", view)
    return app


if __name__ == "__main__":
    serve.main(compose)
