"""A quality claim made in a proposal stays on the order, whatever becomes of it. Order page, section 4, rule 6."""

from __future__ import annotations

import pytest

from domain.identity import Role
from domain.proposals import service as proposals
from domain.proposals.model import ProposalKind
from domain.rules import Refused
from tests.builders import ANA, a_line, a_staff, an_order, put_order
from tests.unit.returns.desk import a_desk

GOODWILL = {"lines": [{"line": "mug", "quantity": 1}], "currency": "EUR", "reason": "goodwill"}
DAMAGED = {**GOODWILL, "reason": "damaged"}


@pytest.fixture
def desk():
    desk = a_desk()
    put_order(desk, an_order(lines=[a_line("mug", 1000, 3), a_line("vase", 500)]))
    return desk


def claims(desk):
    return [(c.reason.value, c.lines, c.made_by) for c in desk.orders.get("order-1").claims]


def refused(desk, kind, payload, actor=None):
    with pytest.raises(Refused) as refusal:
        proposals.propose(desk, actor or a_staff(), "order-1", kind, payload)
    return refusal.value.codes


def test_a_refund_refused_for_want_of_evidence_cannot_be_asked_for_as_goodwill(desk):
    assert refused(desk, ProposalKind.REFUND, DAMAGED) == ["evidence_required"]
    proposals.keep_claims(desk, a_staff(), "order-1", ProposalKind.REFUND, DAMAGED)
    assert claims(desk) == [("damaged", ["mug"], ANA)]
    assert refused(desk, ProposalKind.REFUND, GOODWILL) == ["evidence_required"]


def test_a_return_on_a_quality_issue_leaves_its_claim_when_it_is_withdrawn(desk):
    payload = {"lines": [{"line": "mug", "quantity": 1, "reason": "defective"}], "reason": "size_or_fit"}
    proposal = proposals.propose(desk, a_staff(), "order-1", ProposalKind.CREATE_RETURN, payload)
    proposals.cancel(desk, a_staff(), proposal.id)
    assert claims(desk) == [("defective", ["mug"], ANA)]
    assert refused(desk, ProposalKind.REFUND, GOODWILL) == ["evidence_required"]


def test_a_case_called_a_quality_issue_is_one_afterwards_too(desk):
    asked = {**GOODWILL, "quality_issue": True}
    proposals.keep_claims(desk, a_staff(), "order-1", ProposalKind.REFUND, asked)
    assert claims(desk) == [("not_as_described", ["mug"], ANA)]


def test_a_claim_is_made_once_and_leaves_the_version_alone(desk):
    before = desk.orders.get("order-1").version
    for _ in range(2):
        proposals.keep_claims(desk, a_staff(), "order-1", ProposalKind.REFUND, DAMAGED)
    assert len(claims(desk)) == 1
    assert desk.orders.get("order-1").version == before


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (ProposalKind.REFUND, GOODWILL),
        (ProposalKind.REFUND, {**DAMAGED, "lines": [{"line": "sofa", "quantity": 1}]}),
        (ProposalKind.REFUND, {"reason": "damaged"}),
        (ProposalKind.CANCEL_RETURN, {"return_id": "return-1", "note": "damaged"}),
    ],
)
def test_what_claims_nothing_of_this_order_leaves_nothing(desk, kind, payload):
    proposals.keep_claims(desk, a_staff(), "order-1", kind, payload)
    assert claims(desk) == []


def test_somebody_who_only_reads_claims_nothing(desk):
    proposals.keep_claims(desk, a_staff(role=Role.VIEWER), "order-1", ProposalKind.REFUND, DAMAGED)
    assert claims(desk) == []


PDF = b"%PDF-1.4\n%%EOF"


@pytest.mark.parametrize(
    ("content", "media_type", "value"),
    [
        (None, "application/pdf", "no file of that hash"),
        (b"<html>", "application/pdf", "it is neither"),
        (PDF, "image/png", "it says image/png and holds application/pdf"),
        (PDF + b" " * 100, "application/pdf", "it has 114 bytes"),
    ],
)
def test_a_label_is_the_stored_file_whatever_the_caller_says_it_is(desk, content, media_type, value):
    desk.merchant = desk.merchant.model_copy(
        update={"settings": desk.merchant.settings.model_copy(update={"label_max_bytes": 100})}
    )
    sha256 = "ab" * 32 if content is None else desk.files.put(content, "application/pdf", "label.pdf")
    payload = {
        "lines": [{"line": "mug", "quantity": 1}],
        "reason": "size_or_fit",
        "label": {"sha256": sha256, "media_type": media_type},
    }
    with pytest.raises(Refused) as refusal:
        proposals.propose(desk, a_staff(), "order-1", ProposalKind.CREATE_RETURN, payload)
    [violation] = refusal.value.violations
    assert (violation.code, violation.field, violation.value) == ("label_invalid", "label", value)
    assert desk.orders.get("order-1").returns == []


def test_a_stored_label_of_the_type_it_says_is_taken(desk):
    sha256 = desk.files.put(PDF, "application/pdf", "label.pdf")
    label = {"sha256": sha256, "media_type": "application/pdf"}
    payload = {"lines": [{"line": "mug", "quantity": 1}], "reason": "size_or_fit", "label": label}
    proposal = proposals.propose(desk, a_staff(), "order-1", ProposalKind.CREATE_RETURN, payload)
    assert proposal.preview.label
