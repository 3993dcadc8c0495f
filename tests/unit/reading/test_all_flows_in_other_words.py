"""Counts, fees, denials and questions in the words of staff who never saw the desk."""

from __future__ import annotations

import pytest

from agent.reading.clauses.split import whole_clause
from agent.reading.guards.money_questions import asked
from agent.reading.values.customer_pays import CUSTOMER_PAYS
from agent.reading.values.spans import find_spans
from agent.reading.words.act import Open
from agent.reading.words.signals import Signals


def _signals(text: str) -> Signals:
    return whole_clause(text, find_spans(text), frozenset(), Open()).signals


def _counts(text: str) -> list[object]:
    return [span.value for span in find_spans(text) if span.kind == "quantity"]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("he meant to buy two mugs and clicked three by accident", [1]),
        ("she only needed one pillow and ended up with two", [1]),
        ("intended 10 hooks, took 12 by mistake", [2]),
        ("the carton held just four of the six plates", [2]),
        ("box had only five of the six glasses in it", [1]),
    ],
)
def test_the_units_that_are_too_many_or_too_few_are_counted(text: str, units: list[object]) -> None:
    assert _counts(text) == units


@pytest.mark.parametrize(
    "text",
    ["the vase came in a hundred pieces", "it arrived in two pieces", "would rather have 25, 25 it is"],
)
def test_bits_and_sums_are_no_units(text: str) -> None:
    assert _counts(text) == []


def test_units_that_are_wanted_back_are_not_what_was_meant_to_be_bought() -> None:
    assert 3 not in _counts("she wanted 2 refunded by mistake, has 5")


@pytest.mark.parametrize(
    "text",
    ["have her pay MONEY towards the collection", "she should chip in 8 for the courier", "charge him 9"],
)
def test_what_the_customer_pays_is_told_from_a_refund(text: str) -> None:
    assert CUSTOMER_PAYS.search(text)
    assert not CUSTOMER_PAYS.search("give her MONEY back")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what would be left on the order after this one?", "refundable"),
        ("what is one candle worth there, tax in?", "unit_price"),
        ("how much does a single mug cost?", "unit_price"),
        ("what did Callum pay for it all in?", "payment"),
    ],
)
def test_figures_of_the_order_are_asked_for(text: str, topic: str) -> None:
    act = asked(_signals(text), Open())
    assert act is not None
    assert act.topic == topic


def test_what_we_paid_is_no_price() -> None:
    act = asked(_signals("how much did we pay her?"), Open())
    assert act is None or act.topic != "order"
