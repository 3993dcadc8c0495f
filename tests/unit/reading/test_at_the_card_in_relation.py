"""What is said at a card by what the card says."""

from __future__ import annotations

import pytest

from agent.commands import CorrectSlot
from agent.reading.view import LineView, OrderView, ProposalView, TurnView

MUGS = LineView(id="m", sku="MUG", title="Enamel mug", quantity=4)
PEN = LineView(id="p", sku="PEN", title="Fountain pen", quantity=1)


def changed(reader, text, lines=(MUGS, PEN), units=3, slots=None):
    order = OrderView(number="#2260", currency="EUR", customer="Ruth Alvarez", lines=list(lines))
    card = ProposalView(
        kind="refund",
        order="#2260",
        amount="29.16",
        write="refund",
        lines={"m": units},
        reason="missing_item",
    )
    view = TurnView(
        text=text, order=order, orders=[order], proposal=card, flow="direct_refund", slots=slots or {}
    )
    (command,) = reader.read(view).commands
    assert isinstance(command, CorrectSlot)
    return {name: slot.value for name, slot in command.slots.items()}


@pytest.mark.parametrize("text", ["only the other two", "a colleague did one, so just the other two from me"])
def test_the_other_two_are_units_of_the_card(reader, text):
    assert changed(reader, text) == {"quantity": 2}


def test_the_other_one_is_the_other_goods(reader):
    assert changed(reader, "no, the other one")["line"][0]["line"] == "p"


@pytest.mark.parametrize("text", ["then the remaining ones please", "just what's left"])
def test_the_remaining_ones_are_all_of_the_only_line(reader, text):
    (entry,) = changed(reader, text, lines=[MUGS])["line"]
    assert (entry["line"], entry["all"]) == ("m", True)


def test_once_more_counts_nothing(reader):
    assert changed(reader, "sorry, she counted one more time, it's two") == {"quantity": 2}


@pytest.mark.parametrize(
    ("text", "kind", "by"), [("sry 8 nt 5", "less", "3"), ("it should be 3 not 5", "more", "2")]
)
def test_another_sum_that_is_held_back_moves_the_amount_by_as_much(reader, text, kind, by):
    slots = {"amount": {"kind": "less", "value": "5", "currency": "EUR"}}
    amount = changed(reader, text, lines=[MUGS], slots=slots)["amount"]
    assert (amount["kind"], amount["value"]) == (kind, by)
