"""Figures for Prometheus: how many requests and how long, how answers were graded, what was refused, what is served.

Nothing of a question, a document's name or a key is among them, and no address but by its route.
"""

import os
from collections.abc import Iterable, Iterator
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Metric

    from service.assistant import Assistant

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # read by the library when it is loaded
KIND = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # of a request
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
GRADES = ("found", "perhaps", "outside")
ASKED = ("answered", "fault", "busy", "resting")  # what asking the model came to; the last two without asking it
MODEL_SECONDS = (0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60)  # of the language model


class Metrics:
    """Of one process; or, where they are `shared`, of those that are forked from it, which write into files that each
    can add up. Then it must be made before anything loads the library."""

    def __init__(self, *, shared: bool = False) -> None:
        self._files = TemporaryDirectory(prefix="yaodian-metrics-") if shared else None
        if self._files:
            os.environ[FOLDER] = self._files.name
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

        disable_created_metrics()  # type: ignore[no-untyped-call]

        self._registry = made = CollectorRegistry()
        self._requests = Counter("yaodian_requests", "Requests answered", ("method", "route", "status"), registry=made)
        self._seconds = Histogram(
            "yaodian_request_seconds", "Seconds to the end of the reply", ("route",), buckets=SECONDS, registry=made
        )
        self._refused = Counter(
            "yaodian_refused", "Requests refused by the connection before they had a route", ("status",), registry=made
        )
        self._answers = Counter("yaodian_answers", "Answers by grade", ("grade",), registry=made)
        self._declined = Counter("yaodian_declined", "Answers that decline, by reason", ("reason",), registry=made)
        self._queue = Gauge("yaodian_queue", "Requests that wait", registry=made, multiprocess_mode="livesum")
        self._under_way = Gauge("yaodian_under_way", "Requests begun", registry=made, multiprocess_mode="livesum")
        self._connections = Gauge("yaodian_connections", "Connections", registry=made, multiprocess_mode="livesum")
        self._documents = Gauge("yaodian_documents", "Documents served", registry=made, multiprocess_mode="livemax")
        self._items = Gauge("yaodian_items", "Items served", registry=made, multiprocess_mode="livemax")
        self._index = Gauge(
            "yaodian_index",
            "Processes that serve this version",
            ("version",),
            registry=made,
            multiprocess_mode="livesum",
        )
        self._model = Counter("yaodian_llm_requests", "Asked of the language model", ("result",), registry=made)
        self._model_seconds = Histogram(
            "yaodian_llm_seconds", "Seconds of the language model", buckets=MODEL_SECONDS, registry=made
        )
        self._sentences = Counter("yaodian_llm_sentences", "Sentences of the model", ("verdict",), registry=made)
        self._resting = Gauge(
            "yaodian_llm_resting", "Processes that leave the model alone", registry=made, multiprocess_mode="livesum"
        )
        self._version: str | None = None
        for grade in GRADES:
            self._answers.labels(grade)  # shown as 0 from the beginning
        for result in ASKED:
            self._model.labels(result)
        for verdict in ("kept", "dropped"):
            self._sentences.labels(verdict)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method if method in METHODS else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def refused(self, status: int) -> None:
        self._refused.labels(str(status)).inc()

    def answer(self, grade: str, reason: str | None) -> None:
        self._answers.labels(grade).inc()
        if reason:
            self._declined.labels(reason).inc()

    def model_asked(self, result: str, seconds: float | None) -> None:
        """One of `ASKED`; none where it was not asked."""
        self._model.labels(result).inc()
        if seconds is not None:
            self._model_seconds.observe(seconds)

    def model_wrote(self, kept: int, dropped: int) -> None:
        """Sentences that the gate let through, and those it did not."""
        self._sentences.labels("kept").inc(kept)
        self._sentences.labels("dropped").inc(dropped)

    def model_rests(self, resting: bool) -> None:
        """As it is now."""
        self._resting.set(resting)

    def serves(self, assistant: "Assistant") -> None:
        """From now on, and no other."""
        if self._version is not None:
            self._index.labels(self._version).set(0)
        self._version = assistant.version
        self._index.labels(self._version).set(1)
        self._documents.set(len(assistant.documents))
        self._items.set(len(assistant.index.items))

    def waits(self, queue: int, under_way: int, connections: int) -> None:
        """As it is now."""
        self._queue.set(queue)
        self._under_way.set(under_way)
        self._connections.set(connections)

    def written(self) -> bytes:
        """In Prometheus' own text."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = self._registry
        if self._files:
            registry = CollectorRegistry()
            MultiProcessCollector(registry, self._files.name)  # type: ignore[no-untyped-call]
        return generate_latest(_Present(registry))

    def ended(self, process: int) -> None:
        """One of those that share them is no more."""
        if self._files:
            from prometheus_client.multiprocess import mark_process_dead

            mark_process_dead(process, self._files.name)  # type: ignore[no-untyped-call]

    def close(self) -> None:
        if self._files:
            self._files.cleanup()


class _Present:
    """Without the versions that no process serves any more."""

    def __init__(self, registry: "CollectorRegistry") -> None:
        self._registry = registry

    def collect(self) -> Iterator["Metric"]:
        return _present(self._registry.collect())


def _present(metrics: Iterable["Metric"]) -> Iterator["Metric"]:
    for metric in metrics:
        if metric.name == "yaodian_index":
            metric.samples = [sample for sample in metric.samples if sample.value]
        yield metric
