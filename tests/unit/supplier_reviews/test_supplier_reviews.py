"""Supplier reviews: each rule broken alone. Order page, section 4, "Supplier review"."""

from __future__ import annotations

from typing import Any

import pytest

from domain.balances.model import Account, EntryKind
from domain.identity import Role
from domain.orders.model import Evidence, EvidenceKind, Source
from domain.proposals.model import ProposalKind
from domain.proposals.registry import WRITES
from domain.refunds.model import RefundLine, RefundStatus
from domain.returns.model import ReturnLine, ReturnStatus
from domain.supplier_reviews.caps import review_cap
from domain.supplier_reviews.model import ReviewKind, ReviewStatus
from domain.supplier_reviews.payloads import CancelSupplierReview, RequestSupplierReview, SupplierVerdict
from tests.builders import ANA, NOW, a_line, a_refund, a_return, a_review, a_staff, an_order, facts_of
from tests.trying import codes, done, planned, refused, shown

REQUEST = ProposalKind.REQUEST_SUPPLIER_REVIEW
CANCEL, VERDICT = ProposalKind.CANCEL_SUPPLIER_REVIEW, ProposalKind.SUPPLIER_VERDICT
FIN = a_staff("fin", Role.FINANCE)
DROPPED: dict[str, Any] = {"source": Source.DROPSHIPPING, "supplier": "Acme", "supplier_cost": 720}


def asking(lines=("mug",), kind=ReviewKind.PRODUCT_COST, **fields) -> RequestSupplierReview:
    given = {"lines": list(lines), "kind": kind, "notes": "arrived broken", **fields}
    return RequestSupplierReview.model_validate(given)


def saying(verdict="approved", refunded=None, **fields) -> SupplierVerdict:
    given = {"review_id": "review-1", "verdict": verdict, "refunded": refunded, **fields}
    return SupplierVerdict.model_validate(given)


def refunded_mug(**fields):
    """A dropshipped mug at 20.00 that cost the shop 7.20, refunded to the customer."""
    order = an_order(lines=[a_line("mug", 2000, **{**DROPPED, **fields})])
    a_refund(order, 2000)
    return order


# Request


def test_without_an_amount_the_whole_cost_is_asked_for():
    order = refunded_mug()
    done(facts_of(order), REQUEST, asking())
    [review] = order.supplier_reviews
    assert (review.id, review.requested, review.status) == ("rev_1", 720, "requested")
    assert (review.requested_by, review.timeline[0].what, review.timeline[0].at) == ("ben", "requested", NOW)


def test_asking_the_supplier_moves_no_money_and_says_so():
    facts = facts_of(refunded_mug())
    preview = shown(facts, REQUEST, asking())
    assert (preview.amount, preview.review_kind, preview.facts["Supplier"]) == (720, "product_cost", "Acme")
    assert "nothing to the customer" in preview.warnings[0]
    assert done(facts, REQUEST, asking()).postings == []


@pytest.mark.parametrize("source", [Source.OWN, Source.PRINT_ON_DEMAND, Source.DIGITAL])
def test_only_dropshipped_lines_have_a_supplier(source):
    [(code, _, _, value)] = refused(facts_of(refunded_mug(source=source)), REQUEST, asking())
    assert (code, value) == ("action_unavailable", "Mug is not dropshipped, so no supplier bears its cost")


def test_a_cost_has_to_have_been_paid():
    [(code, _, _, value)] = refused(facts_of(refunded_mug(supplier_cost=0)), REQUEST, asking())
    assert (code, value) == ("action_unavailable", "no supplier cost was paid for Mug")


def test_a_refund_or_return_has_to_exist_on_the_line():
    order = refunded_mug()
    order.refunds[0].status = RefundStatus.FAILED
    [(code, _, _, value)] = refused(facts_of(order), REQUEST, asking())
    assert (code, value) == ("action_unavailable", "nothing of Mug was refunded or returned")
    for status in ReturnStatus:
        order.returns.clear()
        a_return(order, status)
        void = status in (ReturnStatus.REJECTED, ReturnStatus.CANCELLED)
        assert codes(facts_of(order), REQUEST, asking()) == (["action_unavailable"] if void else [])


def test_notes_are_required():
    assert refused(facts_of(refunded_mug()), REQUEST, asking(notes=" ")) == [
        ("supplier_notes_required", "notes", "", "")
    ]


def test_more_than_the_cost_is_refused():
    expected = [("supplier_amount_exceeds_cost", "amount", "7.20", "7.21")]
    assert refused(facts_of(refunded_mug()), REQUEST, asking(amount=721)) == expected
    assert codes(facts_of(refunded_mug()), REQUEST, asking(amount=721, kind=ReviewKind.ADJUSTMENT)) == [
        "supplier_amount_exceeds_cost"
    ]


