"""What providers' answers do to the refund, the books, the proposal and the return."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.balances.model import Account
from domain.balances.settlement import settles_at
from domain.notices import NOTIFY
from domain.orders.model import Fulfilment
from domain.orders.value import payment_rest, remaining
from domain.proposals.model import ProposalState
from domain.refunds.execution import (
    RefundMissing,
    record_answer,
    record_stuck,
)
from domain.refunds.model import RefundLine, RefundStatus
from tests.builders import NOW, a_line, a_payment, a_refund, an_order, put_confirmed
from tests.unit.execution.answers import LATER, NO, NOTHING, YES, confirmed, hear


def test_a_success_ends_the_refund_and_its_proposal(shelf):
    confirmed(shelf)
    refund = hear(shelf, YES)
    assert refund.status is RefundStatus.SUCCEEDED
    assert refund.allocations[0].provider_ref == "re_1"
    assert refund.decided_at == NOW
    assert shelf.proposals["refund-1"].state is ProposalState.EXECUTED
    assert shelf.audit.kinds("refund-1") == ["refund.succeeded", "proposal.executed"]
    assert [job.key for job in shelf.jobs.of(NOTIFY)] == ["refund:refund-1:succeeded"]
    assert shelf.ledger.reversals() == []


@pytest.mark.parametrize("answer", [YES, NO, LATER, NOTHING])
def test_the_same_answer_twice_changes_nothing(shelf, answer):
    confirmed(shelf)
    hear(shelf, answer)
    before = shelf.orders["order-1"], dict(shelf.ledger.rows), len(shelf.audit.rows), len(shelf.jobs.rows)
    hear(shelf, answer)
    after = shelf.orders["order-1"], dict(shelf.ledger.rows), len(shelf.audit.rows), len(shelf.jobs.rows)
    assert after == before


def test_a_decline_gives_the_money_back_to_the_books_and_to_what_is_left(shelf):
    confirmed(shelf)
    assert shelf.ledger.held(Account.PENDING_SETTLEMENT) == 0
    refund = hear(shelf, NO)
    order = shelf.orders["order-1"]
    assert refund.status is RefundStatus.FAILED
    assert "card expired" in refund.failure
    assert shelf.ledger.held(Account.PENDING_SETTLEMENT) == 5000
    assert [row.reverses for row in shelf.ledger.reversals()] == ["refund:refund-1:0"]
    assert remaining(order) == payment_rest(order, order.payments[0]) == 5000
    assert shelf.proposals["refund-1"].state is ProposalState.FAILED
    assert "card expired" in shelf.proposals["refund-1"].failure


def test_no_answer_is_neither_and_keeps_what_it_asked_for(shelf):
    confirmed(shelf)
    refund = hear(shelf, NOTHING)
    assert refund.status is RefundStatus.UNKNOWN
    assert remaining(shelf.orders["order-1"]) == 0
    assert shelf.ledger.reversals() == []
    assert shelf.proposals["refund-1"].state is ProposalState.CONFIRMED
    assert refund.decided_at is None


@pytest.mark.parametrize(("late", "end"), [(YES, RefundStatus.SUCCEEDED), (NO, RefundStatus.FAILED)])
def test_a_late_answer_ends_an_unknown_refund(shelf, late, end):
    confirmed(shelf)
    assert hear(shelf, NOTHING, late).status is end


def test_a_late_pending_answer_remembers_that_the_provider_has_it(shelf):
    confirmed(shelf)
    version = shelf.orders["order-1"].version
    refund = hear(shelf, LATER)
    assert (refund.status, refund.allocations[0].provider_ref) == (RefundStatus.PENDING, "re_1")
    assert shelf.orders["order-1"].version == version


def test_a_provider_that_takes_a_refund_back_reverses_it(shelf):
    confirmed(shelf)
    refund = hear(shelf, YES, NO)
    assert refund.status is RefundStatus.FAILED
    assert shelf.ledger.held(Account.PENDING_SETTLEMENT) == 5000
    assert shelf.proposals["refund-1"].state is ProposalState.FAILED


@pytest.mark.parametrize("stale", [YES, LATER, NOTHING])
def test_news_from_before_a_failure_does_not_bring_the_refund_back(shelf, stale):
    confirmed(shelf)
    assert hear(shelf, NO, stale).status is RefundStatus.FAILED


def test_a_missing_answer_after_a_success_means_nothing(shelf):
    confirmed(shelf)
    assert hear(shelf, YES, NOTHING, LATER).status is RefundStatus.SUCCEEDED


def test_each_change_of_state_makes_open_proposals_look_again(shelf):
    confirmed(shelf)
    version = shelf.orders["order-1"].version
    hear(shelf, NOTHING, NOTHING, YES, YES)
    assert shelf.orders["order-1"].version == version + 2


def test_units_cancelled_by_a_failed_refund_are_shipped_after_all(shelf):
    order = an_order(lines=[a_line(fulfilment=Fulfilment.CANCELLED)])
    a_refund(order, lines=[RefundLine(line="mug", quantity=1, amount=5000, cancelled=1)])
    put_confirmed(shelf, order)
    hear(shelf, NO)
    assert shelf.orders["order-1"].lines[0].fulfilment is Fulfilment.UNFULFILLED


def test_a_line_cancelled_by_somebody_else_stays_cancelled(shelf):
    confirmed(shelf, lines=[a_line(fulfilment=Fulfilment.CANCELLED)])
    hear(shelf, NO)
    assert shelf.orders["order-1"].lines[0].fulfilment is Fulfilment.CANCELLED


def test_a_failure_after_settlement_comes_back_as_available(shelf):
    captured_at = NOW - timedelta(days=6, hours=20)
    payment = a_payment(captured_at=captured_at, settles_at=settles_at(captured_at, 7))
    confirmed(shelf, payments=[payment])
    shelf.clock.pass_time(days=2)
    hear(shelf, NO)
    assert shelf.ledger.held(Account.AVAILABLE) == 5000


def test_a_stuck_refund_is_put_before_people_and_keeps_its_status(shelf):
    confirmed(shelf)
    hear(shelf, NOTHING)
    record_stuck(shelf, "order-1", "refund-1")
    assert shelf.orders["order-1"].refund("refund-1").status is RefundStatus.UNKNOWN
    assert shelf.audit.kinds("refund-1")[-1] == "refund.stuck"
    assert shelf.jobs.of(NOTIFY)[-1].key == "refund:refund-1:stuck"


@pytest.mark.parametrize(
    ("order", "refund", "payment"),
    [("no", "refund-1", "visa"), ("order-1", "no", "visa"), ("order-1", "refund-1", "no")],
)
def test_an_answer_about_nothing_is_an_error(shelf, order, refund, payment):
    confirmed(shelf)
    with pytest.raises(RefundMissing):
        record_answer(shelf, order, refund, payment, YES)


def test_an_imported_refund_without_a_proposal_or_funding_can_fail(shelf):
    order = an_order()
    a_refund(order, funding=[])
    shelf.orders.add(order)
    assert hear(shelf, NO).status is RefundStatus.FAILED
    assert shelf.ledger.reversals() == []
