"""Everything a provider can do to a refund, from the confirm to the books, on a database file."""

from __future__ import annotations

import asyncio

import pytest

from domain.proposals.model import ProposalState
from domain.refunds.model import RefundStatus
from tests.builders import a_payment, an_order
from tests.integration.execution.desk import open_desk, set_up

TWO = {"payments": [a_payment("visa", 3000), a_payment("gift", 2000)]}


@pytest.fixture
def made(tmp_path):
    """Opens a desk with one order of 50.00 and a provider that was told what to do."""

    async def make(*faults, **order):
        await set_up(tmp_path, an_order(**order), *faults)
        return open_desk(tmp_path)

    return make


async def outcome(desk):
    """Status and amount of the refund, how often money moved, and what the shop holds."""
    (refund,) = (await desk.order()).refunds
    total, held = await desk.money()
    assert total == 0
    return refund.status.value, refund.amount, len(desk.sandbox.effects()), held.get("pending_settlement", 0)


@pytest.mark.parametrize(
    ("faults", "ends"),
    [
        ([], ("succeeded", 5000, 1, 0)),
        (["decline"], ("failed", 5000, 0, 5000)),
        (["timeout_before"], ("succeeded", 5000, 1, 0)),
        (["timeout_after"], ("succeeded", 5000, 1, 0)),
        (["timeout_before", "decline"], ("failed", 5000, 0, 5000)),
        (["late"], ("succeeded", 5000, 1, 0)),
        (["late_decline"], ("failed", 5000, 0, 5000)),
        (["late", "lookup_timeout", "lookup_unavailable"], ("succeeded", 5000, 1, 0)),
        (["unavailable"] * 5, ("succeeded", 5000, 1, 0)),
        (["timeout_after", "unavailable", "lookup_timeout"], ("succeeded", 5000, 1, 0)),
        (["timeout_after", "timeout_after", "timeout_after"], ("succeeded", 5000, 1, 0)),
    ],
    ids=lambda value: "+".join(value) or "nothing" if isinstance(value, list) else "",
)
async def test_whatever_befalls_a_refund_it_ends_as_the_provider_says_and_happens_once(made, faults, ends):
    async with await made(*faults) as desk:
        await desk.confirm()
        await desk.work_until_done()
        assert await outcome(desk) == ends
        state = ProposalState.FAILED if ends[0] == "failed" else ProposalState.EXECUTED
        assert await desk.proposals() == [state]


@pytest.mark.parametrize(
    ("faults", "ends"),
    [
        ([], ("succeeded", 5000, 2, 0)),
        (["decline"], ("succeeded", 2000, 1, 3000)),
        (["succeed", "decline"], ("succeeded", 3000, 1, 2000)),
        (["decline", "decline"], ("failed", 5000, 0, 5000)),
        (["timeout_after", "decline"], ("succeeded", 3000, 1, 2000)),
        (["late", "timeout_before"], ("succeeded", 5000, 2, 0)),
    ],
    ids=lambda value: "+".join(value) or "nothing" if isinstance(value, list) else "",
)
async def test_a_refund_over_two_payments_ends_as_their_answers_add_up_to(made, faults, ends):
    async with await made(*faults, **TWO) as desk:
        await desk.confirm()
        await desk.work_until_done()
        assert await outcome(desk) == ends


async def test_a_time_out_leaves_the_refund_unknown_and_its_money_set_aside_until_it_is_cleared_up(made):
    async with await made("timeout_after") as desk:
        await desk.confirm()
        await desk.worker().run_once()
        assert await outcome(desk) == ("unknown", 5000, 1, 0)
        assert await desk.proposals() == [ProposalState.CONFIRMED]
        await desk.work_until_done()
        assert await outcome(desk) == ("succeeded", 5000, 1, 0)


async def test_a_refund_nobody_answers_about_goes_to_the_dead_letters_and_can_be_requeued(made):
    async with await made(*["timeout_after"] * 20, *["lookup_timeout"] * 20) as desk:
        await desk.confirm()
        await desk.work_until_done()
        assert await outcome(desk) == ("unknown", 5000, 1, 0)
        (dead,) = await desk.jobs("dead")
        assert dead.attempts == 8
        desk.clock.pass_time(hours=30)
        await desk.store.jobs.requeue(dead.id)
        await desk.work_until_done()
        assert (await outcome(desk))[:3] == ("unknown", 5000, 1)
        desk.sandbox.script()
        for _ in range(3):
            for job in await desk.jobs("dead"):
                await desk.store.jobs.requeue(job.id)
            await desk.work_until_done()
        assert await outcome(desk) == ("succeeded", 5000, 1, 0)


async def test_a_provider_that_forgot_the_key_is_asked_before_anything_is_sent(made):
    async with await made("timeout_after") as desk:
        await desk.confirm()
        await desk.worker().run_once()
        desk.clock.pass_time(hours=30)
        await desk.work_until_done()
        (refund,) = (await desk.order()).refunds
        assert refund.status is RefundStatus.SUCCEEDED
        assert len(desk.sandbox.effects()) == 1


async def test_a_failed_refund_can_be_made_again_as_a_new_one(made):
    async with await made("decline") as desk:
        first = await desk.confirm()
        await desk.work_until_done()
        second = await desk.confirm(again=True)
        await desk.work_until_done()
        ends = {refund.id: refund.status.value for refund in (await desk.order()).refunds}
        assert ends == {first: "failed", second: "succeeded"}
        assert [effect.key for effect in desk.sandbox.effects()] == [second]


async def test_every_state_of_a_refund_is_in_the_audit(made):
    async with await made("timeout_after") as desk:
        refund_id = await desk.confirm()
        await desk.work_until_done()
        rows = await desk.store.read("shop", lambda uow: uow.audit.events(subject=refund_id))
    kinds = [event.kind for _, event in reversed(rows)]
    assert kinds == [
        "proposal.opened",
        "proposal.confirmed",
        "refund.unknown",
        "refund.succeeded",
        "proposal.executed",
    ]


async def test_two_workers_on_one_job_make_one_refund(made):
    async with await made() as desk:
        await desk.confirm()
        await asyncio.gather(desk.worker("w1").run_once(), desk.worker("w2").run_once())
        assert await outcome(desk) == ("succeeded", 5000, 1, 0)


async def test_a_worker_that_comes_back_after_its_lease_changes_nothing(made):
    """The first is stuck in its call to the provider until the second has finished the job."""
    async with await made() as desk:
        await desk.confirm()
        stuck, go_on = asyncio.Event(), asyncio.Event()
        real = desk.provider

        class Slow:
            async def refund(self, request):
                answer = await real.refund(request)
                if not stuck.is_set():
                    stuck.set()
                    await go_on.wait()
                return answer

        desk.provider = Slow()
        first = asyncio.create_task(desk.worker("w1").run_once())
        await stuck.wait()
        desk.clock.pass_time(minutes=2)
        await desk.worker("w2").run_once()
        before = await desk.order()
        go_on.set()
        await first
        assert await desk.order() == before
        assert await outcome(desk) == ("succeeded", 5000, 1, 0)
        assert [job.kind for job in await desk.jobs("done")].count("execute_refund") == 1
