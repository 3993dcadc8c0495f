"""OpenTelemetry traces, off unless an ``OTEL_*`` variable names an exporter. Spans carry ids and outcomes, no texts.

A trace goes from the channel's request over the turn, the reader, the tools and the transaction that confirms into
the outbox: the job's payload carries the W3C trace context, so that the worker's run, in this process or another,
hangs below the confirmation that asked for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span, Tracer

CARRIED = "traceparent"
"""The key in a job's payload."""

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


def is_wanted(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether an exporter is named and nothing switches tracing off."""
    off = environment.get("OTEL_SDK_DISABLED", "").lower() == "true"
    exporter = environment.get("OTEL_TRACES_EXPORTER", "")
    named = exporter == "otlp" or any(environment.get(name) for name in _ENDPOINTS)
    return named and not off and exporter != "none"


@dataclass(frozen=True, slots=True)
class Tracing:
    """Makes spans, and carries them over."""

    tracer: Tracer
    _provider: Any

    @contextmanager
    def span(self, name: str, carried: str = "", **ids: Any) -> Iterator[Span]:
        """A span around something; what is raised is named by its kind alone: its text may quote a person."""
        from opentelemetry.trace import Status, StatusCode

        parent = _context_of(carried) if carried else None
        with self.tracer.start_as_current_span(
            name, context=parent, record_exception=False, set_status_on_exception=False
        ) as span:
            note(span, **ids)
            try:
                yield span
            except BaseException as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(Status(StatusCode.ERROR))
                raise

    def carry(self) -> str:
        """The present span as a job takes it along; empty where there is none."""
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        found: dict[str, str] = {}
        TraceContextTextMapPropagator().inject(found)
        return found.get(CARRIED, "")

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()


def note(span: Span, **ids: Any) -> None:
    """Ids and outcomes on a span; what is empty is left out. ``proposal_id`` becomes ``desk.proposal_id``."""
    for name, value in ids.items():
        if value not in (None, "", [], ()):
            span.set_attribute(f"desk.{name}", value)


def start_tracing(exporter: SpanExporter | None = None) -> Tracing:
    """A tracer of our own, with the standard OTLP exporter unless another is given (tests)."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor

    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": "returns-desk"}
    provider = TracerProvider(resource=Resource.create(named), shutdown_on_exit=False)
    if exporter is not None:
        provider.add_span_processor(SimpleSpanProcessor(exporter))
    else:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Tracing(provider.get_tracer("returns-desk"), provider)


def _context_of(carried: str) -> Any:
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    return TraceContextTextMapPropagator().extract({CARRIED: carried})
