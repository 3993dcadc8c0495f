"""From a document to an order with its books."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.balances.model import Account
from domain.money import format_minor
from domain.orders.value import captured, line_cost, order_total
from tests.unit.intake.papers import SHOP, a_line, paid, refusals, taken_in, the_order


def test_the_order_discount_is_shared_by_price_times_quantity_less_line_discount():
    lines = [a_line("A", 3, "10.00", discount="6.00"), a_line("B", 1, "12.00")]
    order = the_order(lines=lines, order_discount="5.01")
    assert [line.order_discount for line in order.lines] == [334, 167]


def test_tax_of_the_order_is_added_to_the_lines_own():
    lines = [a_line("A", 1, "30.00", tax="1.00"), a_line("B", 1, "10.00")]
    order = the_order(lines=lines, tax="2.00")
    assert [line.tax for line in order.lines] == [250, 50]


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(0, 10_000)), min_size=1, max_size=8),
    st.integers(0, 100),
    st.integers(0, 50_000),
)
def test_discount_and_tax_add_up_to_the_penny_and_no_line_costs_less_than_nothing(lines, percent, tax):
    papers = [a_line(f"S{i}", q, format_minor(p, "EUR")) for i, (q, p) in enumerate(lines)]
    gross = sum(q * p for q, p in lines)
    discount = gross * percent // 100
    order = the_order(
        lines=papers, order_discount=format_minor(discount, "EUR"), tax=format_minor(tax, "EUR"), payments=[]
    )
    assert order_total(order) == gross - discount + tax
    assert all(line_cost(line) >= 0 for line in order.lines)


def test_a_discount_above_the_line_or_the_order_is_refused():
    assert refusals(lines=[a_line(discount="20.01")]) == [("amount_exceeds_line", "lines[0].discount")]
    assert refusals(order_discount="20.01") == [("amount_exceeds_line", "order_discount")]


def test_lines_and_payments_get_ids_and_plausible_defaults():
    order = the_order(lines=[a_line("A"), a_line("B")], payments=[*paid("30.00"), *paid("10.00")])
    assert [line.id for line in order.lines] == ["L1", "L2"]
    first = order.payments[0]
    assert (first.id, first.authorised, first.captured_at) == ("P1", 3000, order.placed_at)
    assert first.settles_at == datetime(2026, 2, 27, tzinfo=UTC)


def test_each_captured_payment_is_charged_at_its_own_date_and_settles_with_its_day():
    intake = taken_in(
        payments=[
            *paid("12.00", captured_at="2026-02-18T10:00:00Z"),
            *paid("8.00", captured_at="2026-02-20T10:00:00Z"),
        ]
    )
    charges = [(p.key, p.source, p.target, p.amount, p.at.day) for p in intake.postings]
    assert charges == [
        ("charge:ord_1:P1", Account.CUSTOMERS, Account.PENDING_SETTLEMENT, 1200, 18),
        ("charge:ord_1:P2", Account.CUSTOMERS, Account.PENDING_SETTLEMENT, 800, 20),
    ]
    assert [(s.id, s.currency, s.settles_at.day) for s in intake.settlements] == [
        (f"{SHOP.id}:EUR:2026-02-25T0000", "EUR", 25),
        (f"{SHOP.id}:EUR:2026-02-27T0000", "EUR", 27),
    ]


def test_a_voided_payment_and_one_that_was_only_authorised_bring_nothing_in():
    payments = [{**paid("20.00")[0], "voided": True}, {**paid("0")[0], "authorised": "20.00"}]
    intake = taken_in(payments=payments)
    assert (intake.postings, intake.settlements, captured(intake.order)) == ([], [], 0)


def test_three_decimals_are_exact_in_dinars():
    order = the_order(currency="KWD", lines=[a_line(quantity=3, unit_price="3.125")], payments=paid("9.375"))
    assert (order.lines[0].unit_price, order.payments[0].captured) == (3125, 9375)
