"""Templates are read one at a time.

Jinja reads each number of a template with `ast.literal_eval`, and in Python before 3.11.8 two
threads there at once may get "AST constructor recursion depth mismatch"
(github.com/python/cpython/issues/106905): an unlucky first visitor got an error page.
"""

from threading import RLock

from flask.templating import Environment
from jinja2 import nodes

READING = RLock()
"""One for all apps of the process: what Python counts, it counts for the process."""


class Templates(Environment):
    """Flask's, where whoever comes while another template is read waits for it."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        with READING:
            return super()._parse(source, name, filename)
