"""Events: small typed facts, published inside a transaction, delivered after its commit."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

E = TypeVar("E", bound="Event")
log = logging.getLogger(__name__)


class Event(BaseModel):
    """Something that has happened. Subclasses have no unknown field; docs/events.md lists them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kinds: ClassVar[dict[str, type["Event"]]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Keep every kind of event by name, so that docs can be compared with the code."""
        Event.kinds[cls.__name__] = cls


class Events:
    """Who listens to what. Rooms subscribe when the app is composed."""

    def __init__(self) -> None:
        self._listeners: dict[type[Event], list[Callable[[Any], None]]] = {}

    def subscribe(self, kind: type[E], listener: Callable[[E], None]) -> None:
        """Call `listener` with every event of `kind`, after the commit of its cause."""
        self._listeners.setdefault(kind, []).append(listener)

    def deliver(self, events: Iterable[Event]) -> None:
        """Tell the listeners. One that fails is logged; the others still hear."""
        for event in events:
            for listener in self._listeners.get(type(event), ()):
                try:
                    listener(event)
                except Exception:
                    log.exception("a listener failed", extra={"event": type(event).__name__})
