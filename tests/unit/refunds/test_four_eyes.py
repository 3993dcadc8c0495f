"""Who may confirm a refund. Order page, section 4, rule 9."""

from __future__ import annotations

from datetime import timedelta

from domain.identity import Role
from domain.proposals.model import ProposalKind
from domain.proposals.registry import WRITES
from domain.reasons import RefundReason
from domain.refunds.model import RefundRequest, RefundStatus
from tests.builders import ANA, BEN, NOW, a_refund, a_staff, an_order, facts_of

WRITE = WRITES[ProposalKind.REFUND]


def denied(order, amount, *, proposer, confirmer):
    """Code, limit and value of why the confirmer may not."""
    facts = facts_of(order, proposer)
    request = RefundRequest(amount=amount, currency="EUR", reason=RefundReason.CHANGED_MIND)
    plan, violations = WRITE.plan(facts, request)
    assert violations == []
    return [(v.code.value, v.limit, v.value) for v in WRITE.approval(facts, plan, confirmer)]


def ana(limit):
    return a_staff(ANA, Role.AGENT, limit)


def ben(limit, role=Role.SUPERVISOR):
    return a_staff(BEN, role, limit)


def test_up_to_the_own_limit_one_person_is_enough():
    assert denied(an_order(), 2000, proposer=ana(2000), confirmer=ana(2000)) == []


def test_above_it_the_proposer_is_never_the_second_person():
    assert denied(an_order(), 2001, proposer=ana(2000), confirmer=ana(2000)) == [
        ("approval_required", "20.00", "20.01"),
        ("self_approval", "", "Ana"),
    ]


def test_a_second_person_needs_a_sufficient_limit():
    assert denied(an_order(), 2001, proposer=ana(2000), confirmer=ben(2001)) == []
    assert denied(an_order(), 2001, proposer=ana(2000), confirmer=ben(2000)) == [
        ("approval_required", "20.00", "20.01")
    ]


def test_an_agent_does_not_confirm_for_others():
    assert denied(an_order(), 100, proposer=ana(2000), confirmer=ben(9000, Role.AGENT)) == [
        ("not_authorised", "supervisor", "agent")
    ]


def test_a_currency_without_a_limit_has_a_limit_of_zero():
    nobody = a_staff(ANA, limits={"USD": 99_999})
    assert denied(an_order(), 1, proposer=nobody, confirmer=nobody)[0] == (
        "approval_required",
        "0.00",
        "0.01",
    )


def test_the_proposers_refunds_of_the_last_day_on_the_order_count_together():
    order = an_order()
    a_refund(order, 1500, lines=[], created_at=NOW - timedelta(hours=23))
    assert denied(order, 501, proposer=ana(2000), confirmer=ana(2000))[0] == (
        "approval_required",
        "20.00",
        "20.01",
    )
    assert denied(order, 501, proposer=ana(2000), confirmer=ben(2000))[0][0] == "approval_required"


def test_older_failed_and_other_peoples_refunds_do_not_count():
    order = an_order()
    day = timedelta(hours=24)
    a_refund(order, 1000, lines=[], created_at=NOW - day)
    a_refund(order, 1000, lines=[], refund_id="r2", status=RefundStatus.FAILED)
    a_refund(order, 1000, lines=[], refund_id="r3", proposed_by=BEN)
    assert denied(order, 2000, proposer=ana(2000), confirmer=ana(2000)) == []
