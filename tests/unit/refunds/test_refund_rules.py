"""Rules of the direct refund, each broken alone. Order page, section 4, "Refund"."""

from __future__ import annotations

import pytest

from domain.identity import Role
from domain.orders.model import Dispute
from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason
from domain.refunds.model import RefundLine, RefundLineRequest, RefundRequest, RefundStatus
from domain.returns.model import ReturnStatus
from tests.builders import (
    a_line,
    a_payment,
    a_refund,
    a_return,
    a_staff,
    an_order,
    facts_of,
)
from tests.trying import codes, planned, refused

REFUND = ProposalKind.REFUND


def asking(*lines: tuple, **fields) -> RefundRequest:
    """A request about ``(line, quantity[, amount])``; a change of mind unless told otherwise."""
    entries = [
        RefundLineRequest(line=entry[0], quantity=entry[1], amount=entry[2] if len(entry) > 2 else None)
        for entry in lines
    ]
    given = {"currency": "EUR", "reason": RefundReason.CHANGED_MIND, **fields}
    return RefundRequest.model_validate({"lines": entries, **given})


def two_lamps(**fields):
    """Two lamps at 20.00 each, shipping 5.00, all captured on one card."""
    return an_order(lines=[a_line("lamp", 2000, 2)], shipping=500, **fields)


def test_one_unit_gives_back_what_it_cost():
    plan = planned(facts_of(two_lamps()), REFUND, asking(("lamp", 1)))
    assert (plan.amount, [p.amount for p in plan.allocations]) == (2000, [2000])


def test_a_viewer_cannot_refund():
    facts = facts_of(two_lamps(), a_staff(role=Role.VIEWER))
    assert refused(facts, REFUND, asking(("lamp", 1))) == [("not_authorised", "actor", "agent", "viewer")]


def test_an_amount_of_zero_is_refused():
    facts = facts_of(two_lamps())
    expected = [("amount_not_positive", "amount", "0.00", "0.00")]
    assert refused(facts, REFUND, asking(("lamp", 1), amount=0)) == expected


def test_a_negative_amount_of_a_line_is_refused():
    facts = facts_of(two_lamps())
    expected = [("amount_not_positive", "amount", "0.00", "-1.00")]
    assert refused(facts, REFUND, asking(("lamp", 1, -100))) == expected


def test_a_negative_amount_of_the_order_is_refused():
    expected = [("amount_not_positive", "amount", "0.00", "-5.00")]
    assert refused(facts_of(two_lamps()), REFUND, asking(amount=-500)) == expected


def test_a_negative_line_does_not_hide_behind_a_positive_one():
    order = two_lamps()
    order.lines.append(a_line("vase", 1000))
    request = asking(("lamp", 1, 1000), ("vase", 1, -500))
    assert refused(facts_of(order), REFUND, request) == [("amount_not_positive", "amount", "0.00", "-5.00")]


def test_nothing_chosen_and_no_amount_is_refused():
    assert codes(facts_of(two_lamps()), REFUND, asking()) == ["amount_not_positive"]


def test_a_line_without_units_needs_its_amount_named():
    assert codes(facts_of(two_lamps()), REFUND, asking(("lamp", 0))) == ["amount_not_positive"]
    plan = planned(facts_of(two_lamps()), REFUND, asking(("lamp", 0, 300)))
    assert (plan.amount, plan.lines[0].quantity) == (300, 0)


def test_another_currency_is_refused():
    facts = facts_of(two_lamps())
    expected = [("currency_mismatch", "currency", "EUR", "USD")]
    assert refused(facts, REFUND, asking(("lamp", 1), currency="USD")) == expected


def test_more_than_was_captured_and_not_given_back_is_refused():
    order = two_lamps()
    a_refund(order, 2600, lines=[])
    expected = [("refund_exceeds_remaining", "amount", "19.00", "20.00")]
    assert refused(facts_of(order), REFUND, asking(("lamp", 1))) == expected


def test_the_limit_is_what_was_captured_and_not_what_was_authorised():
    order = two_lamps(payments=[a_payment(captured=1500, authorised=4500)])
    expected = [("refund_exceeds_remaining", "amount", "15.00", "20.00")]
    assert refused(facts_of(order), REFUND, asking(("lamp", 1))) == expected


@pytest.mark.parametrize("status", [RefundStatus.PENDING, RefundStatus.UNKNOWN, RefundStatus.SUCCEEDED])
def test_a_refund_that_is_not_failed_consumes_the_limit(status):
    order = two_lamps()
    a_refund(order, 4000, lines=[], status=status)
    assert codes(facts_of(order), REFUND, asking(amount=501)) == ["refund_exceeds_remaining"]


def test_a_failed_refund_gives_the_limit_and_the_units_back():
    order = two_lamps()
    lines = [RefundLine(line="lamp", quantity=2, amount=4000)]
    a_refund(order, 4000, lines=lines, status=RefundStatus.FAILED)
    assert planned(facts_of(order), REFUND, asking(("lamp", 2))).amount == 4000


