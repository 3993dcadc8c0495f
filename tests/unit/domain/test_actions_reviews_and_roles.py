"""Which actions are there on supplier reviews and evidence, and what roles take away."""

from __future__ import annotations

import pytest

from domain.actions import ActionName, available_actions, find_action
from domain.identity import Role
from domain.orders.model import Claim, Dispute, Evidence, EvidenceKind, Source
from domain.reasons import RefundReason
from domain.returns.model import ReturnStatus
from domain.settings import MerchantSettings
from domain.supplier_reviews.model import ReviewKind, ReviewStatus
from tests.builders import (
    ANA,
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


def state(order, name, actor=AGENT, subject=None, **settings):
    """``"available"``, or the code of the rule that disables it."""
    actions = available_actions(order, actor, MerchantSettings.model_validate(settings), NOW)
    action = find_action(actions, ActionName(name), subject)
    assert action.available == (action.code is None)
    assert action.available or action.sentence
    assert "{" not in action.sentence
    return "available" if action.code is None else action.code.value


def dropshipped(**fields):
    order = an_order(lines=[a_line("mug", 1000, source=Source.DROPSHIPPING, supplier_cost=600, **fields)])
    a_refund(order, 1000)
    return order


# Supplier reviews


def test_a_refunded_dropshipped_line_can_be_reviewed():
    assert state(dropshipped(), "request_supplier_review", subject="mug") == "available"


def test_without_a_cost_a_refund_or_a_supplier_there_is_nothing_to_review():
    free = dropshipped()
    free.lines[0].supplier_cost = 0
    untouched = dropshipped()
    untouched.refunds.clear()
    for order in (free, untouched, an_order()):
        assert state(order, "request_supplier_review") == "action_unavailable"


def test_a_line_whose_every_kind_is_under_review_waits():
    order = dropshipped()
    for kind in ReviewKind:
        assert state(order, "request_supplier_review") == "available"
        a_review(order, kind=kind, review_id=kind.value)
    assert state(order, "request_supplier_review") == "supplier_review_open"


@pytest.mark.parametrize("status", list(ReviewStatus))
def test_what_each_status_of_a_review_allows(status):
    order = dropshipped()
    review = a_review(order, status)
    expected = "available" if review.is_unfinished else "action_unavailable"
    assert state(order, "view_supplier_review", VIEWER, "review-1") == "available"
    assert state(order, "cancel_supplier_review", AGENT, "review-1") == expected
    assert state(order, "supplier_verdict", FINANCE, "review-1") == expected


def test_without_a_review_there_is_nothing_to_see():
    for name in ("view_supplier_review", "cancel_supplier_review", "supplier_verdict"):
        assert state(dropshipped(), name, FINANCE) == "action_unavailable"


def test_verdicts_are_for_finance():
    order = dropshipped()
    a_review(order)
    assert [state(order, "supplier_verdict", actor) for actor in (AGENT, SUPERVISOR)] == [
        "not_authorised"
    ] * 2


# Waive evidence


def claimed():
    order = an_order()
    order.claims.append(Claim(reason=RefundReason.DAMAGED, lines=["mug"], made_by=ANA, made_at=NOW))
    return order


def test_a_supervisor_waives_evidence_of_a_quality_issue_that_nothing_shows():
    assert state(claimed(), "waive_evidence", SUPERVISOR) == "available"
    assert state(claimed(), "waive_evidence", AGENT) == "not_authorised"
    assert state(an_order(), "waive_evidence", SUPERVISOR) == "action_unavailable"
    shown = claimed()
    shown.evidence.append(Evidence(sha256="a" * 64, kind=EvidenceKind.PHOTO, added_by=ANA, added_at=NOW))
    assert state(shown, "waive_evidence", SUPERVISOR) == "action_unavailable"


def test_a_case_can_know_of_a_quality_issue_before_the_order_does():
    actions = available_actions(an_order(), SUPERVISOR, MerchantSettings(), NOW, quality_issue=True)
    assert find_action(actions, ActionName.WAIVE_EVIDENCE).available


# Roles


def test_a_viewer_can_only_look():
    order = dropshipped()
    a_review(order)
    a_return(order, ReturnStatus.REQUESTED)
    actions = available_actions(order, VIEWER, MerchantSettings(), NOW)
    assert [a.name for a in actions if a.available] == ["view_supplier_review"]


def test_the_states_own_reason_comes_before_the_role():
    disputed = an_order(payments=[a_payment(dispute=Dispute.OPEN)])
    assert state(disputed, "refund", VIEWER) == "payment_disputed"
    assert state(an_order(), "refund", VIEWER) == "not_authorised"


def test_who_left_the_shop_does_nothing():
    gone = a_staff(role=Role.FINANCE, active=False)
    assert not any(a.available for a in available_actions(dropshipped(), gone, MerchantSettings(), NOW))


def test_a_missing_action_is_an_error():
    with pytest.raises(KeyError):
        find_action([], ActionName.REFUND)
