"""Prometheus metrics. Labels come from small closed sets; no metric names a person, an order or a refund."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from domain.ports import AuditEvent

if TYPE_CHECKING:
    from agent.reading.chat_model.reader import Call
    from agent.reading.view import Understanding
    from integrations.storage.outbox import Backlog

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_CHANNELS = frozenset(
    {"http", "page", "terminal", "slack", "sidebar", "helpdesk", "zendesk", "chatwoot", "rt"}
)
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_FALLBACKS = ("malformed", "unsure", "nothing", "timed out", "rate limited", "refused", "cut off", "resting")


def _counter(name: str, what: str, *labels: str) -> Counter:
    return Counter(name, what, labels, registry=None)


def _histogram(name: str, what: str, buckets: Sequence[float], *labels: str) -> Histogram:
    return Histogram(name, what, labels, registry=None, buckets=buckets)


def _gauge(name: str, what: str) -> Gauge:
    return Gauge(name, what, registry=None)


@dataclass(slots=True)
class Metrics:
    """All of one process."""

    turns: Counter = field(
        default_factory=lambda: _counter(
            "desk_turns", "Messages and presses answered", "channel", "kind", "outcome"
        )
    )
    turn_seconds: Histogram = field(
        default_factory=lambda: _histogram("desk_turn_seconds", "Time to a reply", _SECONDS, "kind")
    )
    proposals: Counter = field(
        default_factory=lambda: _counter("desk_proposals", "Proposals by what became of them", "state")
    )
    refunds: Counter = field(
        default_factory=lambda: _counter(
            "desk_refunds", "Refunds by outcome; unknown and stuck included", "outcome"
        )
    )
    confidence: Histogram = field(
        default_factory=lambda: _histogram(
            "desk_reader_confidence", "How sure the reader was", _SHARES, "reader"
        )
    )
    fallbacks: Counter = field(
        default_factory=lambda: _counter(
            "desk_reader_fallbacks", "Why a model that was asked did not decide", "reason"
        )
    )
    tokens: Counter = field(
        default_factory=lambda: _counter("desk_model_tokens", "Tokens of chat models", "kind")
    )
    cost: Counter = field(
        default_factory=lambda: _counter("desk_model_cost", "In the currency the prices are configured in")
    )
    calls: Counter = field(
        default_factory=lambda: _counter("desk_model_calls", "Calls to chat models", "outcome")
    )
    jobs: Counter = field(default_factory=lambda: _counter("desk_jobs", "Runs of jobs", "kind", "outcome"))
    job_seconds: Histogram = field(
        default_factory=lambda: _histogram("desk_job_seconds", "Time of a job's run", _SECONDS, "kind")
    )
    provider_seconds: Histogram = field(
        default_factory=lambda: _histogram(
            "desk_provider_seconds", "Time of a call to the payment provider", _SECONDS, "call", "outcome"
        )
    )
    request_seconds: Histogram = field(
        default_factory=lambda: _histogram(
            "desk_request_seconds", "Time of an HTTP request", _SECONDS, "method", "route", "status"
        )
    )
    queued: Gauge = field(default_factory=lambda: _gauge("desk_jobs_waiting", "Jobs that are not done"))
    age: Gauge = field(
        default_factory=lambda: _gauge("desk_queue_age_seconds", "How long the oldest due job has been due")
    )
    dead: Gauge = field(default_factory=lambda: _gauge("desk_dead_letters", "Jobs a person has to look at"))
    beat: Gauge = field(
        default_factory=lambda: _gauge(
            "desk_worker_seen_seconds", "Since a worker last showed itself; -1: never"
        )
    )
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if name != "registry":
                self.registry.register(getattr(self, name))

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """An HTTP request ended."""
        known = method if method in _METHODS else "other"
        self.request_seconds.labels(known, route, str(status)).observe(seconds)

    def turn(self, channel: str, kind: str, outcome: str, seconds: float) -> None:
        """A message or a press was answered."""
        named = channel if channel in _CHANNELS else "other"
        self.turns.labels(named, kind, outcome).inc()
        self.turn_seconds.labels(kind).observe(seconds)

    def read(self, understanding: Understanding) -> None:
        """A message was read."""
        self.confidence.labels(understanding.reader).observe(understanding.confidence)
        if understanding.fallback:
            reason = next((each for each in _FALLBACKS if understanding.fallback.startswith(each)), "other")
            self.fallbacks.labels(reason).inc()

    def model_call(self, call: Call) -> None:
        """A chat model was asked."""
        self.calls.labels("used" if not call.outcome else "not used").inc()
        self.tokens.labels("prompt").inc(call.usage.prompt_tokens)
        self.tokens.labels("completion").inc(call.usage.completion_tokens)
        if call.usage.cost is not None:
            self.cost.inc(float(call.usage.cost))

    def committed(self, events: Sequence[AuditEvent]) -> None:
        """What a transaction that is committed wrote into the audit trail."""
        for event in events:
            area, _, what = event.kind.partition(".")
            if area == "proposal":
                self.proposals.labels(what).inc()
            elif area == "refund":
                self.refunds.labels(what).inc()

    def backlog(self, backlog: Backlog) -> None:
        """How the queue stands now."""
        self.queued.set(backlog.waiting)
        self.age.set(backlog.oldest_due_seconds)
        self.dead.set(backlog.dead)
        self.beat.set(-1 if backlog.worker_seen_seconds is None else backlog.worker_seen_seconds)

    def text(self) -> bytes:
        """As Prometheus reads it."""
        return generate_latest(self.registry)
