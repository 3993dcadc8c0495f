"""Two orders and two reasons in one message: each refund has the reason that was told of its order."""

from __future__ import annotations

import pytest

from agent.reading.view import TurnView
from tests.unit.reading.heard import values
from tests.unit.reading.test_put_right_in_passing import order

_ORDERS = [
    order(("Beeswax candle", 1)).model_copy(update={"number": "#4410"}),
    order(("Oak tray", 1)).model_copy(update={"number": "#4411"}),
]


def _reasons(reader, text):
    commands = reader.read(TurnView(text=text, orders=_ORDERS)).commands
    return [(values(command)["order"].lstrip("#"), values(command)["reason"]) for command in commands]


@pytest.mark.parametrize(
    "text",
    [
        "refund the candle on #4410, it never arrived, and the tray on #4411. She changed her mind about that one",
        "candle on 4410 never arrived, tray on 4411 changed her mind, refund both",
        "the candle never came on 4410 and she changed her mind about the tray on 4411, refund both",
    ],
)
def test_each_of_two_orders_has_the_reason_that_stands_by_it(reader, text):
    assert _reasons(reader, text) == [("4410", "not_received"), ("4411", "changed_mind")]


@pytest.mark.parametrize(
    "text", ["refund 4410 and 4411, changed her mind", "refund 4410, changed her mind, and 4411 too"]
)
def test_a_reason_told_once_is_that_of_both_orders(reader, text):
    assert _reasons(reader, text) == [("4410", "changed_mind"), ("4411", "changed_mind")]
