"""The action table, row by row. Order page, section 3."""

from __future__ import annotations

import pytest

from domain.actions import ActionName, available_actions, find_action
from domain.identity import Role
from domain.orders.model import Dispute, Fulfilment, Source
from domain.refunds.model import RefundLine, RefundStatus
from domain.returns.model import Inspection, ReturnLine, ReturnStatus
from domain.settings import MerchantSettings
from tests.builders import (
    NOW,
    a_line,
    a_payment,
    a_refund,
    a_return,
    a_review,
    a_staff,
    an_order,
)

VIEWER, AGENT = a_staff(role=Role.VIEWER), a_staff(role=Role.AGENT)
SUPERVISOR, FINANCE = a_staff(role=Role.SUPERVISOR), a_staff(role=Role.FINANCE)
ON_RETURNS = [
    "approve_return",
    "reject_return",
    "edit_return",
    "receive_return",
    "cancel_return",
    "close_return",
    "refund_return",
]


def state(order, name, actor=AGENT, subject=None, **settings):
    """``"available"``, or the code of the rule that disables it."""
    actions = available_actions(order, actor, MerchantSettings.model_validate(settings), NOW)
    action = find_action(actions, ActionName(name), subject)
    assert action.available == (action.code is None)
    assert action.available or action.sentence
    assert "{" not in action.sentence
    return "available" if action.code is None else action.code.value


def in_return(status, seen=None, **fields):
    order = an_order(lines=[a_line("mug", 1000, 2)])
    a_return(order, status, lines=[ReturnLine(line="mug", quantity=2, inspection=seen)], **fields)
    return order


def dropshipped(**fields):
    order = an_order(lines=[a_line("mug", 1000, source=Source.DROPSHIPPING, supplier_cost=600, **fields)])
    a_refund(order, 1000)
    return order


def test_every_row_of_the_table_is_there_whatever_the_order_holds():
    full = dropshipped()
    a_return(full)
    a_review(full)
    for order in (an_order(), full):
        names = [a.name for a in available_actions(order, AGENT, MerchantSettings(), NOW)]
        assert set(names) == set(ActionName)


# Refund


def test_a_paid_order_can_be_refunded():
    assert state(an_order(), "refund") == "available"


@pytest.mark.parametrize(
    ("payments", "code"),
    [
        ([a_payment(captured=0, authorised=5000)], "not_captured"),
        ([a_payment(captured=5000, voided=True)], "not_captured"),
        ([a_payment(captured=5000, dispute=Dispute.OPEN)], "payment_disputed"),
        ([a_payment(captured=5000, dispute=Dispute.LOST)], "payment_disputed"),
        ([a_payment(captured=5000, dispute=Dispute.WON)], "available"),
        ([a_payment("visa", 2500, dispute=Dispute.OPEN), a_payment("gift", 2500)], "available"),
    ],
)
def test_a_refund_needs_captured_money_that_is_not_disputed(payments, code):
    assert state(an_order(payments=payments), "refund") == code


@pytest.mark.parametrize("status", list(RefundStatus))
def test_a_refund_of_everything_leaves_nothing_unless_it_failed(status):
    order = an_order()
    a_refund(order, status=status)
    expected = "available" if status is RefundStatus.FAILED else "refund_exceeds_remaining"
    assert state(order, "refund") == expected


def test_a_blocked_order_or_shop_refunds_nothing():
    assert state(an_order(refunds_blocked=True), "refund") == "refunds_blocked"
    assert state(an_order(), "refund", refunds_blocked=True) == "refunds_blocked"


def test_what_is_all_in_open_returns_is_refunded_there():
    assert state(in_return(ReturnStatus.REQUESTED), "refund") == "action_unavailable"
    assert state(in_return(ReturnStatus.CANCELLED), "refund") == "available"


# Create return


def test_a_delivered_thing_can_come_back():
    assert state(an_order(), "create_return") == "available"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"source": Source.DIGITAL}, "not_returnable"),
        ({"final_sale": True}, "not_returnable"),
        ({"fulfilment": Fulfilment.UNFULFILLED}, "not_returnable"),
        ({"fulfilment": Fulfilment.PROCESSING}, "not_returnable"),
        ({"fulfilment": Fulfilment.SHIPPED}, "available"),
        ({"source": Source.PRINT_ON_DEMAND}, "available"),
    ],
)
def test_some_units_cannot_come_back(fields, code):
    assert state(an_order(lines=[a_line(**fields)]), "create_return") == code


def test_one_line_that_can_come_back_is_enough():
    order = an_order(lines=[a_line("song", 100, source=Source.DIGITAL), a_line("mug", 1000)])
    assert state(order, "create_return") == "available"


def test_refunded_units_and_units_in_open_returns_are_not_returned_again():
    order = an_order()
    a_refund(order)
    assert state(order, "create_return") == "not_returnable"
    assert state(in_return(ReturnStatus.IN_TRANSIT), "create_return") == "already_in_return"


