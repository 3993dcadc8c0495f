"""What wraps the parts so that they can be looked at: the turn, the reader, the tools, jobs, the provider.

The parts know nothing of it. Metrics are always counted (a few increments a turn); spans are made only where tracing
is on, and then by the wrappers below.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from agent.dialogue.turn import Turn
from agent.messages import InboundMessage, Press, Reply
from agent.reading.view import Reader, TurnView, Understanding
from agent.runner import Desk
from agent.tools.tool import Outcome as ToolOutcome
from agent.tools.tool import ToolBox
from domain.ports import (
    AuditEvent,
    Job,
    ProviderAnswer,
    ProviderRefund,
    ProviderRequest,
    ProviderTimeout,
    ProviderUnavailable,
    RecordingProvider,
)
from domain.rules import Refused
from integrations.observability.metrics import Metrics
from integrations.observability.tracing import CARRIED, Tracing, note
from integrations.work.outcome import Handler, Outcome

T = TypeVar("T")
_JOB_IDS = ("order_id", "proposal_id", "refund_id")


@dataclass(slots=True)
class Watch:
    """Metrics, and tracing where it is on. `unanswered`: calls to the provider in a row that got no answer."""

    metrics: Metrics
    tracing: Tracing | None = None
    unanswered: int = 0

    def span(self, name: str, carried: str = "", **ids: Any) -> Any:
        """A span where tracing is on; else nothing."""
        return self.tracing.span(name, carried, **ids) if self.tracing is not None else nullcontext()

    def committed(self, events: Sequence[AuditEvent]) -> None:
        """For the store: what a transaction wrote into the trail, once it is committed."""
        self.metrics.committed(events)
        if self.tracing is not None:
            from opentelemetry.trace import get_current_span

            span = get_current_span()
            for event in events:
                area = event.kind.partition(".")[0]
                ids = {f"desk.{area}_id": event.subject} if area in ("proposal", "refund") else {}
                span.add_event(event.kind, ids)

    def handlers(self, handlers: dict[str, Handler]) -> dict[str, Handler]:
        """Each handler, watched."""
        return {kind: WatchedHandler(handler, kind, self) for kind, handler in handlers.items()}


class WatchedDesk(Desk):
    """The runner, looked at from outside."""

    __slots__ = ("watch",)
    watch: Watch

    async def say(self, message: InboundMessage) -> Reply:
        """Answer what was written."""
        work = lambda: Desk.say(self, message)  # noqa: E731
        return await self._watched("message", message.channel, work)

    async def press(self, press: Press) -> Reply:
        """Decide a proposal."""
        work = lambda: Desk.press(self, press)  # noqa: E731
        return await self._watched(press.action, press.channel, work, proposal_id=press.proposal_id)

    async def _watched(
        self, kind: str, channel: str, work: Callable[[], Awaitable[Reply]], **ids: Any
    ) -> Reply:
        began, outcome = time.perf_counter(), "failed"
        try:
            with self.watch.span(f"turn {kind}", channel=channel, **ids) as span:
                reply = await work()
                outcome = "repeated" if reply.repeated else "answered"
                if span is not None:
                    note(span, conversation_id=reply.conversation_id, proposal_ids=reply.proposal_ids)
                return reply
        except Refused:
            outcome = "refused"
            raise
        finally:
            self.watch.metrics.turn(channel, kind, outcome, time.perf_counter() - began)

    async def _begin(self, event: InboundMessage | Press, text: str) -> tuple[Turn, Reply | None]:
        turn, earlier = await Desk._begin(self, event, text)
        if self.watch.tracing is not None:
            box = turn.tools
            turn.tools = WatchedTools(box.store, box.merchant_id, box.actor, box.tools, box.log)
            turn.tools.watch = self.watch
        return turn, earlier

    async def _run(self, turn: Turn, given: Any) -> None:
        with self.watch.span("graph", conversation_id=turn.conversation.id) as span:
            await Desk._run(self, turn, given)
            if span is not None:
                note(span, case_ids=list(turn.cases))


class WatchedTools(ToolBox):
    """A span around every tool."""

    __slots__ = ("watch",)
    watch: Watch

    async def call(self, name: str, **arguments: Any) -> ToolOutcome:
        """Run a tool in one transaction."""
        with self.watch.span(f"tool {name}") as span:
            outcome = await ToolBox.call(self, name, **arguments)
            if span is not None:
                note(span, refused=[each.code.value for each in outcome.violations])
            return outcome


class WatchedReader:
    """How sure the reader was, and why a model did not decide. It goes by the reader's own name."""

    def __init__(self, reader: Reader, watch: Watch) -> None:
        self.reader, self.watch, self.name = reader, watch, reader.name

    def read(self, view: TurnView) -> Understanding:
        """Read one message."""
        with self.watch.span("read") as span:
            found = self.reader.read(view)
            if span is not None:
                note(span, reader=found.reader, intent=found.intent, confidence=found.confidence)
        self.watch.metrics.read(found)
        return found


