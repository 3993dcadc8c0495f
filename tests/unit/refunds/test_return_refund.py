"""The refund that settles a return: received value less fees. Order page, section 4, "Receive"."""

from __future__ import annotations

import pytest

from domain.identity import Role
from domain.orders.model import Claim, Dispute
from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason
from domain.refunds.model import RefundLineRequest, RefundRequest, RefundStatus
from domain.returns.model import Inspection, ReturnLine, ReturnStatus
from domain.returns.payloads import ReceiveReturn
from tests.builders import ANA, NOW, a_line, a_payment, a_refund, a_return, a_staff, an_order, facts_of
from tests.trying import codes, done, planned, refused, shown

REFUND = ProposalKind.REFUND


def settling(**fields) -> RefundRequest:
    given = {
        "currency": "EUR",
        "reason": RefundReason.CHANGED_MIND,
        "settles_return": "return-1",
        **fields,
    }
    return RefundRequest.model_validate(given)


def three_mugs_back(
    good=2, damaged=1, missing=0, *, status=ReturnStatus.RECEIVED, fee=0, restocking=0, **fields
):
    """Three mugs at 10.00 in a return."""
    order = an_order(lines=[a_line("mug", 1000, 3)], **fields)
    seen = Inspection(good=good, damaged=damaged, missing=missing) if status == "received" else None
    lines = [ReturnLine(line="mug", quantity=3, restocking_fee=restocking, inspection=seen)]
    a_return(order, status, lines=lines, return_fee=fee)
    return order


def test_good_and_damaged_units_are_worth_their_full_value():
    plan = planned(facts_of(three_mugs_back()), REFUND, settling())
    assert (plan.amount, plan.lines[0].quantity) == (3000, 3)


def test_missing_units_are_worth_nothing():
    plan = planned(facts_of(three_mugs_back(good=1, damaged=0, missing=2)), REFUND, settling())
    assert (plan.amount, plan.lines[0].quantity) == (1000, 1)


def test_fees_are_taken_off():
    preview = shown(facts_of(three_mugs_back(fee=300, restocking=450)), REFUND, settling())
    assert (preview.amount, preview.amount_after_fees) == (2250, 2250)
    assert preview.fees == {"return_fee": 300, "restocking_fee": 450}


def test_fees_agreed_for_more_than_came_back_are_cut_and_the_preview_says_so():
    order = three_mugs_back(good=1, damaged=0, missing=2, fee=900, restocking=300)
    expected = [("action_unavailable", "refund", "", "after fees nothing is left to refund")]
    assert refused(facts_of(order), REFUND, settling()) == expected
    order = an_order(lines=[a_line("mug", 1000, 3)])
    lines = [ReturnLine(line="mug", quantity=3, inspection=Inspection(good=1, missing=2))]
    a_return(order, lines=lines, return_fee=999)
    assert planned(facts_of(order), REFUND, settling()).amount == 1


def test_more_than_received_value_less_fees_is_refused():
    expected = [("amount_exceeds_line", "amount", "27.00", "27.01")]
    assert refused(facts_of(three_mugs_back(fee=300)), REFUND, settling(amount=2701)) == expected


def test_less_than_it_is_worth_needs_a_note_on_why():
    order = three_mugs_back()
    assert refused(facts_of(order), REFUND, settling(amount=2500)) == [
        ("note_required", "value_note", "", "")
    ]
    plan = planned(facts_of(order), REFUND, settling(amount=2500, value_note="one handle is off"))
    assert plan.amount == 2500


def test_amounts_given_line_by_line_are_kept():
    order = three_mugs_back()
    lines = [RefundLineRequest(line="mug", quantity=3, amount=2100)]
    plan = planned(facts_of(order), REFUND, settling(lines=lines, value_note="one handle is off"))
    assert (plan.amount, plan.lines[0].amount) == (2100, 2100)


def test_fewer_units_than_were_received_are_not_silently_taken_as_all():
    lines = [RefundLineRequest(line="mug", quantity=1)]
    assert codes(facts_of(three_mugs_back()), REFUND, settling(lines=lines)) == ["field_invalid"]


def test_more_units_than_were_received_are_refused():
    order = three_mugs_back(good=2, damaged=0, missing=1)
    lines = [RefundLineRequest(line="mug", quantity=3)]
    assert refused(facts_of(order), REFUND, settling(lines=lines)) == [
        ("quantity_exceeds_refundable", "quantity", "2", "3")
    ]


def test_an_unknown_return_is_refused():
    assert refused(facts_of(an_order()), REFUND, settling()) == [
        ("return_not_found", "settles_return", "", "return-1")
    ]


