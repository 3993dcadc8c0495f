"""Reasons, evidence, waivers and the balance: one test breaks one rule of a refund."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.balances.model import Account
from domain.identity import Role
from domain.orders.model import Claim, Evidence, EvidenceKind, Fulfilment
from domain.proposals.model import ProposalKind
from domain.reasons import QUALITY_REASONS, RefundReason
from domain.refunds.model import RefundLineRequest, RefundRequest, Waiver
from tests.builders import (
    ANA,
    NOW,
    a_line,
    a_payment,
    a_refund,
    a_staff,
    an_order,
    facts_of,
)
from tests.trying import codes, planned, refused, shown

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


def proof(sha256: str = "a" * 64, kind: EvidenceKind = EvidenceKind.PHOTO, **fields) -> Evidence:
    return Evidence(sha256=sha256, kind=kind, added_by=ANA, added_at=NOW, **fields)


def test_the_chosen_payment_goes_first_and_the_oldest_next():
    old, new = (
        a_payment("old", 3000, captured_at=NOW - timedelta(days=3)),
        a_payment("new", 1500),
    )
    order = two_lamps(payments=[old, new])
    plan = planned(facts_of(order), REFUND, asking(("lamp", 1), payment="new"))
    assert [(p.payment, p.amount) for p in plan.allocations] == [("new", 1500), ("old", 500)]
    plan = planned(facts_of(order), REFUND, asking(("lamp", 2)))
    assert [(p.payment, p.amount) for p in plan.allocations] == [("old", 3000), ("new", 1000)]


def test_a_blocked_order_and_a_blocked_shop_refund_nothing():
    blocked = facts_of(two_lamps(refunds_blocked=True))
    assert refused(blocked, REFUND, asking(("lamp", 1))) == [("refunds_blocked", "order", "", "order")]
    blocked = facts_of(two_lamps(), refunds_blocked=True)
    assert refused(blocked, REFUND, asking(("lamp", 1))) == [("refunds_blocked", "order", "", "shop")]


def test_a_refund_without_a_reason_is_refused():
    assert refused(facts_of(two_lamps()), REFUND, asking(("lamp", 1), reason=None)) == [
        ("reason_required", "reason", "", "")
    ]


def test_other_needs_a_note():
    request = asking(("lamp", 1), reason=RefundReason.OTHER, note="  ")
    assert refused(facts_of(two_lamps()), REFUND, request) == [("note_required", "note", "", "")]
    assert codes(facts_of(two_lamps()), REFUND, request.model_copy(update={"note": "loyal"})) == []


@pytest.mark.parametrize("reason", sorted(QUALITY_REASONS))
def test_a_quality_reason_needs_evidence(reason):
    needed = "a photo, a video or the customer's clear description"
    assert refused(facts_of(two_lamps()), REFUND, asking(("lamp", 1), reason=reason)) == [
        ("evidence_required", "evidence", needed, "0")
    ]


def test_goodwill_is_no_way_around_a_claim_that_stands_on_the_order():
    claim = Claim(reason=RefundReason.DAMAGED, lines=["lamp"], made_by=ANA, made_at=NOW)
    order = two_lamps(claims=[claim])
    assert codes(facts_of(order), REFUND, asking(("lamp", 1), reason=RefundReason.GOODWILL)) == [
        "evidence_required"
    ]
    order.claims[0].retracted_at = NOW
    assert codes(facts_of(order), REFUND, asking(("lamp", 1), reason=RefundReason.GOODWILL)) == []


def test_a_case_about_a_quality_issue_keeps_the_rule_whatever_reason_is_chosen():
    request = asking(("lamp", 1), quality_issue=True)
    assert codes(facts_of(two_lamps()), REFUND, request) == ["evidence_required"]


@pytest.mark.parametrize(
    "item",
    [
        proof(kind=EvidenceKind.PHOTO),
        proof(kind=EvidenceKind.VIDEO),
        proof(kind=EvidenceKind.DESCRIPTION, text="The shade is cracked."),
    ],
)
def test_photo_video_and_a_clear_description_count(item):
    request = asking(("lamp", 1), reason=RefundReason.DAMAGED, evidence=[item.sha256])
    assert codes(facts_of(two_lamps(evidence=[item])), REFUND, request) == []


@pytest.mark.parametrize(
    "item",
    [
        proof(kind=EvidenceKind.DOCUMENT),
        proof(kind=EvidenceKind.DESCRIPTION, text="It is cracked here."),
        proof(kind=EvidenceKind.DESCRIPTION, text="It   is   cracked   here."),
        proof(kind=EvidenceKind.DESCRIPTION, text="- - - - - - - - - - - - - - - broken"),
        proof(kind=EvidenceKind.DESCRIPTION, text="The shade is cracked.", source="staff"),
        proof(lines=["vase"]),
    ],
)
def test_papers_a_few_words_and_pictures_of_other_things_do_not_count(item):
    order = two_lamps(evidence=[item])
    order.lines.append(a_line("vase", 0))
    request = asking(("lamp", 1), reason=RefundReason.DAMAGED, evidence=[item.sha256])
    assert codes(facts_of(order), REFUND, request) == ["evidence_required"]


def test_evidence_that_is_not_on_the_order_does_not_count():
    request = asking(("lamp", 1), reason=RefundReason.DAMAGED, evidence=["b" * 64])
    assert codes(facts_of(two_lamps(evidence=[proof()])), REFUND, request) == ["evidence_required"]


def test_above_the_shops_threshold_only_photo_or_video_count():
    words = proof(kind=EvidenceKind.DESCRIPTION, text="The shade is cracked.")
    request = asking(("lamp", 1), reason=RefundReason.DAMAGED, evidence=[words.sha256])
    order = two_lamps(evidence=[words])
    above = facts_of(order, photo_required_above={"EUR": 1999})
    assert refused(above, REFUND, request) == [("evidence_required", "evidence", "a photo or video", "1")]
    assert codes(facts_of(order, photo_required_above={"EUR": 2000}), REFUND, request) == []


def test_a_shop_may_take_no_descriptions_at_all():
    words = proof(kind=EvidenceKind.DESCRIPTION, text="The shade is cracked.")
    request = asking(("lamp", 1), reason=RefundReason.DAMAGED, evidence=[words.sha256])
    facts = facts_of(two_lamps(evidence=[words]), description_counts=False)
    assert refused(facts, REFUND, request) == [("evidence_required", "evidence", "a photo or video", "1")]


def test_a_supervisors_named_waiver_with_a_note_stands_in_for_evidence():
    boss = a_staff("sue", Role.SUPERVISOR)
    waiver = Waiver(by="sue", role="supervisor", note="customer since 2009")
    request = asking(("lamp", 1), reason=RefundReason.DAMAGED, waiver=waiver)
    assert shown(facts_of(two_lamps(), boss), REFUND, request).waived_by == "sue"
    empty = request.model_copy(update={"waiver": Waiver(by="sue", role="supervisor", note=" ")})
    assert codes(facts_of(two_lamps(), boss), REFUND, empty) == ["evidence_required"]


def test_a_waiver_counts_by_who_proposes_and_not_by_what_it_says():
    waiver = Waiver(by=ANA, role="supervisor", note="trust me")
    request = asking(("lamp", 1), reason=RefundReason.DAMAGED, waiver=waiver)
    assert codes(facts_of(two_lamps()), REFUND, request) == ["evidence_required", "not_authorised"]


def test_an_empty_account_refuses_the_refund():
    facts = facts_of(two_lamps(), held={Account.PENDING_SETTLEMENT: 1200, Account.AVAILABLE: 300})
    expected = [("insufficient_balance", "amount", "15.00", "20.00")]
    assert refused(facts, REFUND, asking(("lamp", 1))) == expected


def test_money_comes_from_the_unsettled_sale_then_available_then_reserved_where_allowed():
    held = {Account.PENDING_SETTLEMENT: 500, Account.AVAILABLE: 700, Account.RESERVED: 5000}
    assert codes(facts_of(two_lamps(), held=held), REFUND, asking(("lamp", 1))) == ["insufficient_balance"]
    plan = planned(facts_of(two_lamps(), held=held, refund_from_reserved=True), REFUND, asking(("lamp", 1)))
    assert [(p.account, p.amount) for p in plan.funding] == [
        ("pending_settlement", 500),
        ("available", 700),
        ("reserved", 800),
    ]


def test_a_negative_balance_is_used_only_where_the_shop_allows_it():
    plan = planned(facts_of(two_lamps(), held={}, negative_balance=True), REFUND, asking(("lamp", 1)))
    assert [(p.account, p.amount) for p in plan.funding] == [("available", 2000)]


def test_several_broken_rules_are_reported_together():
    request = asking(("lamp", 3), ("sofa", 1), currency="USD", reason=None, shipping=501, quality_issue=True)
    assert codes(facts_of(two_lamps()), REFUND, request) == [
        "currency_mismatch",
        "reason_required",
        "quantity_exceeds_refundable",
        "line_not_found",
        "shipping_exceeds_remaining",
        "evidence_required",
    ]


def test_units_that_were_not_shipped_are_cancelled_and_said_so():
    order = an_order(lines=[a_line("lamp", 2000, 2, fulfilment=Fulfilment.PROCESSING)])
    preview = shown(facts_of(order), REFUND, asking(("lamp", 1)))
    assert preview.cancelled_units == 1
    assert any("not shipped any more" in warning for warning in preview.warnings)


def test_a_refund_of_everything_back_says_that_nothing_is_left():
    order = two_lamps()
    a_refund(order, 4500)
    expected = [("refund_exceeds_remaining", "amount", "0.00", "20.00")]
    assert refused(facts_of(order), REFUND, asking(("lamp", 1), amount=2000)) == expected