def test_nothing_is_no_amount():
    expected = [("amount_not_positive", "amount", "0", "0.00")]
    assert refused(facts_of(refunded_mug()), REQUEST, asking(amount=0)) == expected


@pytest.mark.parametrize("status", [ReviewStatus.REQUESTED, ReviewStatus.UNDER_REVIEW])
def test_one_unfinished_review_a_line_and_kind(status):
    order = refunded_mug()
    a_review(order, status)
    expected = [("supplier_review_open", "line", "Mug", status.value)]
    assert refused(facts_of(order), REQUEST, asking()) == expected
    assert codes(facts_of(order), REQUEST, asking(kind=ReviewKind.ADJUSTMENT)) == []


@pytest.mark.parametrize(
    ("status", "got", "left"),
    [
        (ReviewStatus.PARTIALLY_APPROVED, 500, 220),
        (ReviewStatus.REJECTED, 0, 720),
        (ReviewStatus.CANCELLED, 0, 720),
    ],
)
def test_what_earlier_reviews_got_is_not_asked_for_again(status, got, left):
    order = refunded_mug()
    a_review(order, status, refunded=got)
    assert planned(facts_of(order), REQUEST, asking()).amount == left
    assert codes(facts_of(order), REQUEST, asking(amount=left + 1)) == ["supplier_amount_exceeds_cost"]


def test_a_cost_that_was_given_back_whole_leaves_nothing_to_ask_for():
    order = refunded_mug()
    a_review(order, ReviewStatus.APPROVED, requested=720, refunded=720)
    assert codes(facts_of(order), REQUEST, asking()) == ["supplier_amount_exceeds_cost"]


def test_what_one_review_got_for_two_lines_is_shared_by_their_cost():
    order = refunded_mug()
    order.lines.append(a_line("vase", 1000, **{**DROPPED, "supplier_cost": 240}))
    a_review(order, ReviewStatus.APPROVED, lines=["mug", "vase"], refunded=480)
    assert review_cap(order, ["mug"], ReviewKind.PRODUCT_COST) == 360
    assert review_cap(order, ["vase"], ReviewKind.PRODUCT_COST) == 120
    assert review_cap(order, ["mug", "vase"], ReviewKind.PRODUCT_COST) == 480


def test_a_return_cost_is_asked_for_as_far_as_it_is_documented_and_once():
    order = refunded_mug()
    order.lines.append(a_line("vase", 1000, **DROPPED))
    cost = ReviewKind.RETURN_COST
    assert codes(facts_of(order), REQUEST, asking(kind=cost)) == ["supplier_amount_exceeds_cost"]
    lines = [ReturnLine(line="mug", quantity=1), ReturnLine(line="vase", quantity=1)]
    a_return(order, ReturnStatus.APPROVED, lines=lines, return_cost=450)
    assert planned(facts_of(order), REQUEST, asking(kind=cost)).amount == 450
    assert codes(facts_of(order), REQUEST, asking(kind=cost, amount=451)) == ["supplier_amount_exceeds_cost"]
    a_review(order, kind=cost, requested=450)
    assert codes(facts_of(order), REQUEST, asking(["vase"], cost)) == ["supplier_amount_exceeds_cost"]


def test_evidence_has_to_be_on_the_order():
    order = refunded_mug()
    item = Evidence(sha256="a" * 64, kind=EvidenceKind.PHOTO, added_by=ANA, added_at=NOW)
    assert codes(facts_of(order), REQUEST, asking(evidence=[item.sha256])) == ["field_invalid"]
    order.evidence.append(item)
    assert codes(facts_of(order), REQUEST, asking(evidence=[item.sha256])) == []


def test_a_viewer_asks_for_nothing():
    facts = facts_of(refunded_mug(), a_staff(role=Role.VIEWER))
    assert codes(facts, REQUEST, asking()) == ["not_authorised"]


def test_several_broken_rules_are_reported_together():
    order = refunded_mug()
    a_review(order)
    assert codes(facts_of(order), REQUEST, asking(["mug", "sofa"], notes="")) == [
        "supplier_review_open",
        "line_not_found",
        "supplier_notes_required",
    ]
    assert codes(facts_of(refunded_mug()), REQUEST, asking(notes="", amount=-1)) == [
        "supplier_notes_required",
        "amount_not_positive",
    ]


# Cancel


@pytest.mark.parametrize("status", list(ReviewStatus))
def test_only_an_unfinished_review_is_cancelled(status):
    order = refunded_mug()
    review = a_review(order, status)
    payload = CancelSupplierReview(review_id="review-1", note="sent twice")
    if review.is_unfinished:
        done(facts_of(order), CANCEL, payload)
        assert (review.status, review.timeline[-1].what) == ("cancelled", "cancelled: sent twice")
    else:
        assert codes(facts_of(order), CANCEL, payload) == ["action_unavailable"]


