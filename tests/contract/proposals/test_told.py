"""What the channels are told of a proposal: what they must show or ask for, and nothing that moves no card."""

from __future__ import annotations

from domain.notices import NOTIFY
from tests.contract.proposals.conftest import ANA, SAM


async def told(shop, proposal):
    jobs = await shop.store.jobs.jobs()
    return [
        job.payload["event"]
        for job in jobs
        if job.kind == NOTIFY and job.payload["proposal_id"] == proposal.id and job.payload["order_id"]
    ]


async def test_a_proposal_its_proposer_may_confirm_tells_nobody(shop):
    assert await told(shop, await shop.propose(ANA, quantity=1)) == []


async def test_above_the_proposers_limit_those_who_may_confirm_are_asked(shop):
    proposal = await shop.propose(ANA, quantity=3)
    assert await told(shop, proposal) == ["approval_needed"]


async def test_cards_hear_of_a_cancelled_and_of_a_superseded_proposal(shop):
    first = await shop.propose(ANA)
    second = await shop.edit(first, ANA, quantity=1, note="as agreed")
    await shop.cancel(second, SAM)
    assert (await told(shop, first), await told(shop, second)) == (["superseded"], ["cancelled"])


async def test_cards_hear_of_a_proposal_that_ran_out(shop):
    proposal = await shop.propose(ANA)
    shop.clock.pass_time(minutes=30)
    await shop.confirm(proposal, ANA)
    assert await told(shop, proposal) == ["expired"]
