from gevent import monkey

monkey.patch_all()

# The patch must be the first thing this process does, as in app.serve.
import os  # noqa: E402  after the patch

from flask import Flask  # noqa: E402  after the patch

from app import serve  # noqa: E402  after the patch
from app.core import db  # noqa: E402  after the patch
from app.core.config import Settings  # noqa: E402  after the patch
from app.live.realtime import Caller, Said, on  # noqa: E402  after the patch
from app.people.access import anybody  # noqa: E402  after the patch

__doc__ = """The serving process with one more view, `/ok`, and one more live event, `nothing`, to
compare with: the same app, the same hooks, no work. `BENCH_SYNCHRONOUS=NORMAL` makes the database
forget to sync, to show what would be lost."""


class Nothing(Said):
    """An event that says nothing."""


@on("nothing", Nothing, audience=lambda caller, _said: caller, per_second=100)
def do_nothing(_caller: Caller, _said: Nothing) -> None:
    """Answer it."""


def compose(settings: Settings) -> Flask:
    """The app with `/ok`."""
    app = serve.compose(settings)
    app.add_url_rule("/ok", "ok", anybody(lambda: "ok"), methods=["GET", "POST"])
    return app


def main() -> None:
    """Serve it."""
    if forgetful := os.environ.get("BENCH_SYNCHRONOUS"):
        db.PRAGMAS = tuple(p.replace("=FULL", f"={forgetful}") for p in db.PRAGMAS)
    serve.main(compose)


if __name__ == "__main__":
    main()