def test_an_unknown_review_is_refused():
    payload = CancelSupplierReview(review_id="nope")
    assert refused(facts_of(an_order()), CANCEL, payload) == [
        ("supplier_review_not_found", "review_id", "", "nope")
    ]
    assert codes(facts_of(an_order(), FIN), VERDICT, saying(review_id="nope")) == [
        "supplier_review_not_found"
    ]


# Verdict


def test_what_is_granted_is_credited_to_the_fund_account():
    order = refunded_mug()
    review = a_review(order)
    facts = facts_of(order, FIN, held={Account.FUND: 100})
    preview = shown(facts, VERDICT, saying())
    assert (preview.balances_before["fund"], preview.balances_after["fund"]) == (100, 600)
    [posting] = done(facts, VERDICT, saying()).postings
    assert (posting.source, posting.target, posting.amount) == (Account.SUPPLIERS, Account.FUND, 500)
    assert posting.kind is EntryKind.SUPPLIER_RECOVERY
    assert (review.status, review.refunded) == ("approved", 500)
    assert [event.what for event in review.timeline] == ["under review", "approved 5.00"]


def test_a_part_is_a_partial_approval_whatever_it_is_called():
    for verdict in ("approved", "partially_approved"):
        order = refunded_mug()
        review = a_review(order, ReviewStatus.UNDER_REVIEW)
        done(facts_of(order, FIN), VERDICT, saying(verdict, 200, reason="used"))
        assert (review.status, review.refunded, review.reason) == ("partially_approved", 200, "used")
    whole = planned(facts_of(order_with_review(), FIN), VERDICT, saying("partially_approved", 500))
    assert whole.status == "approved"


def order_with_review(status=ReviewStatus.REQUESTED, **fields):
    order = refunded_mug()
    a_review(order, status, **fields)
    return order


def test_a_rejection_moves_nothing_and_shows_its_reason():
    order = order_with_review()
    effects = done(facts_of(order, FIN), VERDICT, saying("rejected", reason="no fault found"))
    [review] = order.supplier_reviews
    assert (effects.postings, review.status, review.refunded) == ([], "rejected", 0)
    assert review.reason == "no fault found"


def test_a_rejection_needs_its_reason_and_grants_nothing():
    facts = facts_of(order_with_review(), FIN)
    assert refused(facts, VERDICT, saying("rejected")) == [("reason_required", "reason", "", "")]
    assert refused(facts, VERDICT, saying("rejected", 100, reason="no")) == [
        ("supplier_result_exceeds_request", "refunded", "0.00", "1.00")
    ]


def test_more_than_was_requested_is_refused():
    assert refused(facts_of(order_with_review(), FIN), VERDICT, saying(refunded=501)) == [
        ("supplier_result_exceeds_request", "refunded", "5.00", "5.01")
    ]


def test_more_than_the_cost_of_the_line_is_refused_even_where_more_was_requested():
    facts = facts_of(order_with_review(requested=900), FIN)
    assert refused(facts, VERDICT, saying()) == [("supplier_amount_exceeds_cost", "refunded", "7.20", "9.00")]


def test_a_grant_has_to_be_above_zero_and_a_partial_one_has_to_be_named():
    facts = facts_of(order_with_review(), FIN)
    for nothing in (0, -1):
        assert codes(facts, VERDICT, saying(refunded=nothing)) == ["amount_not_positive"]
    assert codes(facts, VERDICT, saying("partially_approved")) == ["field_invalid"]


@pytest.mark.parametrize("status", [s for s in ReviewStatus if s not in ("requested", "under_review")])
def test_a_verdict_comes_once(status):
    assert codes(facts_of(order_with_review(status), FIN), VERDICT, saying()) == ["action_unavailable"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AGENT, Role.SUPERVISOR])
def test_verdicts_are_entered_and_confirmed_by_finance(role):
    facts = facts_of(order_with_review(), a_staff(role=role))
    assert refused(facts, VERDICT, saying()) == [("not_authorised", "actor", "finance", role.value)]
    write, fine = WRITES[VERDICT], facts_of(order_with_review(), FIN)
    plan = planned(fine, VERDICT, saying())
    assert [v.code for v in write.approval(fine, plan, a_staff(role=role))] == ["not_authorised"]
    assert write.approval(fine, plan, FIN) == []


def test_a_refund_of_another_line_is_none_of_this_one():
    order = an_order(lines=[a_line("mug", 2000, **DROPPED), a_line("vase", 1000)])
    a_refund(order, 1000, lines=[RefundLine(line="vase", quantity=1, amount=1000)])
    assert codes(facts_of(order), REQUEST, asking()) == ["action_unavailable"]
