"""A desk on a database file and a provider in a file of its own, with a name for every moment it can die at."""

from __future__ import annotations

import asyncio
import os
import signal
import uuid
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from domain.identity import Role
from domain.orders.model import Order
from domain.ports import PaymentProvider, UnitOfWork
from domain.proposals import service
from domain.proposals.model import ProposalKind, ProposalState
from domain.refunds.model import RefundRequest
from evals.faults.crash.seam import Boundaries, Hook, Watched, WatchedStore
from integrations.payments.sandbox import SandboxProvider
from integrations.storage.database import open_database
from integrations.work.outcome import BackOff
from integrations.work.refunds import ExecuteRefund
from integrations.work.worker import Pace, Worker
from tests.builders import ANA, MERCHANT, NOW, FakeClock, a_merchant, a_staff, put_order


class FreshKeys:
    """What must never be done: a new key for every attempt. Shows that these tests would notice."""

    def __init__(self, inner: PaymentProvider) -> None:
        self._inner = inner

    async def refund(self, request):
        return await self._inner.refund(replace(request, key=uuid.uuid4().hex))

    async def lookup(self, request):
        return None


@dataclass
class Desk:
    """One shop, one order, and whoever works on it."""

    store: Any
    provider: Any
    sandbox: SandboxProvider
    clock: FakeClock

    def worker(self, owner: str = "w1", store: Any = None) -> Worker:
        store = store or self.store
        handler = ExecuteRefund(store, lambda name: self.provider, clock=self.clock)
        return Worker(
            store,
            {"execute_refund": handler, "notify": _told},
            owner=owner,
            clock=self.clock,
            pace=Pace(back_off=BackOff(jitter=0)),
            on_dead=handler.on_dead,
        )

    async def order(self) -> Order:
        order: Order = await self.store.read(MERCHANT, lambda uow: uow.orders.get("order-1"))
        return order

    async def confirm(self, *, again: bool = False) -> str | None:
        """Ana proposes to refund the whole order and confirms it; None where that was done before."""
        order = await self.order()
        if order.refunds and not again:
            return None
        lines = [{"line": line.id, "quantity": line.quantity} for line in order.lines]
        asked = {"currency": "EUR", "reason": "changed_mind", "lines": lines}
        proposal = await self.store.write(MERCHANT, lambda uow: _proposed(uow, asked))
        ana = a_staff()
        decision = await self.store.write(
            MERCHANT, lambda uow: service.confirm(uow, ana, proposal.id, proposal.sha256)
        )
        assert decision.accepted, decision.refused
        return str(proposal.id)

    async def work_until_done(self, rounds: int = 60) -> None:
        """The worker runs whenever something is due, however long that takes."""
        worker = self.worker()
        for _ in range(rounds):
            await worker.run_once()
            waiting = [*await self.jobs("queued"), *await self.jobs("leased")]
            if not waiting:
                return
            self.clock.pass_time(seconds=61)
            self.clock.at = max(self.clock.at, *(job.run_after for job in await self.jobs("queued")), NOW)
        raise AssertionError(f"still waiting: {waiting}")

    async def jobs(self, state: str) -> list[Any]:
        return list(await self.store.jobs.jobs(state=state))

    async def proposals(self) -> list[ProposalState]:
        found = await self.store.read(MERCHANT, lambda uow: uow.proposals.for_order("order-1"))
        return [proposal.state for proposal in found]

    async def money(self) -> tuple[int, dict[str, int]]:
        """The sum of all rows, and what the accounts of the shop hold."""

        def read(uow: UnitOfWork) -> tuple[int, dict[str, int]]:
            held = uow.ledger.balances("EUR").amounts
            return uow.ledger.sum(), {account.value: amount for account, amount in held.items() if amount}

        result: tuple[int, dict[str, int]] = await self.store.read(MERCHANT, read)
        return result


async def _told(job: Any) -> None:
    """Nobody listens."""


def _proposed(uow: UnitOfWork, asked: dict[str, Any]) -> Any:
    waiting = uow.proposals.open_for_order("order-1")
    if waiting is not None:
        return waiting
    ana = uow.staff.get(ANA)
    assert ana is not None
    return service.propose(uow, ana, "order-1", ProposalKind.REFUND, RefundRequest.model_validate(asked))


@asynccontextmanager
async def open_desk(
    folder: Path, *, clock: FakeClock | None = None, hook: Hook | None = None, fresh_keys=False
):
    """The desk in that folder; with `hook`, every moment is announced to it."""
    clock = clock or FakeClock()
    store = await open_database(f"sqlite:///{folder / 'desk.db'}", clock=clock)
    sandbox = SandboxProvider(folder / "provider.db", clock=clock)
    boundaries = Boundaries(hook or (lambda name: None))
    provider = Watched(FreshKeys(sandbox) if fresh_keys else sandbox, boundaries, "refund", "lookup")
    try:
        yield Desk(WatchedStore(store, boundaries), provider, sandbox, clock)
    finally:
        await store.close()
        sandbox.close()


async def set_up(folder: Path, order: Order, *faults: str) -> None:
    """A shop with Ana and one order, and what will befall the provider's next calls."""
    async with open_desk(folder) as desk:
        await desk.store.save_merchant(a_merchant())
        await desk.store.write(MERCHANT, lambda uow: uow.staff.save(a_staff()))
        await desk.store.write(MERCHANT, lambda uow: uow.staff.save(a_staff("ben", Role.FINANCE)))
        await desk.store.write(MERCHANT, lambda uow: put_order(uow, order))
        desk.sandbox.script(*faults)


async def one_life(
    folder: Path, *, start_minutes: int = 0, hook: Hook | None = None, fresh_keys=False
) -> None:
    """Confirm the refund unless that was done, and work until nothing is left."""
    clock = FakeClock()
    clock.pass_time(minutes=start_minutes)
    async with open_desk(folder, clock=clock, hook=hook, fresh_keys=fresh_keys) as desk:
        await desk.confirm()
        await desk.work_until_done()


def life_that_ends(folder: str, start_minutes: int, moment: str, fresh_keys: bool = False) -> None:
    """In a process of its own: live until that moment, then kill -9."""

    def hook(name: str) -> None:
        if name == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    asyncio.run(one_life(Path(folder), start_minutes=start_minutes, hook=hook, fresh_keys=fresh_keys))
