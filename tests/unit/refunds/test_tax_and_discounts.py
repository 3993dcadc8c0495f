"""Discounts and tax, exact to the minor unit. Order page, section 4, rules 4 and 5."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.orders.value import line_cost, line_state, remaining
from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason
from domain.refunds.model import RefundLineRequest, RefundRequest, RefundStatus
from tests.builders import a_line, a_refund, an_order, facts_of
from tests.trying import done, planned

REFUND = ProposalKind.REFUND


def of_line(quantity: int, amount: int | None = None, line: str = "mug") -> RefundRequest:
    entry = RefundLineRequest(line=line, quantity=quantity, amount=amount)
    return RefundRequest(lines=[entry], currency="EUR", reason=RefundReason.CHANGED_MIND)


@settings(max_examples=150, deadline=None)
@given(
    units=st.integers(1, 7),
    price=st.integers(100, 3000),
    discount=st.integers(0, 100),
    shared=st.integers(0, 100),
    tax=st.integers(0, 999),
)
def test_units_refunded_one_by_one_add_up_to_what_was_paid(units, price, discount, shared, tax):
    line = a_line("mug", price, units, discount=min(discount, price), order_discount=shared, tax=tax)
    order = an_order(lines=[line])
    if line_cost(line) <= 0 or price - discount - shared <= 0:
        return
    for number in range(units):
        done(facts_of(order, new_id=f"prop_{number}"), REFUND, of_line(1))
    state = line_state(order, line)
    assert (state.refunded, state.refunded_amount, state.tax_left) == (units, line_cost(line), 0)
    assert remaining(order) == 0


def test_the_tax_of_a_partial_amount_is_proportional_rounded_half_up_and_the_last_takes_the_rest():
    order = an_order(lines=[a_line("mug", 1000, tax=199)])
    first = planned(facts_of(order), REFUND, of_line(1, 400))
    assert first.tax == 66  # 400 × 199 / 1199 = 66.39
    done(facts_of(order), REFUND, of_line(1, 400))
    rest = planned(facts_of(order, new_id="prop_2"), REFUND, of_line(0, 799))
    assert rest.tax == 133


def test_money_left_on_refunded_units_stays_refundable_as_an_amount():
    order = an_order(lines=[a_line("mug", 1000, 2)])
    done(facts_of(order), REFUND, of_line(1, 400))
    state = line_state(order, order.lines[0])
    assert (state.refundable_quantity, state.refundable_amount) == (1, 1600)
    assert planned(facts_of(order, new_id="prop_2"), REFUND, of_line(0, 600)).amount == 600


def test_line_and_amount_of_order_refunds_together_give_back_no_more_tax_than_was_paid():
    order = an_order(lines=[a_line("mug", 1000, tax=190), a_line("book", 1000)])
    half = RefundRequest(amount=1000, currency="EUR", reason=RefundReason.GOODWILL)
    done(facts_of(order), REFUND, half)
    done(facts_of(order, new_id="prop_2"), REFUND, of_line(1))
    assert sum(refund.tax for refund in order.refunds) == 190
    last = order.refunds[-1]
    assert last.tax == sum(part.tax for part in last.lines)


def test_an_amount_over_several_lines_is_shared_by_what_each_can_give():
    order = an_order(lines=[a_line("mug", 1000), a_line("vase", 2000)])
    lines = [RefundLineRequest(line="mug", quantity=1), RefundLineRequest(line="vase", quantity=1)]
    request = RefundRequest(lines=lines, amount=1000, currency="EUR", reason=RefundReason.GOODWILL)
    assert [p.amount for p in planned(facts_of(order), REFUND, request).lines] == [333, 667]


def test_a_line_with_an_amount_of_its_own_keeps_it_and_the_others_share_the_rest():
    order = an_order(lines=[a_line("mug", 1000), a_line("vase", 2000)])
    lines = [
        RefundLineRequest(line="mug", quantity=1, amount=100),
        RefundLineRequest(line="vase", quantity=1),
    ]
    request = RefundRequest(lines=lines, amount=1000, currency="EUR", reason=RefundReason.GOODWILL)
    assert [p.amount for p in planned(facts_of(order), REFUND, request).lines] == [100, 900]


def test_a_currency_without_decimals_is_shared_without_decimals():
    order = an_order(lines=[a_line("fan", 100, 3, tax=10)], currency="JPY")
    request = of_line(2, line="fan").model_copy(update={"currency": "JPY"})
    plan = planned(facts_of(order), REFUND, request)
    assert (plan.amount, plan.tax) == (207, 7)


def test_a_failed_refund_leaves_no_trace_in_what_is_left():
    order = an_order(lines=[a_line("mug", 1000, tax=199)])
    a_refund(order, 1199, status=RefundStatus.FAILED)
    plan = planned(facts_of(order, new_id="prop_2"), REFUND, of_line(1))
    assert (plan.amount, plan.tax) == (1199, 199)


def test_the_refund_that_empties_the_order_takes_the_tax_that_rounding_left_over():
    order = an_order(lines=[a_line("mug", 7, tax=1)])
    amount = RefundRequest(amount=3, currency="EUR", reason=RefundReason.GOODWILL)
    done(facts_of(order), REFUND, amount)
    done(facts_of(order, new_id="prop_2"), REFUND, of_line(0, 3))
    assert [refund.tax for refund in order.refunds] == [0, 0]
    last = planned(facts_of(order, new_id="prop_3"), REFUND, of_line(0, 2))
    assert (last.amount, last.tax, last.lines[0].tax) == (2, 1, 1)