def test_too_much_money_for_the_units_and_for_the_order_is_said_both_ways():
    facts = facts_of(two_lamps())
    expected = [
        ("refund_exceeds_remaining", "amount", "45.00", "100.00"),
        ("amount_exceeds_line", "amount", "20.00", "100.00"),
    ]
    assert refused(facts, REFUND, asking(("lamp", 1), amount=10000)) == expected


def test_more_than_the_units_cost_is_refused():
    facts = facts_of(two_lamps())
    expected = [("amount_exceeds_line", "amount", "20.00", "20.01")]
    assert refused(facts, REFUND, asking(("lamp", 1), amount=2001)) == expected
    assert refused(facts, REFUND, asking(("lamp", 1, 2001))) == expected


def test_more_units_than_are_left_are_refused():
    order = two_lamps()
    a_refund(order, 2000)
    expected = [("quantity_exceeds_refundable", "quantity", "1", "2")]
    assert refused(facts_of(order), REFUND, asking(("lamp", 2))) == expected


def test_units_in_an_open_return_are_not_refunded_beside_it():
    order = two_lamps()
    a_return(order, ReturnStatus.REQUESTED)
    expected = [("quantity_exceeds_refundable", "quantity", "1", "2")]
    assert refused(facts_of(order), REFUND, asking(("lamp", 2))) == expected


def test_the_same_line_twice_is_added_up_before_the_check():
    facts = facts_of(two_lamps())
    expected = [("quantity_exceeds_refundable", "quantity", "2", "3")]
    assert refused(facts, REFUND, asking(("lamp", 2), ("lamp", 1))) == expected


def test_a_line_of_another_order_is_refused():
    assert refused(facts_of(two_lamps()), REFUND, asking(("sofa", 1))) == [
        ("line_not_found", "line", "", "sofa")
    ]


def test_more_shipping_than_is_left_is_refused():
    order = two_lamps()
    a_refund(order, 200, lines=[], shipping=200)
    expected = [("shipping_exceeds_remaining", "shipping", "3.00", "3.01")]
    assert refused(facts_of(order), REFUND, asking(shipping=301)) == expected


def test_negative_shipping_is_refused():
    expected = [("amount_not_positive", "shipping", "0.00", "-1.00")]
    assert refused(facts_of(two_lamps()), REFUND, asking(("lamp", 1), shipping=-100)) == expected


def test_an_amount_below_its_own_shipping_is_refused():
    expected = [("field_invalid", "amount", "at least the shipping 5.00", "4.00")]
    assert refused(facts_of(two_lamps()), REFUND, asking(("lamp", 1), amount=400, shipping=500)) == expected


def test_a_total_that_is_not_the_sum_of_its_lines_is_refused():
    expected = [("field_invalid", "amount", "the lines and shipping add up to 10.00", "15.00")]
    assert refused(facts_of(two_lamps()), REFUND, asking(("lamp", 1, 1000), amount=1500)) == expected


def test_an_amount_of_the_order_leaves_what_open_returns_lay_claim_to():
    order = two_lamps()
    a_return(order, ReturnStatus.REQUESTED)
    expected = [("refund_exceeds_remaining", "amount", "25.00", "25.01")]
    assert refused(facts_of(order), REFUND, asking(amount=2501)) == expected
    assert planned(facts_of(order), REFUND, asking(amount=2500)).lines == []


def test_nothing_captured_nothing_refunded():
    order = two_lamps(payments=[a_payment(captured=0, authorised=4500)])
    assert refused(facts_of(order), REFUND, asking(("lamp", 1))) == [("not_captured", "amount", "0.00", "")]


def test_a_disputed_payment_gives_nothing():
    for dispute in (Dispute.OPEN, Dispute.LOST):
        order = two_lamps(payments=[a_payment(captured=4500, dispute=dispute)])
        expected = [("payment_disputed", "payment", "0.00", "Visa")]
        assert refused(facts_of(order), REFUND, asking(("lamp", 1))) == expected


def test_a_won_dispute_is_over():
    order = two_lamps(payments=[a_payment(captured=4500, dispute=Dispute.WON)])
    assert planned(facts_of(order), REFUND, asking(("lamp", 1))).amount == 2000


def test_other_payments_stay_refundable_beside_a_disputed_one():
    payments = [a_payment("visa", 3000, dispute=Dispute.OPEN), a_payment("gift", 1500)]
    order = two_lamps(payments=payments)
    plan = planned(facts_of(order), REFUND, asking(("lamp", 1), amount=1500))
    assert [(p.method, p.amount) for p in plan.allocations] == [("Gift", 1500)]
    expected = [("payment_disputed", "payment", "15.00", "Visa")]
    assert refused(facts_of(order), REFUND, asking(("lamp", 1))) == expected


def test_choosing_the_disputed_payment_is_refused():
    payments = [a_payment("visa", 3000, dispute=Dispute.OPEN), a_payment("gift", 1500)]
    request = asking(("lamp", 1), amount=100, payment="visa")
    assert codes(facts_of(two_lamps(payments=payments)), REFUND, request) == ["payment_disputed"]


def test_a_payment_of_another_order_cannot_be_chosen():
    expected = [("field_invalid", "payment", "a payment of this order", "amex")]
    assert refused(facts_of(two_lamps()), REFUND, asking(("lamp", 1), payment="amex")) == expected
