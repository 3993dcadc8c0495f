"""Confirmation is a database fact: decided once, by an allowed person, on what they saw."""

from __future__ import annotations

import pytest

from domain.reasons import RefundReason
from domain.refunds.model import RefundLineRequest, RefundRequest
from domain.rules import Refused
from tests.contract.proposals.conftest import ANA, BEN, LEO, SAM, VIC


async def test_a_confirmed_refund_is_pending_its_money_set_aside_and_its_job_queued(shop):
    proposal = await shop.propose()
    decision = await shop.confirm(proposal)
    order, balances, total, jobs = await shop.books()
    assert decision.accepted
    assert decision.proposal.state.value == "confirmed"
    assert order["refunds"][0]["id"] == proposal.id
    assert order["refunds"][0]["status"] == "pending"
    assert balances["pending_settlement"] == 8000
    assert total == 0
    assert jobs == [proposal.id]


async def test_another_hash_decides_nothing(shop):
    proposal = await shop.propose()
    before = await shop.books()
    decision = await shop.confirm(proposal, sha256="0" * 64)
    assert [v.code.value for v in decision.refused] == ["proposal_mismatch"]
    assert await shop.books() == before
    assert await shop.state(proposal) == "open"


async def test_after_its_time_a_proposal_is_expired_and_pays_nothing(shop):
    proposal = await shop.propose()
    before = await shop.books()
    shop.clock.pass_time(minutes=30)
    decision = await shop.confirm(proposal)
    assert [v.code.value for v in decision.refused] == ["proposal_expired"]
    assert await shop.state(proposal) == "expired"
    assert await shop.books() == before


async def test_a_changed_order_makes_it_stale_and_a_fresh_one_takes_its_place(shop):
    proposal = await shop.propose()

    def change(uow):
        order = uow.orders.get(shop.order_id)
        order.address = "somewhere else"
        uow.orders.save(order)

    await shop.do(change)
    decision = await shop.confirm(proposal)
    assert decision.refused[0].code.value == "proposal_stale"
    assert decision.replacement.sha256 != proposal.sha256 or decision.replacement.id != proposal.id
    assert decision.replacement.supersedes == proposal.id
    assert await shop.state(proposal) == "stale"
    assert (await shop.order()).refunds == []


async def test_other_funding_at_the_moment_of_confirmation_makes_it_stale(shop):
    proposal = await shop.propose()
    shop.clock.pass_time(minutes=1)

    def settle(uow):
        order = uow.orders.get(shop.order_id)
        order.payments[0].settles_at = uow.now
        uow.orders.save(order, bump=False)

    await shop.do(settle)
    decision = await shop.confirm(proposal)
    assert decision.refused[0].code.value == "proposal_stale"
    assert (await shop.order()).refunds == []


@pytest.mark.parametrize("actor", [VIC, BEN])
async def test_who_may_not_confirm_for_others_is_refused(shop, actor):
    proposal = await shop.propose()
    before = await shop.books()
    decision = await shop.confirm(proposal, actor)
    assert [v.code.value for v in decision.refused] == ["not_authorised"]
    assert await shop.books() == before


async def test_a_viewer_proposes_nothing(shop):
    with pytest.raises(Refused) as refusal:
        await shop.propose(VIC)
    assert refusal.value.codes == ["not_authorised"]


async def test_two_people_pressing_at_once_refund_once_and_the_loser_is_told_who_won(shop):
    proposal = await shop.propose()
    decisions = await shop.together(*(shop.confirm(proposal, actor) for actor in [ANA, SAM] * 8))
    won = [d for d in decisions if d.accepted]
    lost = [d for d in decisions if not d.accepted]
    assert len(won) == 1
    assert {v.code.value for d in lost for v in d.refused} == {"proposal_decided"}
    winner = won[0].proposal.decided_by_name
    assert {v.value for d in lost for v in d.refused} == {winner}
    assert len((await shop.order()).refunds) == 1


async def test_above_the_proposers_limit_only_a_second_person_with_the_limit_confirms(shop):
    proposal = await shop.propose(quantity=2)
    own = await shop.confirm(proposal, ANA)
    weak = await shop.confirm(proposal, LEO)
    strong = await shop.confirm(proposal, SAM)
    assert [v.code.value for v in own.refused] == ["approval_required", "self_approval"]
    assert own.refused[0].limit == "50.00"
    assert own.refused[0].value == "80.00"
    assert [v.code.value for v in weak.refused] == ["approval_required"]
    assert strong.accepted
    assert strong.proposal.confirmed_by == "sam"


async def test_refunds_split_to_stay_under_the_limit_count_together_for_a_day(shop):
    first = await shop.propose()
    assert (await shop.confirm(first)).accepted
    second = await shop.propose()
    refused = await shop.confirm(second)
    assert refused.refused[0].code.value == "approval_required"
    assert refused.refused[0].value == "80.00"
    shop.clock.pass_time(hours=24)
    third = await shop.propose()
    assert (await shop.confirm(third)).accepted


async def test_an_edit_supersedes_and_the_old_card_decides_nothing(shop):
    first = await shop.propose()
    second = await shop.edit(first, amount=1500)
    assert second.supersedes == first.id
    assert second.sha256 != first.sha256
    late = await shop.confirm(first)
    assert late.refused[0].code.value == "proposal_decided"
    assert (await shop.confirm(second)).accepted
    assert (await shop.order()).refunds[0].amount == 1500


async def test_a_refused_edit_leaves_the_first_card_open(shop):
    first = await shop.propose()
    with pytest.raises(Refused) as refusal:
        await shop.edit(first, amount=999_999)
    assert "amount_exceeds_line" in refusal.value.codes
    assert await shop.state(first) == "open"
    assert (await shop.confirm(first)).accepted


async def test_an_order_has_one_open_proposal_and_the_second_person_is_told_whose(shop):
    await shop.propose(ANA)
    with pytest.raises(Refused) as refusal:
        await shop.propose(BEN)
    assert refusal.value.codes == ["open_proposal_exists"]
    assert refusal.value.violations[0].value == "Ana"


async def test_only_the_owner_or_a_supervisor_withdraws(shop):
    proposal = await shop.propose(ANA)
    denied = await shop.cancel(proposal, BEN)
    assert denied.refused[0].code.value == "not_authorised"
    assert (await shop.cancel(proposal, SAM)).accepted
    assert await shop.state(proposal) == "cancelled"


async def test_all_broken_rules_are_told_at_once_and_nothing_is_stored(shop):
    before = await shop.books()
    request = RefundRequest(
        currency="USD",
        shipping=500,
        lines=[RefundLineRequest(line="mug", quantity=9), RefundLineRequest(line="cup", quantity=1)],
    )
    with pytest.raises(Refused) as refusal:
        await shop.propose(request=request)
    assert {"currency_mismatch", "reason_required", "quantity_exceeds_refundable", "line_not_found"} <= set(
        refusal.value.codes
    )
    assert await shop.books() == before


async def test_the_same_line_twice_is_added_up_before_the_check(shop):
    lines = [RefundLineRequest(line="mug", quantity=2), RefundLineRequest(line="mug", quantity=2)]
    with pytest.raises(Refused) as refusal:
        await shop.propose(
            request=RefundRequest(currency="EUR", reason=RefundReason.CHANGED_MIND, lines=lines)
        )
    assert refusal.value.codes == ["quantity_exceeds_refundable"]
    assert refusal.value.violations[0].value == "4"