def test_a_shop_may_start_no_returns():
    assert state(an_order(), "create_return", merchant_initiated_returns=False) == "action_unavailable"


# Actions on a return


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("requested", "available available action_unavailable action_unavailable available action_unavailable"),
        ("approved", "return_not_requested return_not_requested available available available action_unavailable"),
        ("in_transit", "return_not_requested return_not_requested available available available action_unavailable"),
        (
            "received",
            "return_not_requested return_not_requested already_received already_received already_received available",
        ),
        (
            "closed",
            "return_not_requested return_not_requested already_received already_received already_received "
            "action_unavailable",
        ),
        (
            "rejected",
            "return_not_requested return_not_requested action_unavailable action_unavailable action_unavailable "
            "action_unavailable",
        ),
        (
            "cancelled",
            "return_not_requested return_not_requested action_unavailable action_unavailable action_unavailable "
            "action_unavailable",
        ),
    ],
)  # fmt: skip
def test_what_each_status_of_a_return_allows(status, expected):
    seen = Inspection(good=2) if status in ("received", "closed") else None
    order = in_return(ReturnStatus(status), seen)
    names = ON_RETURNS[:-1]
    assert [state(order, name, SUPERVISOR, "return-1") for name in names] == expected.split()


@pytest.mark.parametrize("name", ON_RETURNS)
def test_without_a_return_each_is_disabled_once(name):
    order = an_order()
    assert state(order, name) == "action_unavailable"
    actions = available_actions(order, AGENT, MerchantSettings(), NOW)
    assert [a.subject for a in actions if a.name == name] == [None]


def test_two_returns_have_an_entry_each():
    order = in_return(ReturnStatus.REQUESTED)
    a_return(order, ReturnStatus.APPROVED, return_id="return-2", lines=[])
    assert state(order, "approve_return", subject="return-1") == "available"
    assert state(order, "approve_return", subject="return-2") == "return_not_requested"


def test_a_return_with_a_refund_is_not_cancelled():
    order = in_return(ReturnStatus.APPROVED)
    a_refund(order, 2000, settles_return="return-1")
    assert state(order, "cancel_return") == "action_unavailable"


def test_a_return_that_is_not_done_is_closed_by_a_supervisor_with_a_reason():
    order = in_return(ReturnStatus.RECEIVED, Inspection(good=2))
    assert state(order, "close_return", AGENT) == "action_unavailable"
    assert state(order, "close_return", VIEWER) == "not_authorised"
    assert state(order, "close_return", SUPERVISOR) == "available"
    action = find_action(
        available_actions(order, SUPERVISOR, MerchantSettings(), NOW), ActionName.CLOSE_RETURN
    )
    assert "needs a reason" in action.sentence


def test_a_return_that_is_done_is_closed_by_anybody():
    assert state(in_return(ReturnStatus.RECEIVED, Inspection(missing=2)), "close_return") == "available"


# Refund a return


@pytest.mark.parametrize(
    ("status", "now", "before_receipt"),
    [
        ("requested", "action_unavailable", "action_unavailable"),
        ("approved", "action_unavailable", "available"),
        ("in_transit", "action_unavailable", "available"),
        ("received", "available", "available"),
        ("closed", "action_unavailable", "action_unavailable"),
        ("rejected", "action_unavailable", "action_unavailable"),
        ("cancelled", "action_unavailable", "action_unavailable"),
    ],
)
def test_when_a_return_is_refunded(status, now, before_receipt):
    order = in_return(ReturnStatus(status), Inspection(good=2) if status == "received" else None)
    assert state(order, "refund_return") == now
    assert state(order, "refund_return", refund_before_receipt=True) == before_receipt


def test_a_return_worth_nothing_has_no_refund():
    assert (
        state(in_return(ReturnStatus.RECEIVED, Inspection(missing=2)), "refund_return")
        == "action_unavailable"
    )
    costly = in_return(ReturnStatus.RECEIVED, Inspection(good=2), return_fee=2000)
    assert state(costly, "refund_return") == "action_unavailable"


def test_what_closes_refunds_closes_the_refund_of_a_return():
    order = in_return(ReturnStatus.RECEIVED, Inspection(good=2))
    assert state(order, "refund_return", refunds_blocked=True) == "refunds_blocked"
    order.payments[0].dispute = Dispute.OPEN
    assert state(order, "refund_return") == "payment_disputed"
    order.payments[0].dispute = Dispute.NONE
    a_refund(order, 2000, lines=[])
    assert state(order, "refund_return") == "refund_exceeds_remaining"


def test_a_return_is_refunded_once():
    order = in_return(ReturnStatus.RECEIVED, Inspection(good=2))
    order.payments[0].captured = 9000
    lines = [RefundLine(line="mug", quantity=2, amount=2000)]
    refund = a_refund(order, 2000, lines=lines, settles_return="return-1")
    assert state(order, "refund_return") == "action_unavailable"
    refund.status = RefundStatus.FAILED
    assert state(order, "refund_return") == "available"
