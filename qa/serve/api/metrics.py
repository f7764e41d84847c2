"""Prometheus metrics; where several processes serve one store, each counts and the one that is asked adds up."""

from __future__ import annotations

import os

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
CONTENT_TYPE = CONTENT_TYPE_LATEST
MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """The counters of one process, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "mingzhang_requests",
            "Requests by route and status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "mingzhang_request_seconds", "Time to answer.", ("route",), buckets=_BUCKETS, registry=self._registry
        )
        self._answers = Counter(
            "mingzhang_answers", "Answers by outcome.", ("status", "reason"), registry=self._registry
        )

    def seen(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is the pattern, never the path, which holds names."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, status: str, reason: str | None) -> None:
        """Count an answer."""
        self._answers.labels(status, reason or "").inc()

    def text(self) -> bytes:
        """Everything counted, by all processes of the service, in the format of Prometheus."""
        if os.environ.get(MULTIPROCESS):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            return generate_latest(registry)
        return generate_latest(self._registry)
