"""Which lines of an order words name: plurals, and all units of what was named."""

import pytest

from agent.reading.goods.items import mentions_of
from agent.reading.view import LineView, OrderView, TurnView

LINES = [
    LineView(id="L1", sku="VALV", title="Brass valve", quantity=3),
    LineView(id="L2", sku="CAP", title="Cap", quantity=1),
    LineView(id="L3", sku="GLOV", title="Work glove", quantity=2),
    LineView(id="L4", sku="KNIF", title="Bread knife", quantity=2),
    LineView(id="L5", sku="FOX", title="Felt fox", quantity=2),
]
ORDER = OrderView(number="#9503", currency="EUR", lines=LINES)


@pytest.mark.parametrize(
    ("words", "line"), [("valves", "L1"), ("gloves", "L3"), ("knives", "L4"), ("foxes", "L5"), ("caps", "L2")]
)
def test_a_plural_names_the_goods_that_are_called_in_the_singular(words, line):
    assert [mention.lines for mention in mentions_of(f"the {words} never came", LINES)] == [[line]]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("refund all the valves", {"L1"}),
        ("refund every glove", {"L3"}),
        ("the valves never came, refund all of them", {"L1"}),
        ("refund the cap and the gloves, all of them", {"L2", "L3"}),
    ],
)
def test_all_of_what_was_named_is_every_unit_of_it_and_nothing_else(reader, text, lines):
    said = reader.read(TurnView(text=text, order=ORDER, orders=[ORDER])).commands[0].slots["line"].value
    assert {entry["line"] for entry in said if entry.get("all")} == lines
    assert {entry["line"] for entry in said} == lines


def test_not_all_is_not_every_unit(reader):
    said = (
        reader.read(TurnView(text="not all the valves came", order=ORDER, orders=[ORDER])).commands[0].slots
    )
    assert not any(entry.get("all") for entry in said["line"].value)


def test_the_bare_imperative_with_goods_is_a_refund(reader):
    understood = reader.read(TurnView(text="refund the valves", order=ORDER, orders=[ORDER]))
    assert (understood.intent, understood.confidence > 0.9) == ("direct_refund", True)