class WatchedHandler:
    """A job's handler. Its span hangs below what enqueued the job, in whatever process that was."""

    def __init__(self, handler: Handler, kind: str, watch: Watch) -> None:
        self._handler, self._kind, self._watch = handler, kind, watch

    @property
    def timeout_seconds(self) -> float:
        """The handler's own."""
        return float(getattr(self._handler, "timeout_seconds", 0.0))

    async def __call__(self, job: Job) -> Outcome | None:
        """One run."""
        began, outcome = time.perf_counter(), "Failed"
        ids = {name: job.payload[name] for name in _JOB_IDS if name in job.payload}
        try:
            with self._watch.span(
                f"job {self._kind}", job.payload.get(CARRIED, ""), job_id=job.id, attempt=job.attempts, **ids
            ) as span:
                result = await self._handler(job)
                outcome = type(result).__name__ if result is not None else "Done"
                if span is not None:
                    note(span, outcome=outcome)
                return result
        finally:
            self._watch.metrics.jobs.labels(self._kind, outcome.lower()).inc()
            self._watch.metrics.job_seconds.labels(self._kind).observe(time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class WatchedProvider:
    """The payment provider: how long it takes and whether it answers at all."""

    provider: RecordingProvider
    watch: Watch

    async def refund(self, request: ProviderRequest) -> ProviderAnswer:
        """Ask for a refund."""
        with self._call("refund", request) as heard:
            answer = await self.provider.refund(request)
            heard.append(answer.status)
            return answer

    async def lookup(self, request: ProviderRequest) -> ProviderAnswer | None:
        """What the provider knows of it."""
        with self._call("lookup", request) as heard:
            known = await self.provider.lookup(request)
            heard.append(known.status if known is not None else "unheard_of")
            return known

    async def refunds(self, since: datetime, until: datetime) -> list[ProviderRefund]:
        """Its own books of a time."""
        return await self.provider.refunds(since, until)

    async def refunds_of(self, payment_ref: str) -> list[ProviderRefund]:
        """Its own books of a payment."""
        return await self.provider.refunds_of(payment_ref)

    async def aclose(self) -> None:
        """Give back connections and files."""
        await self.provider.aclose()

    @contextmanager
    def _call(self, call: str, request: ProviderRequest) -> Iterator[list[str]]:
        began, heard = time.perf_counter(), list[str]()
        try:
            with self.watch.span(f"provider {call}", refund_id=request.refund_id) as span:
                yield heard
                if span is not None:
                    note(span, outcome=heard[-1])
            self.watch.unanswered = 0
        except (ProviderTimeout, ProviderUnavailable) as error:
            heard.append("timeout" if isinstance(error, ProviderTimeout) else "unavailable")
            self.watch.unanswered += 1
            raise
        finally:
            outcome = heard[-1] if heard else "error"
            self.watch.metrics.provider_seconds.labels(call, outcome).observe(time.perf_counter() - began)
