"""Proposals: one open one an order, decided once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.ports import ConcurrentChange
from domain.proposals.model import ProposalState
from tests.builders import NOW, a_proposal, an_order
from tests.contract.storage.conftest import OTHER

OPEN, CONFIRMED = ProposalState.OPEN, ProposalState.CONFIRMED
ORDER = an_order()


def proposed(proposal_id, state=OPEN, order=ORDER, minutes=0):
    return a_proposal(order, proposal_id, state).model_copy(
        update={"created_at": NOW + timedelta(minutes=minutes)}
    )


async def test_a_proposal_comes_back_as_it_was_stored(write, read):
    proposal = proposed("prop_1")
    await write(lambda uow: uow.proposals.add(proposal))
    assert await read(lambda uow: uow.proposals.get("prop_1")) == proposal
    assert await read(lambda uow: uow.proposals.get("prop_2")) is None
    assert await read(lambda uow: uow.proposals.get("prop_1"), OTHER) is None


async def test_an_order_has_one_open_proposal_at_most(write, read):
    await write(lambda uow: uow.proposals.add(proposed("prop_1")))
    with pytest.raises(ConcurrentChange):
        await write(lambda uow: uow.proposals.add(proposed("prop_2")))
    assert [p.id for p in await read(lambda uow: uow.proposals.for_order(ORDER.id))] == ["prop_1"]
    await write(lambda uow: uow.proposals.add(proposed("prop_3", CONFIRMED)))
    await write(lambda uow: uow.proposals.add(proposed("prop_1")), OTHER)


async def test_of_many_that_propose_at_once_one_does(store, read):
    def propose(uow, i):
        if uow.proposals.open_for_order(ORDER.id):
            return False
        uow.proposals.add(proposed(f"prop_{i}"))
        return True

    won = await asyncio.gather(*(store.write("shop", lambda uow, i=i: propose(uow, i)) for i in range(20)))
    assert sum(won) == 1
    assert (await read(lambda uow: uow.proposals.open_for_order(ORDER.id))).id == f"prop_{won.index(True)}"


async def test_the_database_itself_refuses_a_second_open_one(write, sql):
    await write(lambda uow: uow.proposals.add(proposed("prop_1")))
    copy = (
        "insert into proposals select merchant_id, 'prop_2', order_id, kind, state, sha256, created_by, created_at, "
        "expires_at, decided_at, doc from proposals"
    )
    with pytest.raises(Exception, match=r"(?i)unique"):
        sql(copy)


async def test_lists_are_ordered_and_hold_what_they_should(write, read):
    second = an_order("order-2")

    def fill(uow):
        uow.proposals.add(proposed("prop_aaaaaa", minutes=2))
        uow.proposals.add(proposed("prop_bbbbbb", CONFIRMED, minutes=1))
        uow.proposals.add(proposed("prop_ccaaaa", order=second, minutes=1))

    await write(fill)
    assert (await read(lambda uow: uow.proposals.open_for_order(ORDER.id))).id == "prop_aaaaaa"
    assert await read(lambda uow: uow.proposals.open_for_order("order-9")) is None
    for_order = await read(lambda uow: uow.proposals.for_order(ORDER.id))
    assert [p.id for p in for_order] == ["prop_bbbbbb", "prop_aaaaaa"]
    assert [p.id for p in await read(lambda uow: uow.proposals.list_open())] == ["prop_ccaaaa", "prop_aaaaaa"]
    assert [p.id for p in await read(lambda uow: uow.proposals.list_open(1))] == ["prop_ccaaaa"]
    assert [p.id for p in await read(lambda uow: uow.proposals.find_open("aaaa"))] == [
        "prop_ccaaaa",
        "prop_aaaaaa",
    ]
    assert [p.id for p in await read(lambda uow: uow.proposals.find_open("aaaaaa"))] == ["prop_aaaaaa"]
    assert await read(lambda uow: uow.proposals.find_open("bbbbbb")) == []
    assert await read(lambda uow: uow.proposals.find_open("%")) == []
    assert await read(lambda uow: uow.proposals.find_open("")) == []
    assert await read(lambda uow: uow.proposals.list_open(), OTHER) == []


async def test_a_decision_is_stored_with_who_and_when(write, read):
    await write(lambda uow: uow.proposals.add(proposed("prop_1")))

    def decide(uow):
        proposal = uow.proposals.get("prop_1")
        proposal.state, proposal.decided_by, proposal.decided_at = CONFIRMED, "ana", NOW
        return uow.proposals.decide(proposal, OPEN)

    assert await write(decide) is True
    stored = await read(lambda uow: uow.proposals.get("prop_1"))
    assert (stored.state, stored.decided_by, stored.decided_at) == (CONFIRMED, "ana", NOW)
    assert await write(lambda uow: uow.proposals.decide(stored, OPEN)) is False
    assert await write(lambda uow: uow.proposals.decide(proposed("prop_9"), OPEN)) is False
    assert await write(lambda uow: uow.proposals.decide(proposed("prop_1"), CONFIRMED), OTHER) is False


async def test_a_work_may_decide_what_it_added_and_decide_again(write, read):
    def add_and_decide(uow):
        proposal = proposed("prop_1")
        uow.proposals.add(proposal)
        for state, expected in ((CONFIRMED, OPEN), (ProposalState.EXECUTED, CONFIRMED)):
            proposal.state = state
            assert uow.proposals.decide(proposal, expected)
        assert not uow.proposals.decide(proposal, OPEN)

    await write(add_and_decide)
    assert (await read(lambda uow: uow.proposals.get("prop_1"))).state is ProposalState.EXECUTED


async def test_a_new_one_may_take_the_place_of_one_withdrawn_in_the_same_work(write, read):
    await write(lambda uow: uow.proposals.add(proposed("prop_1")))

    def supersede(uow):
        old = uow.proposals.get("prop_1")
        old.state = ProposalState.SUPERSEDED
        assert uow.proposals.decide(old, OPEN)
        uow.proposals.add(proposed("prop_2"))

    await write(supersede)
    assert (await read(lambda uow: uow.proposals.open_for_order(ORDER.id))).id == "prop_2"


async def test_of_sixty_four_who_decide_at_once_one_wins_each_time(store, write, read):
    for turn in range(3):
        proposal_id = f"prop_{turn}"
        await write(lambda uow, i=proposal_id: uow.proposals.add(proposed(i)))

        def decide(uow, who, proposal_id=proposal_id):
            proposal = uow.proposals.get(proposal_id)
            proposal.state, proposal.decided_by = CONFIRMED, f"staff-{who}"
            return uow.proposals.decide(proposal, OPEN)

        works = [store.write("shop", lambda uow, who=who, d=decide: d(uow, who)) for who in range(64)]
        won = await asyncio.gather(*works)
        assert sum(won) == 1
        stored = await read(lambda uow, i=proposal_id: uow.proposals.get(i))
        assert stored.decided_by == f"staff-{won.index(True)}"
