"""Codes with their sentences, and roles that include one another."""

from __future__ import annotations

import string
from itertools import pairwise

import pytest

from domain.identity import Role, role_violation
from domain.proposals.model import ProposalKind
from domain.proposals.registry import WRITES
from domain.reasons import RefundReason, RejectReason
from domain.rules import SENTENCES, Refused, Rule, broken, refuse_if
from tests.builders import a_staff

WRITTEN = """order_not_found not_authorised action_unavailable amount_not_positive currency_mismatch amount_precision
refund_exceeds_remaining amount_exceeds_line quantity_exceeds_refundable shipping_exceeds_remaining not_captured
payment_disputed refunds_blocked reason_required note_required evidence_required approval_required self_approval
insufficient_balance return_not_requested not_returnable already_in_return window_closed return_reason_required
fee_negative fees_exceed_refundable carrier_required tracking_invalid label_invalid label_unsupported
explanation_required communication_required received_exceeds_approved already_received supplier_amount_exceeds_cost
supplier_notes_required supplier_review_open supplier_result_exceeds_request open_proposal_exists proposal_decided
proposal_expired proposal_stale proposal_mismatch""".split()


def test_every_code_of_the_order_page_exists():
    assert set(WRITTEN) <= {rule.value for rule in Rule}


@pytest.mark.parametrize("rule", list(Rule))
def test_every_code_has_a_sentence_without_holes(rule):
    names = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[rule]) if name}
    assert names <= {"field", "limit", "value"}
    assert broken(rule, "amount", limit="38.00", value="52.00").message.endswith(".")


def test_a_sentence_names_limit_and_value():
    violation = broken(Rule.REFUND_EXCEEDS_REMAINING, "amount", limit="38.00", value="52.00")
    assert violation.message == "52.00 asked, 38.00 left to refund."


def test_a_refusal_carries_all_its_violations():
    with pytest.raises(Refused) as refusal:
        refuse_if([None, broken(Rule.REASON_REQUIRED), broken(Rule.NOTE_REQUIRED)])
    assert refusal.value.codes == ["reason_required", "note_required"]
    refuse_if([None])
    with pytest.raises(ValueError, match="at least one"):
        Refused()


def test_every_reason_has_a_label():
    assert all(reason.label for reason in [*RefundReason, *RejectReason])


def test_each_role_includes_the_ones_before_it():
    for lower, higher in pairwise(Role):
        assert higher.covers(lower)
        assert not lower.covers(higher)
        assert role_violation(a_staff(role=higher), lower) is None


def test_who_is_not_active_may_nothing():
    assert role_violation(a_staff(role=Role.FINANCE, active=False), Role.VIEWER) is not None


def test_every_kind_of_write_can_be_proposed_and_takes_no_unknown_field():
    assert set(WRITES) == set(ProposalKind)
    for kind, write in WRITES.items():
        assert write.kind is kind
        assert write.payload.model_config.get("extra") == "forbid"
