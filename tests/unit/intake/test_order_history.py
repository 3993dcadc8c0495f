"""Prior refunds, returns and supplier reviews of a document: checked in sequence, posted at their own dates."""

from __future__ import annotations

import pytest

from domain.balances.model import Account, EntryKind
from domain.orders.value import line_state, refundable_now, remaining
from domain.refunds.model import RefundStatus
from domain.returns.model import Inspection
from tests.unit.intake.papers import a_line, paid, refusals, taken_in, the_order

THREE = {"lines": [a_line(quantity=3, unit_price="10.00", tax="1.00")], "payments": paid("31.00")}


def a_refund(amount, quantity=1, sku="CUP", **fields):
    return {"amount": amount, "lines": [{"sku": sku, "quantity": quantity}], **fields}


def a_return(quantity=1, status="requested", sku="CUP", **fields):
    return {"status": status, "lines": [{"sku": sku, "quantity": quantity}], **fields}


def test_units_refunded_one_by_one_add_up_to_what_was_paid_with_their_tax():
    order = the_order(**THREE, refunds=[a_refund("10.34"), a_refund("10.33"), a_refund("10.33")])
    assert remaining(order) == 0
    assert [refund.tax for refund in order.refunds] == [34, 33, 33]


def test_a_lower_amount_is_a_partial_refund_of_its_units():
    order = the_order(**THREE, refunds=[a_refund("5.00", 2)])
    assert (order.refunds[0].lines[0].amount, order.refunds[0].reason) == (500, "other")
    assert line_state(order, order.lines[0]).refundable_amount == 2600


def test_what_is_above_the_units_is_shipping_where_there_is_some():
    order = the_order(shipping="5.00", payments=paid("25.00"), refunds=[a_refund("23.00")])
    assert (order.refunds[0].shipping, order.refunds[0].lines[0].amount) == (300, 2000)


def test_a_refund_may_name_no_line():
    order = the_order(**THREE, refunds=[{"amount": "3.10"}])
    assert (order.refunds[0].lines, order.refunds[0].tax) == ([], 10)


def test_a_failed_refund_takes_nothing_and_posts_nothing():
    intake = taken_in(refunds=[a_refund("20.00", status="failed")])
    assert remaining(intake.order) == 2000
    assert [p.kind for p in intake.postings] == [EntryKind.CHARGE]


@pytest.mark.parametrize("status", ["pending", "unknown", "succeeded"])
def test_every_other_refund_takes_its_money(status):
    intake = taken_in(refunds=[a_refund("20.00", status=status)])
    assert remaining(intake.order) == 0
    assert intake.order.refunds[0].allocations[0].status == RefundStatus(status)
    assert [p.kind for p in intake.postings] == [EntryKind.CHARGE, EntryKind.REFUND]


def test_the_oldest_payment_gives_first_and_the_next_one_the_rest():
    order = the_order(
        payments=[*paid("12.00", method="gift card"), *paid("8.00")], refunds=[a_refund("15.00")]
    )
    assert [(a.payment, a.amount) for a in order.refunds[0].allocations] == [("P1", 1200), ("P2", 300)]


def test_a_refund_is_funded_by_the_sales_own_money_while_it_was_unsettled():
    intake = taken_in(refunds=[a_refund("5.00", created_at="2026-02-22T09:00:00Z")])
    refund = intake.postings[1]
    assert (refund.source, refund.target, refund.at.day) == (
        Account.PENDING_SETTLEMENT,
        Account.CUSTOMERS,
        22,
    )
    assert refund.settlement_id == intake.settlements[0].id


def test_a_refund_after_the_settlement_was_funded_from_available():
    intake = taken_in(refunds=[a_refund("5.00", created_at="2026-02-28T09:00:00Z")])
    assert (intake.postings[1].source, intake.postings[1].settlement_id) == (Account.AVAILABLE, None)


def test_units_refunded_before_they_were_shipped_are_cancelled():
    lines = [a_line(quantity=2, unit_price="10.00", fulfilment="unfulfilled")]
    order = the_order(lines=lines, refunds=[a_refund("10.00")])
    assert order.refunds[0].lines[0].cancelled == 1


@pytest.mark.parametrize(
    ("fields", "rule", "field"),
    [
        ({"refunds": [a_refund("31.01", 3)]}, "amount_exceeds_line", "refunds[0].amount"),
        ({"refunds": [{"amount": "31.01"}]}, "refund_exceeds_remaining", "refunds[0].amount"),
        ({"refunds": [a_refund("0")]}, "amount_not_positive", "refunds[0].amount"),
        ({"refunds": [a_refund("40.00", 4)]}, "quantity_exceeds_refundable", "refunds[0].lines[0].quantity"),
        (
            {"refunds": [a_refund("20.67", 2), a_refund("20.67", 2)]},
            "quantity_exceeds_refundable",
            "refunds[1].lines[0].quantity",
        ),
        ({"refunds": [a_refund("9.00", 1, "HAT")]}, "line_not_found", "refunds[0].lines[0].sku"),
        (
            {"refunds": [a_refund("9.00", shipping="1.00")]},
            "shipping_exceeds_remaining",
            "refunds[0].shipping",
        ),
        (
            {"refunds": [a_refund("9.00", settles_return="X")]},
            "return_not_found",
            "refunds[0].settles_return",
        ),
        ({"returns": [a_return(4)]}, "quantity_exceeds_refundable", "returns[0].lines[0].quantity"),
        ({"returns": [a_return(2), a_return(2)]}, "already_in_return", "returns[1].lines[0].quantity"),
        ({"returns": [a_return(1, return_fee="10.35")]}, "fees_exceed_refundable", "returns[0].return_fee"),
        (
            {"returns": [a_return(1, "received", inspection=[{"sku": "CUP", "good": 2}])]},
            "received_exceeds_approved",
            "returns[0].inspection[0]",
        ),
        (
            {"returns": [a_return(1, "approved", inspection=[{"sku": "CUP", "good": 1}])]},
            "field_invalid",
            "returns[0].inspection",
        ),
    ],
)
def test_sums_that_make_no_sense_are_refused_with_their_field(fields, rule, field):
    assert (rule, field) in refusals(**THREE, **fields)


