"""Goods, fees and cases told by their names: beside those of a card, as what they cost, or to go back to."""

import pytest

from agent.commands import Affirm, Clarify, ResumeCase
from agent.reading.values.spans import find_spans
from agent.reading.view import LineView, OrderView, ProposalView, TurnView

ORDER = OrderView(
    number="#6300",
    currency="EUR",
    customer="Vera Lind",
    lines=[
        LineView(id="l1", sku="POLO", title="Polo shirt", quantity=5, unsent=True),
        LineView(id="l2", sku="BELT", title="Leather belt", quantity=3, unsent=True),
        LineView(id="l3", sku="HAT", title="Straw hat", quantity=1, unsent=True),
    ],
)
POLOS_AND_BELTS = {"l1": 2, "l2": 3}


@pytest.fixture
def at(reader):
    """Read a message at a card with these units."""

    def read(units, text):
        card = ProposalView(kind="direct_refund", order="#6300", amount="90.00", write="refund", lines=units)
        told = [{"line": line, "quantity": number, "amount": None} for line, number in units.items()]
        view = TurnView(
            text=text,
            order=ORDER,
            orders=[ORDER],
            proposal=card,
            flow="direct_refund",
            slots={"line": told, "reason": "ordered_by_mistake"},
        )
        return reader.read(view).commands[0]

    return read


def _units(command):
    return {entry["line"]: entry["quantity"] for entry in command.slots["line"].value}


@pytest.mark.parametrize(
    "text",
    [
        "and the hat, he meant to leave that out too",
        "plus the straw hat, it was meant to be taken off as well",
        "and remove the hat as well",
        "drop the hat too please",
    ],
)
def test_goods_called_off_beside_those_of_a_card_come_on_top(at, text):
    units = _units(at({"l1": 2}, text))
    assert set(units) == {"l1", "l3"}
    assert units["l1"] == 2


def test_goods_that_were_meant_instead_take_the_place_of_those_of_the_card(at):
    assert set(_units(at({"l1": 2}, "sorry, i meant the hat"))) == {"l3"}


@pytest.mark.parametrize(
    ("text", "belts"),
    [
        ("he'll keep one belt. so just two of them go", 2),
        ("he'll take one of the belts after all", 2),
        ("1 belt", 1),
    ],
)
def test_a_number_told_anew_of_one_of_the_goods_leaves_the_others_on_the_card(at, text, belts):
    assert _units(at(POLOS_AND_BELTS, text)) == {"l1": 2, "l2": belts}


def test_only_the_goods_that_are_named_stay_where_that_is_said(at):
    assert set(_units(at(POLOS_AND_BELTS, "no, just the belts"))) == {"l2"}


@pytest.mark.parametrize(
    "text", ["lunch is over, let's finish the polo shirts", "was at lunch, lets finish the polos"]
)
def test_a_card_is_gone_back_to_by_its_goods(at, text):
    command = at({"l1": 2}, text)
    assert isinstance(command, ResumeCase)
    assert command.slots["order"].value == "#6300"


def test_the_sentence_that_goes_back_names_the_case(at):
    command = at({"l1": 2}, "sorry my laptop died. where were we?")
    assert isinstance(command, ResumeCase)
    assert "order_query" not in command.slots


def test_goods_that_somebody_did_elsewhere_change_nothing(at):
    assert isinstance(at({"l1": 2}, "Eva only did the hat, the polo shirts are still open"), Affirm)


def test_goods_of_the_card_that_somebody_did_are_asked_about(at):
    command = at({"l1": 2}, "Eva did the polo shirts, the hat is still open")
    assert isinstance(command, Clarify)
    assert command.changes


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("half of what the wool coat cost back to her", "50"),
        ("a third of what she paid for the coat", "33.3333"),
        ("a quarter of the coats' price", "25"),
        ("half the coat's price", "50"),
    ],
)
def test_a_share_of_what_goods_cost_is_money(text, share):
    assert [span.value for span in find_spans(text) if span.kind in {"money", "quantity"}] == [
        {"kind": "percent", "value": share}
    ]


@pytest.mark.parametrize("text", ["return fee 1500 and 1300 restocking", "800 return fee, 1200 handling"])
def test_a_number_that_a_fee_stands_behind_is_no_order(text):
    assert [span.value for span in find_spans(text, "JPY") if span.kind == "order"] == []


def test_goods_with_a_hyphen_are_counted():
    assert [
        span.value for span in find_spans("take 3 t-shirts off the order") if span.kind == "quantity"
    ] == [3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("belts are 2 only", {"l1": 2, "l2": 2}),
        ("polos is 4, belts stay the same", {"l1": 4, "l2": 3}),
        ("sorry, the polo shirts should be 3", {"l1": 3, "l2": 3}),
    ],
)
def test_a_number_told_of_one_of_several_goods_leaves_the_others(at, text, expected):
    assert _units(at(POLOS_AND_BELTS, text)) == expected
