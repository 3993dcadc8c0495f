"""A refund that goes back to several payments."""

from __future__ import annotations

from itertools import permutations

import pytest

from domain.balances.model import Account
from domain.notices import NOTIFY
from domain.orders.value import payment_rest, remaining
from domain.proposals.model import ProposalState
from domain.refunds.execution import (
    open_parts,
    provider_requests,
)
from domain.refunds.model import Funding, RefundStatus
from tests.builders import a_payment, a_refund, an_order, put_confirmed
from tests.unit.execution.answers import NO, NOTHING, YES, hear, split_over_two


def test_each_part_has_its_own_key_and_only_unfinished_ones_are_asked(shelf):
    order = split_over_two(shelf)
    asked = provider_requests(order, order.refunds[0])
    assert [(r.key, r.refund_id, r.payment_ref, r.amount) for r in asked] == [
        ("refund-1", "refund-1", "order-1:visa", 3000),
        ("refund-1:2", "refund-1", "order-1:gift", 2000),
    ]
    hear(shelf, YES)
    order = shelf.orders["order-1"]
    assert [part.request.key for part in open_parts(order, order.refunds[0])] == ["refund-1:2"]


def test_the_providers_own_name_of_a_payment_is_used_where_it_is_known(shelf):
    order = an_order(payments=[a_payment(provider_ref="ch_77")])
    assert provider_requests(order, a_refund(order))[0].payment_ref == "ch_77"


def test_it_has_succeeded_only_when_both_parts_have(shelf):
    split_over_two(shelf)
    assert hear(shelf, YES).status is RefundStatus.PENDING
    assert hear(shelf, NOTHING, payment="gift").status is RefundStatus.UNKNOWN
    assert hear(shelf, YES, payment="gift").status is RefundStatus.SUCCEEDED


def test_a_part_that_failed_is_reversed_and_the_refund_is_what_succeeded(shelf):
    split_over_two(shelf)
    hear(shelf, NO)
    refund = hear(shelf, YES, payment="gift")
    order = shelf.orders["order-1"]
    assert (refund.status, refund.amount) == (RefundStatus.SUCCEEDED, 2000)
    assert [line.amount for line in refund.lines] == [2000]
    assert "30.00 EUR to Visa failed: card expired" in refund.failure
    assert sum(part.amount for part in refund.funding) == 2000
    assert shelf.ledger.held(Account.PENDING_SETTLEMENT) == 3000
    assert remaining(order) == payment_rest(order, order.payment("visa")) == 3000
    assert shelf.proposals["refund-1"].state is ProposalState.EXECUTED


@pytest.mark.parametrize("order_of_failing", [*permutations(["a", "b", "c"])])
def test_parts_that_fail_one_after_the_other_are_each_reversed_once(shelf, order_of_failing):
    order = an_order(payments=[a_payment("a", 1000), a_payment("b", 700), a_payment("c", 300)])
    a_refund(
        order,
        {"a": 1000, "b": 700, "c": 300},
        funding=[Funding(account=Account.AVAILABLE, amount=2000)],
    )
    put_confirmed(shelf, order)
    for payment in "abc":
        hear(shelf, YES, payment=payment)
    left = 2000
    for payment in order_of_failing:
        refund = hear(shelf, NO, NO, payment=payment)
        left -= order.payment(payment).captured
        assert shelf.ledger.held(Account.AVAILABLE) == -left
        assert refund.counts == (left > 0)
        assert not refund.counts or refund.amount == left
    assert refund.status is RefundStatus.FAILED


def test_a_reduced_refund_is_told_again(shelf):
    split_over_two(shelf)
    hear(shelf, YES)
    hear(shelf, YES, NO, payment="gift")
    keys = [job.key for job in shelf.jobs.of(NOTIFY)]
    assert keys == ["refund:refund-1:succeeded", "refund:refund-1:succeeded:3000"]