@pytest.mark.parametrize("status", [ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT])
def test_before_receipt_only_where_the_shop_allows_it(status):
    order = three_mugs_back(status=status)
    assert codes(facts_of(order), REFUND, settling()) == ["action_unavailable"]
    assert planned(facts_of(order, refund_before_receipt=True), REFUND, settling()).amount == 3000


@pytest.mark.parametrize("status", [ReturnStatus.REQUESTED, ReturnStatus.REJECTED, ReturnStatus.CANCELLED])
def test_what_was_never_agreed_is_not_refunded(status):
    order = three_mugs_back(status=status)
    assert codes(facts_of(order, refund_before_receipt=True), REFUND, settling()) == ["action_unavailable"]


def test_a_return_is_refunded_once():
    order = three_mugs_back()
    done(facts_of(order), REFUND, settling())
    order.payments[0].captured += 5000
    expected = [("action_unavailable", "refund", "", "what came back has a refund already")]
    assert refused(facts_of(order, new_id="prop_2"), REFUND, settling()) == expected


def test_everything_else_in_open_returns_does_not_close_the_return_itself():
    order = three_mugs_back()
    assert planned(facts_of(order), REFUND, settling()).amount == 3000


def test_a_disputed_payment_gives_nothing_for_a_return_either():
    order = three_mugs_back(payments=[a_payment(captured=3000, dispute=Dispute.OPEN)])
    assert codes(facts_of(order), REFUND, settling()) == ["payment_disputed"]


def test_what_is_left_on_the_order_limits_the_return_and_the_preview_says_so():
    order = three_mugs_back()
    a_refund(order, 1200, lines=[])
    preview = shown(facts_of(order), REFUND, settling())
    assert preview.amount == 1800
    assert any("only 18.00 EUR is left" in warning for warning in preview.warnings)


def test_receipt_and_inspection_take_the_place_of_evidence():
    order = three_mugs_back()
    assert codes(facts_of(order), REFUND, settling(reason=RefundReason.DAMAGED)) == []


def test_before_receipt_a_quality_issue_still_needs_evidence():
    order = three_mugs_back(status=ReturnStatus.APPROVED)
    facts = facts_of(order, refund_before_receipt=True)
    assert codes(facts, REFUND, settling(reason=RefundReason.DAMAGED)) == ["evidence_required"]
    order.returns[0].reason = RefundReason.DAMAGED
    assert codes(facts, REFUND, settling(reason=RefundReason.GOODWILL)) == ["evidence_required"]


def test_a_claim_about_another_line_does_not_hold_up_the_return():
    order = three_mugs_back(status=ReturnStatus.APPROVED)
    order.lines.append(a_line("vase", 0))
    order.claims.append(Claim(reason=RefundReason.DAMAGED, lines=["vase"], made_by=ANA, made_at=NOW))
    assert codes(facts_of(order, refund_before_receipt=True), REFUND, settling()) == []


def test_a_restocking_fee_is_taken_off_its_own_line():
    order = an_order(lines=[a_line("mug", 1000), a_line("vase", 3000)])
    lines = [
        ReturnLine(line="mug", quantity=1, inspection=Inspection(good=1)),
        ReturnLine(line="vase", quantity=1, inspection=Inspection(good=1), restocking_fee=600),
    ]
    a_return(order, lines=lines)
    plan = planned(facts_of(order), REFUND, settling())
    assert [(p.line, p.amount) for p in plan.lines] == [("mug", 1000), ("vase", 2400)]


def test_a_viewer_refunds_no_return():
    facts = facts_of(three_mugs_back(), a_staff(role=Role.VIEWER))
    assert codes(facts, REFUND, settling()) == ["not_authorised"]


def test_several_broken_rules_are_reported_together():
    order = three_mugs_back()
    request = settling(amount=3001, reason=None, shipping=1, currency="USD")
    assert codes(facts_of(order), REFUND, request) == [
        "currency_mismatch",
        "reason_required",
        "refund_exceeds_remaining",
        "shipping_exceeds_remaining",
    ]


def test_fees_kept_by_a_refund_before_receipt_are_not_cut_again_when_the_goods_come():
    order = three_mugs_back(status=ReturnStatus.APPROVED, fee=300)
    done(facts_of(order, refund_before_receipt=True), REFUND, settling())
    order.refunds[0].status = RefundStatus.SUCCEEDED
    received = ReceiveReturn(return_id="return-1", all_good=True)
    preview = shown(facts_of(order), ProposalKind.RECEIVE_RETURN, received)
    assert preview.warnings == ["Nothing is left to refund: the return closes by itself."]
    assert preview.fees == {"return_fee": 0, "restocking_fee": 0}
