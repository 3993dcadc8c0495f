"""The worker as every process runs it: all handlers, all chores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.balances.service import post_due_settlements
from domain.notices import NOTIFY
from domain.ports import Clock, RecordingProvider, UnitOfWork
from domain.proposals.service import expire_if_due
from domain.refunds.writes import EXECUTE_REFUND
from domain.returns.writes import GENERATE_LABEL
from integrations.carriers.sandbox import SandboxCarrier
from integrations.channels import Channel, Spread, told_as
from integrations.payments.connect import by_name
from integrations.payments.stripe_events import PROVIDER_EVENT
from integrations.storage.database import Database
from integrations.storage.unit_of_work import Work
from integrations.work.labels import PrintLabels
from integrations.work.outcome import Handler
from integrations.work.provider_events import TakeInEvent
from integrations.work.refunds import ExecuteRefund, RefundTimes
from integrations.work.worker import Pace, Worker


@dataclass(frozen=True, slots=True)
class WorkTerms:
    """With which provider, and for how long: seconds of one call to it, and of a lease."""

    payments: str = "sandbox"
    provider_seconds: float = 20.0
    lease_seconds: float = 60.0


BEAT_SECONDS = 10.0
"""How often a worker shows that it lives."""


def make_worker(
    store: Database,
    provider: RecordingProvider,
    owner: str,
    clock: Clock,
    channels: Sequence[Channel] = (),
    terms: WorkTerms | None = None,
    wrap: Callable[[dict[str, Handler]], dict[str, Handler]] = lambda handlers: handlers,
) -> Worker:
    """A worker with every handler and every chore; `wrap` may put something around the handlers."""
    terms = terms or WorkTerms()
    times = RefundTimes(call_seconds=terms.provider_seconds)
    execute = ExecuteRefund(store, by_name(provider, terms.payments), clock=clock, times=times)
    handlers: dict[str, Handler] = {
        EXECUTE_REFUND: execute,
        PROVIDER_EVENT: TakeInEvent(store, provider, timeout_seconds=terms.provider_seconds),
        NOTIFY: Spread(store, [channel.name for channel in channels]),
        GENERATE_LABEL: PrintLabels(store, SandboxCarrier()),
    }
    for channel in channels:
        handlers |= {told_as(channel.name): channel.tell, **channel.jobs()}
    worker = Worker(
        store,
        wrap(handlers),
        owner=owner,
        clock=clock,
        pace=Pace(lease_seconds=terms.lease_seconds, first=(EXECUTE_REFUND, PROVIDER_EVENT)),
        on_dead=execute.on_dead,
        announced=store.jobs.wait,
    )

    async def each_merchant() -> None:
        for merchant in await store.merchants():
            await store.write(merchant.id, lambda uow: post_due_settlements(uow))
            await store.write(merchant.id, _expire_proposals)
            await store.write(merchant.id, _forget_expired_access)
            await store.write(merchant.id, lambda uow: uow.audit.seal())

    worker.every(30, each_merchant)
    worker.every(BEAT_SECONDS, lambda: store.jobs.beat(owner), "heartbeat")
    for channel in channels:
        channel.chores(worker)
    return worker


def _forget_expired_access(uow: UnitOfWork) -> None:
    """Sessions, login links and answered requests that are over."""
    assert isinstance(uow, Work)
    uow.access.forget_expired(uow.now)


def _expire_proposals(uow: UnitOfWork) -> None:
    """Close what ran out, so that nobody is shown a card that no longer counts."""
    for proposal in uow.proposals.list_open():
        expire_if_due(uow, proposal)
