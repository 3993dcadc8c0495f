"""A shop with people and one order, on both databases."""

from __future__ import annotations

import asyncio

import pytest

from domain.identity import Role
from domain.notices import NOTIFY
from domain.proposals import service
from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason
from domain.refunds.model import RefundLineRequest, RefundRequest
from integrations.storage import open_database
from tests.builders import (
    FakeClock,
    a_line,
    a_merchant,
    a_payment,
    a_staff,
    an_order,
    put_order,
)

ANA = a_staff("ana", limit=5000)
SAM = a_staff("sam", Role.SUPERVISOR, limit=20_000)
LEO = a_staff("leo", Role.SUPERVISOR, limit=1000)
BEN = a_staff("ben", Role.AGENT, limit=20_000)
VIC = a_staff("vic", Role.VIEWER, limit=20_000)


class Shop:
    """The domain through real transactions: each call is one."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.order_id = "order-1"

    async def do(self, work):
        return await self.store.write("shop", work)

    def request(self, quantity=1, **fields):
        given = {"currency": "EUR", "reason": RefundReason.CHANGED_MIND, **fields}
        return RefundRequest(lines=[RefundLineRequest(line="mug", quantity=quantity)], **given)

    async def propose(self, actor=ANA, **fields):
        request = fields.pop("request", None) or self.request(**fields)
        return await self.do(
            lambda uow: service.propose(uow, actor, self.order_id, ProposalKind.REFUND, request)
        )

    async def confirm(self, proposal, actor=ANA, sha256=None):
        return await self.do(lambda uow: service.confirm(uow, actor, proposal.id, sha256 or proposal.sha256))

    async def cancel(self, proposal, actor=ANA):
        return await self.do(lambda uow: service.cancel(uow, actor, proposal.id))

    async def edit(self, proposal, actor=ANA, **fields):
        return await self.do(lambda uow: service.edit(uow, actor, proposal.id, self.request(**fields)))

    async def order(self):
        return await self.store.read("shop", lambda uow: uow.orders.get(self.order_id))

    async def state(self, proposal):
        return (await self.store.read("shop", lambda uow: uow.proposals.get(proposal.id))).state.value

    async def books(self):
        """Everything that could have changed: order, balances, ledger sum, jobs (being told of it changes nothing)."""
        order, balances, total = await self.store.read(
            "shop", lambda uow: (uow.orders.get(self.order_id), uow.ledger.balances("EUR"), uow.ledger.sum())
        )
        jobs = [job.key for job in await self.store.jobs.jobs() if job.kind != NOTIFY]
        return order.model_dump(), balances.amounts, total, jobs

    async def together(self, *attempts):
        return await asyncio.gather(*attempts)


@pytest.fixture(params=["sqlite", "postgres"])
async def shop(request, tmp_path):
    url = (
        f"sqlite:///{tmp_path}/desk.db"
        if request.param == "sqlite"
        else request.getfixturevalue("postgres_url")
    )
    clock = FakeClock()
    store = await open_database(url, clock=clock)
    await store.save_merchant(a_merchant())
    order = an_order(lines=[a_line("mug", 4000, 3)], payments=[a_payment("visa", 12_000)])

    def furnish(uow):
        put_order(uow, order)
        for person in (ANA, SAM, LEO, BEN, VIC):
            uow.staff.save(person)

    await store.write("shop", furnish)
    yield Shop(store, clock)
    await store.close()
