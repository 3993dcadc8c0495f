"""Cancelling and closing a return, and who may."""

from __future__ import annotations

import pytest

from domain.identity import Role
from domain.orders.value import line_state
from domain.proposals.model import ProposalKind
from domain.refunds.model import RefundLine, RefundStatus
from domain.returns.model import Inspection, ReturnLine, ReturnStatus
from domain.returns.payloads import CancelReturn, CloseReturn, EditReturn, InspectedLine, ReceiveReturn
from tests.builders import a_line, a_refund, a_return, a_staff, an_order, facts_of
from tests.trying import codes, done, refused

EDIT, RECEIVE = ProposalKind.EDIT_RETURN, ProposalKind.RECEIVE_RETURN
CANCEL, CLOSE = ProposalKind.CANCEL_RETURN, ProposalKind.CLOSE_RETURN
ON_ITS_WAY = (ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT)
SUE = a_staff("sue", Role.SUPERVISOR)


def three_mugs(status=ReturnStatus.APPROVED, seen=None, **fields):
    """Three mugs at 10.00 in a return."""
    order = an_order(lines=[a_line("mug", 1000, 3)])
    a_return(order, status, lines=[ReturnLine(line="mug", quantity=3, inspection=seen)], **fields)
    return order


def edit(**fields) -> EditReturn:
    return EditReturn.model_validate({"return_id": "return-1", **fields})


def came(good=0, damaged=0, missing=0, line="mug", **fields) -> ReceiveReturn:
    entry = InspectedLine(line=line, good=good, damaged=damaged, missing=missing)
    return ReceiveReturn(return_id="return-1", inspection=[entry], **fields)


def cancel() -> CancelReturn:
    return CancelReturn(return_id="return-1")


def close(reason: str = "") -> CloseReturn:
    return CloseReturn(return_id="return-1", reason=reason)


def refund_of(order, quantity, amount, **fields):
    lines = [RefundLine(line="mug", quantity=quantity, amount=amount)]
    return a_refund(order, amount, lines=lines, settles_return="return-1", **fields)


# Cancel


@pytest.mark.parametrize("status", [ReturnStatus.REQUESTED, *ON_ITS_WAY])
def test_cancelling_frees_the_units(status):
    order = three_mugs(status)
    done(facts_of(order), CANCEL, cancel())
    assert order.returns[0].status == "cancelled"
    assert line_state(order, order.lines[0]).refundable_quantity == 3


@pytest.mark.parametrize("status", [ReturnStatus.RECEIVED, ReturnStatus.CLOSED])
def test_no_cancel_after_receipt(status):
    order = three_mugs(status, Inspection(good=3))
    assert refused(facts_of(order), CANCEL, cancel()) == [("already_received", "return", "", status.value)]


@pytest.mark.parametrize("status", [ReturnStatus.REJECTED, ReturnStatus.CANCELLED])
def test_what_has_ended_is_not_cancelled(status):
    order = three_mugs(status)
    expected = [("action_unavailable", "return", "", f"the return is {status.value}")]
    assert refused(facts_of(order), CANCEL, cancel()) == expected


def test_no_cancel_once_it_has_a_refund_that_did_not_fail():
    order = three_mugs(ReturnStatus.IN_TRANSIT)
    refund = refund_of(order, 3, 3000)
    expected = [("action_unavailable", "return", "", "a refund of this return exists already")]
    assert refused(facts_of(order), CANCEL, cancel()) == expected
    refund.status = RefundStatus.FAILED
    assert codes(facts_of(order), CANCEL, cancel()) == []


# Close


@pytest.mark.parametrize("status", [s for s in ReturnStatus if s != "received"])
def test_only_what_is_received_is_closed(status):
    assert codes(facts_of(three_mugs(status), SUE), CLOSE, close("lost")) == ["action_unavailable"]


def test_a_return_that_is_done_is_closed_by_anybody():
    order = three_mugs(ReturnStatus.RECEIVED, Inspection(missing=3))
    done(facts_of(order), CLOSE, close())
    assert order.returns[0].status == "closed"


@pytest.mark.parametrize("seen", [Inspection(good=3), Inspection(missing=2)])
def test_a_return_that_is_not_done_needs_a_supervisor_and_a_reason(seen):
    order = three_mugs(ReturnStatus.RECEIVED, seen)
    assert refused(facts_of(order), CLOSE, close()) == [
        ("not_authorised", "actor", "supervisor", "agent"),
        ("reason_required", "reason", "", ""),
    ]
    assert codes(facts_of(order), CLOSE, close("given up")) == ["not_authorised"]
    assert codes(facts_of(order, SUE), CLOSE, close(" ")) == ["reason_required"]
    done(facts_of(order, SUE), CLOSE, close("given up"))
    assert (order.returns[0].status, order.returns[0].close_reason) == ("closed", "given up")


@pytest.mark.parametrize(
    ("kind", "payload"),
    [(EDIT, edit(carrier="DHL")), (RECEIVE, came(good=1)), (CANCEL, cancel()), (CLOSE, close("x"))],
)
def test_a_viewer_and_an_unknown_return_are_refused(kind, payload):
    facts = facts_of(three_mugs(), a_staff(role=Role.VIEWER))
    assert refused(facts, kind, payload) == [("not_authorised", "actor", "agent", "viewer")]
    assert codes(facts_of(an_order()), kind, payload) == ["return_not_found"]