def test_the_same_id_twice_is_refused():
    twice = [a_return(1, "closed", id="R"), a_return(1, "closed", id="R")]
    assert refusals(**THREE, returns=twice) == [("field_invalid", "returns[1].id")]


def test_a_sku_that_stands_twice_means_the_first_line_with_room():
    lines = [a_line("CUP", 1, "10.00"), a_line("CUP", 2, "12.00")]
    order = the_order(lines=lines, payments=paid("34.00"), refunds=[a_refund("24.00", 2), a_refund("10.00")])
    assert [refund.lines[0].line for refund in order.refunds] == ["L2", "L1"]


def test_units_in_an_open_return_wait_there():
    order = the_order(**THREE, returns=[a_return(2, customer_words="zu klein")])
    state = line_state(order, order.lines[0])
    assert (state.in_open_returns, state.refundable_quantity) == (2, 1)
    assert (order.returns[0].id, order.returns[0].customer_words) == ("RT1", "zu klein")
    assert refundable_now(order) == 3100 - 2066


def test_a_refund_that_settles_a_return_takes_its_units_only_once():
    order = the_order(
        **THREE,
        returns=[a_return(3, "received", id="R")],
        refunds=[a_refund("31.00", 3, settles_return="R")],
    )
    assert line_state(order, order.lines[0]).refundable_quantity == 0
    assert order.returns[0].lines[0].inspection == Inspection(good=3)


def test_units_an_inspection_does_not_name_are_missing():
    seen = [{"sku": "CUP", "good": 1, "damaged": 1}]
    order = the_order(**THREE, returns=[a_return(3, "received", inspection=seen)])
    assert order.returns[0].lines[0].inspection == Inspection(good=1, damaged=1, missing=1)


def test_a_restocking_fee_is_shared_over_the_lines_by_value():
    lines = [a_line("A", 1, "10.00"), a_line("B", 1, "30.00")]
    both = {"lines": [{"sku": "A", "qty": 1}, {"sku": "B", "qty": 1}], "restocking_fee": "4.00"}
    order = the_order(lines=lines, payments=paid("40.00"), returns=[both])
    assert [entry.restocking_fee for entry in order.returns[0].lines] == [100, 300]


REVIEW = {"lines": ["CUP"], "kind": "product_cost", "requested": "7.20", "notes": "cracked"}
DROPSHIPPED = {"lines": [a_line(source="dropshipping", supplier_cost="7.20")]}


def test_what_a_supplier_granted_went_to_the_fund_account():
    intake = taken_in(**DROPSHIPPED, supplier_reviews=[{**REVIEW, "status": "approved"}])
    recovery = intake.postings[-1]
    assert (recovery.source, recovery.target, recovery.amount) == (Account.SUPPLIERS, Account.FUND, 720)
    assert intake.order.supplier_reviews[0].refunded == 720


def test_a_review_that_is_not_decided_moves_nothing():
    intake = taken_in(**DROPSHIPPED, supplier_reviews=[{**REVIEW, "status": "under_review"}])
    assert [p.kind for p in intake.postings] == [EntryKind.CHARGE]


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        ({"requested": "7.21"}, "supplier_amount_exceeds_cost", "requested"),
        ({"refunded": "7.21", "status": "approved"}, "supplier_result_exceeds_request", "refunded"),
        ({"refunded": "1.00", "status": "rejected"}, "supplier_result_exceeds_request", "refunded"),
    ],
)
def test_a_supplier_cannot_be_asked_or_have_granted_too_much(change, rule, field):
    assert refusals(**DROPSHIPPED, supplier_reviews=[{**REVIEW, **change}]) == [
        (rule, f"supplier_reviews[0].{field}")
    ]


@pytest.mark.parametrize(
    "status", ["requested", "approved", "in_transit", "received", "rejected", "cancelled"]
)
def test_a_quality_reason_of_a_return_is_a_claim_that_stands_on_the_order(status):
    order = the_order(**THREE, returns=[a_return(status=status, reason="damaged", customer_words="a crack")])
    [claim] = order.claims
    assert (claim.reason, claim.lines, claim.quote) == ("damaged", [order.lines[0].id], "a crack")


@pytest.mark.parametrize(("status", "reason"), [("requested", "changed_mind"), ("closed", "damaged")])
def test_other_reasons_and_returns_that_are_over_claim_nothing(status, reason):
    assert the_order(**THREE, returns=[a_return(status=status, reason=reason)]).claims == []
