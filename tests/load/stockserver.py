from gevent import monkey

monkey.patch_all()

# The patch must be the first thing this process does, as in app.serve.
import socket  # noqa: E402  after the patch
import sys  # noqa: E402  after the patch
from typing import Any  # noqa: E402  after the patch

from flask import Flask, request  # noqa: E402  after the patch
from flask_socketio import SocketIO, join_room  # noqa: E402  after the patch
from gevent.pywsgi import WSGIServer  # noqa: E402  after the patch

__doc__ = """The chat as Flask-SocketIO has it out of the box on gevent, without keeping anything:
it joins rooms, fans out, answers. Its connections send at once, as those of Déambule do."""

ROOMS: dict[str, str] = {}


def main() -> None:
    """Serve on the port named on the command line."""
    app = Flask("stock", static_folder=None)
    live = SocketIO(app, path="/live", async_mode="gevent", cors_allowed_origins="*")

    def connect(said: dict[str, Any]) -> None:
        ROOMS[request.sid] = said["room"]  # type: ignore[attr-defined]  # Flask-SocketIO's
        join_room(said["room"])

    def say(body: dict[str, Any]) -> dict[str, int]:
        room = ROOMS[request.sid]  # type: ignore[attr-defined]  # Flask-SocketIO's
        live.emit("chat", body, to=room)
        return {"id": 1}

    live.on_event("connect", connect)
    live.on_event("say", say)
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.setblocking(False)
    WSGIServer(listener, app, log=None).serve_forever()


if __name__ == "__main__":
    main()
