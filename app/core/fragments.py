"""Parts of pages that many visitors see alike, rendered once for each state they can be in.

In a template: `{% fragment "name", what, it, shows %}…{% endfragment %}`. The values after the tag
are all that its inside depends on, the language apart; what changes for one visitor only, as a
name or a token, has no place in it.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from jinja2 import Undefined, UndefinedError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from app.core.locale import choose_language

ROOM = 1_500_000
"""Characters that are kept; then it is emptied and fills again with what is asked for."""


class Fragments:
    """What was rendered, by what it shows."""

    def __init__(self) -> None:
        self._known: dict[Any, Markup] = {}
        self._size = 0

    def get(self, key: Any, render: Callable[[], str]) -> Markup:
        """The fragment of this key, rendered when it is new."""
        known = self._known.get(key)
        if known is None:
            known = Markup(render())  # noqa: S704  a template made it, and escaped
            self._make_room(len(known))
            self._known[key] = known
        return known

    def _make_room(self, size: int) -> None:
        if self._size + size > ROOM:
            self._known.clear()
            self._size = 0
        self._size += size


def fragment(key: Any, render: Callable[[], str]) -> Markup:
    """A fragment in the visitor's language."""
    fragments: Fragments = current_app.extensions["fragments"]
    return fragments.get((choose_language(), key), render)


class FragmentTag(Extension):
    """The tag."""

    tags = {"fragment"}  # noqa: RUF012  how Jinja reads it

    def parse(self, parser: Parser) -> nodes.Node:
        """Its values, then what is inside."""
        line = next(parser.stream).lineno
        key: list[nodes.Expr] = [nodes.Const(f"{parser.name}:{line}")]
        while parser.stream.current.type != "block_end":
            key.append(parser.parse_expression())
            parser.stream.skip_if("comma")
        inside = parser.parse_statements(("name:endfragment",), drop_needle=True)
        call = self.call_method("_keep", [nodes.Tuple(key, "load")])
        return nodes.CallBlock(call, [], [], inside).set_lineno(line)

    def _keep(self, key: tuple[Any, ...], caller: Callable[[], str]) -> Markup:
        if any(isinstance(part, Undefined) for part in key):
            raise UndefinedError(f"a fragment's key lacks a value: {key}")
        return fragment(key, caller)


def keep_fragments(app: Flask) -> None:
    """Give the app's templates the tag."""
    app.extensions["fragments"] = Fragments()
    app.jinja_env.add_extension(FragmentTag)
