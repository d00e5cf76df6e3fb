"""The visitor as every page's header shows them."""

from collections.abc import Mapping

from flask import g

from app.classes.visitors import remembered_visitor
from app.core.queries import read
from app.points.ledger import sources_of, total_of


def my_sources() -> Mapping[str, int]:
    """What this visitor earned, points by source."""
    visitor = remembered_visitor()
    return sources_of(read, visitor) if visitor is not None else {}


class ShownVisitor:
    """`{{ visitor.total }}` in templates; false when nobody is known yet."""

    def __bool__(self) -> bool:
        return remembered_visitor() is not None

    @property
    def total(self) -> int:
        """All boulons, read once a request."""
        visitor = remembered_visitor()
        if visitor is None:
            return 0
        if "total" not in g:
            g.total = total_of(read, visitor)
        return int(g.total)

    @property
    def place(self) -> str:
        """What the page's queue of finds belongs to; says nothing to others."""
        return str(remembered_visitor() or "")
