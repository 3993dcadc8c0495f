"""What a refund's parts add up to."""

from __future__ import annotations

from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ports import ProviderAnswer
from domain.refunds.model import REFUND, Allocation, RefundLine, RefundStatus
from domain.refunds.rollup import given_back, heard, reduce_to, rolled_up
from tests.builders import a_payment, a_refund, an_order

P, S, F, U = RefundStatus.PENDING, RefundStatus.SUCCEEDED, RefundStatus.FAILED, RefundStatus.UNKNOWN


def parts(*statuses: RefundStatus) -> list[Allocation]:
    return [
        Allocation(payment=f"p{i}", method="Visa", amount=100, status=status)
        for i, status in enumerate(statuses)
    ]


@pytest.mark.parametrize(
    ("statuses", "whole"),
    [
        ((P,), P),
        ((S,), S),
        ((F,), F),
        ((U,), U),
        ((U, P), U),
        ((U, S, F), U),
        ((P, S), P),
        ((P, F), P),
        ((S, F), S),
        ((F, F), F),
        ((), P),
    ],
)
def test_a_refund_is_what_its_parts_add_up_to(statuses, whole):
    assert rolled_up(parts(*statuses)) is whole


@pytest.mark.parametrize("statuses", [*combinations_with_replacement(RefundStatus, 3)])
def test_a_refund_counts_as_ended_only_when_every_part_has(statuses):
    whole = rolled_up(parts(*statuses))
    assert (whole in (S, F)) == all(status in (S, F) for status in statuses)


@pytest.mark.parametrize(("now", "said"), [*product(RefundStatus, [*"SFP", None])])
def test_an_answer_moves_a_part_only_where_the_table_leads(now, said):
    words = {"S": "succeeded", "F": "failed", "P": "pending"}
    wanted = {"S": S, "F": F, "P": P, None: U}[said]
    part = parts(now)[0]
    changed = heard(part, ProviderAnswer(words[said]) if said else None)
    assert part.status is (wanted if wanted in REFUND[now] else now)
    assert changed == (part.status is not now)


def test_a_word_no_provider_may_say_is_an_error():
    with pytest.raises(ValueError, match="refunded"):
        heard(parts(P)[0], ProviderAnswer("refunded"))


def test_only_what_succeeded_was_given_back():
    order = an_order(payments=[a_payment("visa", 300), a_payment("gift", 200)])
    refund = a_refund(order, {"visa": 300, "gift": 200})
    refund.allocations[0].status = S
    assert given_back(refund) == 300


@given(
    lines=st.lists(st.integers(0, 10_000), max_size=4),
    shipping=st.integers(0, 2_000),
    loose=st.integers(0, 2_000),
    kept=st.integers(0, 100),
)
def test_a_lowered_refund_adds_up_and_no_part_of_it_grows(lines, shipping, loose, kept):
    total = sum(lines) + shipping + loose
    if total == 0:
        return
    before = [
        RefundLine(line=f"l{i}", quantity=1, amount=amount, tax=amount // 6) for i, amount in enumerate(lines)
    ]
    order = an_order(payments=[a_payment(captured=total)])
    tax = sum(line.tax for line in before) + loose // 6
    refund = a_refund(order, total, lines=before, shipping=shipping, tax=tax)
    amount = total * kept // 100
    reduce_to(refund, amount)
    rest = refund.amount - refund.shipping - sum(line.amount for line in refund.lines)
    assert refund.amount == amount
    assert 0 <= rest <= loose
    assert 0 <= refund.shipping <= shipping
    for line, was in zip(refund.lines, before, strict=True):
        assert 0 <= line.amount <= was.amount
        assert 0 <= line.tax <= line.amount
        assert line.quantity == was.quantity
    assert sum(line.tax for line in refund.lines) <= refund.tax <= tax
