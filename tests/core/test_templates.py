"""Templates that several visitors are the first to ask for."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from flask import Flask
from jinja2.ext import Extension

COUNT = Lock()


class Reads(Extension):
    """How many templates were being read at once, at most; each takes a while."""

    at_once = most = 0

    def preprocess(self, source: str, *_: object, **__: object) -> str:
        """Called while Jinja reads, before the first word."""
        with COUNT:
            Reads.at_once += 1
            Reads.most = max(Reads.most, Reads.at_once)
        time.sleep(0.02)
        with COUNT:
            Reads.at_once -= 1
        return source


def test_templates_asked_for_at_once_are_read_one_after_the_other(app: Flask) -> None:
    app.jinja_env.add_extension(Reads)
    with ThreadPoolExecutor(8) as visitors:
        asked = [f"{{{{ {number} * 0.5 }}}}" for number in range(8)]
        shown = list(visitors.map(lambda text: app.jinja_env.from_string(text).render(), asked))
    assert shown == [str(number * 0.5) for number in range(8)]
    assert Reads.most == 1
