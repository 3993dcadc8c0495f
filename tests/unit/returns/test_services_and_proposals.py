"""Services beside proposals: what they leave open, and what goes through one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.orders import service as orders
from domain.orders.model import Evidence, EvidenceKind, Source
from domain.proposals import service as proposals
from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason
from domain.returns.payloads import Units
from domain.returns.service import ReturnRequest, request_return
from domain.rules import Refused
from domain.supplier_reviews.payloads import Outcome, SupplierVerdict
from domain.supplier_reviews.service import import_verdict
from tests.builders import NOW, a_line, a_refund, a_review, a_staff, an_order, put_order
from tests.unit.returns.desk import a_desk


def a_picture(**fields) -> Evidence:
    given = {"sha256": "a" * 64, "kind": EvidenceKind.PHOTO, "added_by": "?", "added_at": NOW, **fields}
    return Evidence.model_validate(given)


@pytest.fixture
def desk():
    desk = a_desk()
    put_order(desk, an_order(lines=[a_line("mug", 1000, 3), a_line("song", 100, source="digital")]))
    return desk


def asking(quantity=1, **fields) -> ReturnRequest:
    given = {"request_id": "web-77", "lines": [Units(line="mug", quantity=quantity)], **fields}
    return ReturnRequest.model_validate(given)


def order_of(desk):
    return desk.orders.get("order-1")


# Through proposals


def confirmed(desk, kind, payload, actor=None):
    actor = actor or a_staff()
    proposal = proposals.propose(desk, actor, "order-1", kind, payload)
    decision = proposals.confirm(desk, actor, proposal.id, proposal.sha256)
    assert decision.accepted, decision.refused
    return decision.proposal


def test_a_return_from_the_customers_request_to_the_refund(desk):
    ret = request_return(desk, "order-1", asking(2, reason=RefundReason.SIZE_OR_FIT))
    approve = {"return_id": ret.id, "return_fee": {"amount": 200}, "carrier": "DHL", "tracking": "1234567890"}
    confirmed(desk, ProposalKind.APPROVE_RETURN, approve)
    confirmed(desk, ProposalKind.EDIT_RETURN, {"return_id": ret.id, "in_transit": True})
    received = {"return_id": ret.id, "inspection": [{"line": "mug", "good": 1, "damaged": 1}]}
    confirmed(desk, ProposalKind.RECEIVE_RETURN, received)
    refund = {"settles_return": ret.id, "currency": "EUR", "reason": "size_or_fit"}
    proposal = confirmed(desk, ProposalKind.REFUND, refund)
    order = order_of(desk)
    assert (order.refund(proposal.id).amount, order.returns[0].status) == (1800, "received")
    assert proposal.state == "confirmed"


def test_a_merchant_return_gets_the_id_of_its_proposal(desk):
    payload = {"lines": [{"line": "mug", "quantity": 1}], "reason": "size_or_fit"}
    proposal = confirmed(desk, ProposalKind.CREATE_RETURN, payload)
    [ret] = order_of(desk).returns
    assert ret.id == proposal.id.replace("prop_", "ret_") == proposal.preview.return_id
    assert proposal.state == "executed"


def test_a_request_that_comes_in_makes_an_open_proposal_stale(desk):
    payload = {"lines": [{"line": "mug", "quantity": 3}], "reason": "size_or_fit"}
    proposal = proposals.propose(desk, a_staff(), "order-1", ProposalKind.CREATE_RETURN, payload)
    request_return(desk, "order-1", asking())
    decision = proposals.confirm(desk, a_staff(), proposal.id, proposal.sha256)
    assert [v.code for v in decision.refused] == ["proposal_stale", "already_in_return"]
    assert len(order_of(desk).returns) == 1


def test_evidence_that_comes_in_leaves_an_open_proposal_as_it_is(desk):
    payload = {"lines": [{"line": "mug", "quantity": 3}], "reason": "size_or_fit"}
    proposal = proposals.propose(desk, a_staff(), "order-1", ProposalKind.CREATE_RETURN, payload)
    orders.add_evidence(desk, a_staff(), "order-1", a_picture())
    assert proposals.confirm(desk, a_staff(), proposal.id, proposal.sha256).accepted


def test_a_payload_with_a_field_too_many_is_refused(desk):
    payload = {"lines": [{"line": "mug", "quantity": 1}], "reason": "size_or_fit", "approved": True}
    with pytest.raises(Refused, match="field_invalid"):
        proposals.propose(desk, a_staff(), "order-1", ProposalKind.CREATE_RETURN, payload)


def test_the_suppliers_import_is_a_proposal_like_any_other(desk):
    order = order_of(desk)
    line = order.line("mug")
    line.source, line.supplier_cost = Source.DROPSHIPPING, 600
    a_refund(order, 1000, created_at=NOW - timedelta(days=1))
    a_review(order)
    desk.orders.save(order)
    verdict = SupplierVerdict(review_id="review-1", verdict=Outcome.PARTIALLY_APPROVED, refunded=300)
    decision = import_verdict(desk, "order-1", verdict)
    assert decision.accepted
    assert decision.proposal.confirmed_by == "system"
    assert order_of(desk).supplier_reviews[0].refunded == 300
    assert desk.ledger.held("fund") == 300
