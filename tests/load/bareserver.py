from gevent import monkey

monkey.patch_all()

# The patch must be the first thing this process does, as in app.serve.
import sys  # noqa: E402  after the patch

from flask import Flask  # noqa: E402  after the patch
from gevent.pywsgi import WSGIServer  # noqa: E402  after the patch

from app.serve import listen  # noqa: E402  after the patch

__doc__ = """Flask with nothing at all around one view, on the server that Déambule uses."""


def main() -> None:
    """Serve `/ok` on the port named on the command line."""
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/ok", "ok", lambda: "ok", methods=["GET", "POST"])
    WSGIServer(listen("127.0.0.1", int(sys.argv[1])), app, log=None).serve_forever()


if __name__ == "__main__":
    main()
