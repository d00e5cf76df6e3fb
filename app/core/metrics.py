"""`GET /metrics`: counts and durations for Prometheus, with rules of routes, never addresses."""

import time

from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from prometheus_client.registry import CollectorRegistry

from app.core.events import Event, Events


class Metrics:
    """What this process counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Histogram(
            "deambule_request_seconds",
            "Duration of requests",
            ("rule", "status"),
            registry=self.registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
        )
        self._events = Counter(
            "deambule_events", "Events delivered", ("kind",), registry=self.registry
        )
        self._series: dict[tuple[str, int], Histogram] = {}

    def count_request(self, rule: str, status: int, seconds: float) -> None:
        """Add one answered request."""
        series = self._series.get((rule, status))
        if series is None:
            series = self._requests.labels(rule, str(status))
            self._series[rule, status] = series
        series.observe(seconds)

    def count_event(self, event: Event) -> None:
        """Add one delivered event."""
        self._events.labels(type(event).__name__).inc()

    def page(self) -> Response:
        """All counts, in Prometheus's text form."""
        return Response(generate_latest(self.registry), content_type=CONTENT_TYPE_LATEST)


def measure(app: Flask, events: Events) -> None:
    """Count the app's requests and events, and answer `GET /metrics`."""
    metrics = Metrics()
    for kind in Event.kinds.values():
        events.subscribe(kind, metrics.count_event)

    @app.after_request
    def _count(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else "none"
        metrics.count_request(rule, response.status_code, time.perf_counter() - g.started)
        return response

    app.add_url_rule("/metrics", "metrics", metrics.page)
