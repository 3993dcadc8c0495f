"""The composition root: the one place where parts are chosen and put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from agent.runner import Desk
from domain.ports import Clock, IdFactory, RecordingProvider
from domain.settings import Merchant
from integrations.assembly import WorkTerms, make_worker
from integrations.bootstrap.channels import connect_channels, connect_helpdesk, locks_for
from integrations.bootstrap.readers import load_reader, note_call
from integrations.channels import Channel
from integrations.demo.shop import seed_demo
from integrations.helpdesk.port import Helpdesk
from integrations.observability.metrics import Metrics
from integrations.observability.tracing import is_wanted, start_tracing
from integrations.observability.watch import Watch, WatchedDesk, WatchedProvider, WatchedReader
from integrations.opening import Misconfigured, UnknownMerchant, load_settings, merchant_of, opened
from integrations.payments.connect import StripeAccess, open_provider
from integrations.settings import Settings
from integrations.storage.database import Database, open_database
from integrations.storage.identity import RandomIds, SystemClock
from integrations.work.executing import Executing
from integrations.work.reconciliation import Reconciler
from integrations.work.worker import Worker

__all__ = [
    "Application",
    "Misconfigured",
    "UnknownMerchant",
    "application",
    "connect_channels",
    "connect_helpdesk",
    "load_reader",
    "load_settings",
    "note_call",
    "opened",
]


@dataclass(slots=True)
class Application:
    """Everything that runs."""

    settings: Settings
    store: Database
    merchant: Merchant
    desk: Desk
    worker: Worker
    provider: RecordingProvider
    channels: Sequence[Channel] = ()
    helpdesk: Helpdesk | None = None
    watch: Watch = field(default_factory=lambda: Watch(Metrics()))

    @property
    def reconciler(self) -> Reconciler:
        """Compares our books with the provider's."""
        return Reconciler(self.store, self.provider, name=self.settings.payments, clock=self.desk.clock)


def stripe_access(settings: Settings) -> StripeAccess | None:
    """How Stripe is reached, where the desk is connected to it."""
    if settings.payments != "stripe":
        return None
    key, address = settings.stripe_key.get_secret_value(), settings.stripe_url
    return StripeAccess(key, address, settings.stripe_account, settings.provider_seconds)


@asynccontextmanager
async def application(
    settings: Settings,
    *,
    demo: bool = False,
    create: bool = False,
    clock: Clock | None = None,
    ids: IdFactory | None = None,
) -> AsyncIterator[Application]:
    """Open everything, in order; close it in the other.

    `create` makes a shop of the configured name where there is none yet. Raises UnknownMerchant, StorageUnavailable.
    """
    from agent.graph import build_graph
    from integrations.storage.checkpoints import checkpointer

    clock = clock or SystemClock()
    ids = ids or RandomIds(clock)
    async with AsyncExitStack() as stack:
        store = await open_database(settings.url, clock=clock, ids=ids)
        stack.push_async_callback(store.close)
        merchant = await (seed_demo(store) if demo else merchant_of(store, settings, create=create))
        settings.data.mkdir(parents=True, exist_ok=True)
        provider = open_provider(settings.data / "sandbox.db", clock, stripe_access(settings))
        stack.push_async_callback(provider.aclose)
        watch = _watch(stack, store)
        helpdesk = await connect_helpdesk(settings, store, merchant, demo=demo)
        channels = connect_channels(settings, store, merchant, helpdesk, clock)
        for channel in channels:
            stack.push_async_callback(channel.close)
        owner = f"desk-{ids.new('worker')}"
        watched = WatchedProvider(provider, watch)
        terms = WorkTerms(settings.payments, settings.provider_seconds, settings.lease_seconds)
        worker = make_worker(store, watched, owner, clock, channels, terms, watch.handlers)
        reconciler = Reconciler(store, provider, name=settings.payments, clock=clock)
        ask = partial(reconciler.ask_about_unknowns, merchant.id)
        worker.every(settings.reconcile_minutes * 60, ask, "asking about unknown refunds")
        embedded = settings.worker == "embedded"
        execute = Executing(store, worker if embedded else None, settings.wait_seconds)
        graph = build_graph(await stack.enter_async_context(checkpointer(settings.url)))
        locks = locks_for(settings)
        stack.push_async_callback(locks.close)
        reader = WatchedReader(load_reader(settings, watch.metrics), watch)
        desk = WatchedDesk(store, merchant, reader, graph, execute, clock, ids, locks)
        desk.watch = watch
        for channel in channels:
            channel.attach(desk)
        if embedded:
            running = asyncio.create_task(worker.run_forever())
            stack.push_async_callback(_stop, worker, running)
            await store.jobs.beat(owner)
        yield Application(settings, store, merchant, desk, worker, provider, channels, helpdesk, watch)


def _watch(stack: AsyncExitStack, store: Database) -> Watch:
    """Metrics always; tracing where an `OTEL_*` variable asks for it."""
    watch = Watch(Metrics())
    store.on_commit = watch.committed
    if is_wanted():
        watch.tracing = start_tracing()
        store.carry = watch.tracing.carry
        stack.callback(watch.tracing.close)
    return watch


async def _stop(worker: Worker, running: asyncio.Task[None]) -> None:
    await worker.stop(grace_seconds=5)
    await running
