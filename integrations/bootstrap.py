"""The composition root: the one place where parts are chosen and put together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agent.reading.view import Reader
from agent.runner import Desk
from domain.balances.service import post_due_settlements
from domain.ports import Clock, IdFactory, Job, PaymentProvider, Store, UnitOfWork
from domain.proposals.model import ProposalState
from domain.proposals.service import expire_if_due
from domain.refunds.execution import NOTIFY
from domain.refunds.model import RefundStatus
from domain.refunds.writes import EXECUTE_REFUND
from domain.returns.labels import LabelPrinter
from domain.returns.service import print_label
from domain.returns.writes import GENERATE_LABEL
from domain.settings import Merchant
from integrations.carriers.sandbox import SandboxCarrier
from integrations.demo.shop import seed_demo
from integrations.payments.sandbox import SandboxProvider
from integrations.settings import Settings
from integrations.storage.database import Database, open_database
from integrations.storage.identity import RandomIds, SystemClock
from integrations.storage.locks import ConversationLocks
from integrations.storage.unit_of_work import Work
from integrations.work.outcome import Done, Outcome
from integrations.work.refunds import ExecuteRefund
from integrations.work.worker import Worker

if TYPE_CHECKING:
    from agent.reading.chat_model import Call

log = logging.getLogger(__name__)


def load_settings(**changes: Any) -> Settings:
    """The configuration from the environment, with what a command was told on top. Raises ValidationError."""
    return Settings(**{name: value for name, value in changes.items() if value is not None})


class UnknownMerchant(LookupError):
    """No merchant of that id in this database."""


@dataclass(slots=True)
class Application:
    """Everything that runs."""

    settings: Settings
    store: Database
    merchant: Merchant
    desk: Desk
    worker: Worker
    provider: PaymentProvider


def load_reader(settings: Settings | None = None) -> Reader:
    """The configured reader; the embedded one, which loads its weights with the first message, is in all of them.

    Raises ModelUnavailable.
    """
    from agent.reading.local import LocalReader

    local = LocalReader()
    if settings is None or not settings.model or settings.reader == "local":
        return local
    from agent.reading.cascade import CascadeReader
    from agent.reading.chat_model import ModelReader, Prices
    from agent.reading.provider import connect

    asked, answered = settings.model_prompt_price, settings.model_completion_price
    model = ModelReader(
        connect(
            settings.model,
            base_url=settings.model_base_url,
            api_key=settings.model_api_key.get_secret_value(),
            timeout_seconds=settings.model_seconds,
        ),
        fallback=local,
        timeout_seconds=settings.model_seconds,
        meter=note_call,
        prices=Prices(asked, answered) if asked is not None and answered is not None else None,
    )
    return model if settings.reader == "model" else CascadeReader(local, model)


def note_call(call: Call) -> None:
    """One line of log for each call to a chat model: what it took and what came of it, no text."""
    used = call.usage
    log.log(
        logging.WARNING if call.outcome else logging.INFO,
        "model call: %s, %.2f s, %d + %d tokens, cost %s",
        call.outcome or "used", call.seconds, used.prompt_tokens, used.completion_tokens, used.cost or "unknown",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintLabels:
    """Job handler: have the carrier draw a label that was asked for at approval."""

    store: Store
    printer: LabelPrinter

    async def __call__(self, job: Job) -> Outcome:
        """Draw it once; doing it again changes nothing."""
        order_id, return_id = job.payload["order_id"], job.payload["return_id"]
        await self.store.write(
            job.merchant_id, lambda uow: print_label(uow, self.printer, order_id, return_id)
        )
        return Done()


async def tell_nobody(job: Job) -> Outcome:
    """No channel is connected that wants to be told; the conversation shows the result when it is next opened."""
    return Done()


def make_worker(store: Database, provider: PaymentProvider, owner: str, clock: Clock) -> Worker:
    """A worker with every handler and every chore."""
    execute = ExecuteRefund(store, lambda name: provider, clock=clock)
    worker = Worker(
        store,
        {EXECUTE_REFUND: execute, NOTIFY: tell_nobody, GENERATE_LABEL: PrintLabels(store, SandboxCarrier())},
        owner=owner,
        clock=clock,
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
    return worker


def _forget_expired_access(uow: UnitOfWork) -> None:
    """Sessions, login links and answered requests that are over."""
    assert isinstance(uow, Work)
    uow.access.forget_expired(uow.now)


def _expire_proposals(uow: UnitOfWork) -> None:
    """Close what ran out, so that nobody is shown a card that no longer counts."""
    for proposal in uow.proposals.list_open():
        expire_if_due(uow, proposal)


class Executing:
    """Waits, a little, for a confirmed proposal to be executed by whatever worker takes it."""

    def __init__(self, store: Store, worker: Worker | None, wait_seconds: float) -> None:
        self._store, self._worker, self._wait = store, worker, wait_seconds

    async def __call__(self, merchant_id: str, proposal_id: str) -> None:
        """Return once it ended or is unknown, or after the wait."""
        if self._worker is not None:
            self._worker.wake()
        pause = 0.005
        try:
            async with asyncio.timeout(self._wait):
                while not await self._store.read(merchant_id, lambda uow: _is_settled(uow, proposal_id)):
                    await asyncio.sleep(pause)
                    pause = min(pause * 1.5, 0.2)
        except TimeoutError:
            return


def _is_settled(uow: Any, proposal_id: str) -> bool:
    proposal = uow.proposals.get(proposal_id)
    if proposal is None or proposal.state is not ProposalState.CONFIRMED:
        return True
    order = uow.orders.get(proposal.order_id)
    return order is None or any(
        r.id == proposal_id and r.status is RefundStatus.UNKNOWN for r in order.refunds
    )


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
        merchant = await (seed_demo(store) if demo else _merchant(store, settings, create=create))
        settings.data.mkdir(parents=True, exist_ok=True)
        provider = SandboxProvider(settings.data / "sandbox.db", clock=clock)
        worker = make_worker(store, provider, f"desk-{ids.new('worker')}", clock)
        embedded = settings.worker == "embedded"
        if embedded:
            running = asyncio.create_task(worker.run_forever())
            stack.push_async_callback(_stop, worker, running)
        execute = Executing(store, worker if embedded else None, settings.wait_seconds)
        graph = build_graph(await stack.enter_async_context(checkpointer(settings.url)))
        locks = ConversationLocks("" if settings.url.startswith("sqlite") else settings.url)
        stack.push_async_callback(locks.close)
        desk = Desk(store, merchant, load_reader(settings), graph, execute, clock, ids, locks)
        yield Application(settings, store, merchant, desk, worker, provider)


async def _stop(worker: Worker, running: asyncio.Task[None]) -> None:
    await worker.stop(grace_seconds=5)
    await running


async def _merchant(store: Database, settings: Settings, *, create: bool) -> Merchant:
    for merchant in await store.merchants():
        if merchant.id == settings.merchant:
            return merchant
    if not create:
        name = settings.merchant
        raise UnknownMerchant(f"no merchant {name!r} in this database; `desk import` or `--demo` makes one")
    merchant = Merchant(id=settings.merchant, name=settings.merchant, base_currency=settings.currency)
    await store.save_merchant(merchant)
    return merchant
