"""The oracle's own arithmetic, by examples of the order page."""

from __future__ import annotations

from fractions import Fraction

import pytest

from evals.faults.oracle.tables import may_move
from evals.faults.oracle.values import half_up, shared, spread, unit_values


def test_shares_add_up_and_ties_go_to_the_earlier():
    assert shared(100, [1, 1, 1]) == [34, 33, 33]
    assert shared(5, [0, 0]) == [3, 2]
    assert spread(7, 3) == [3, 2, 2]


def test_halves_are_rounded_up():
    assert [half_up(Fraction(n, 4)) for n in (1, 2, 3)] == [0, 1, 1]


def test_units_refunded_one_by_one_add_up_to_what_was_paid():
    line = {"quantity": 3, "unit_price": 1000, "discount": 100, "order_discount": 50, "tax": 571}
    assert sum(unit_values(line)) == 3000 - 100 - 50 + 571


@pytest.mark.parametrize(
    ("thing", "before", "after"),
    [
        ("return", "requested", "received"),
        ("refund", "failed", "succeeded"),
        ("proposal", "executed", "open"),
    ],
)
def test_what_the_tables_do_not_allow(thing, before, after):
    assert not may_move(thing, before, after)
