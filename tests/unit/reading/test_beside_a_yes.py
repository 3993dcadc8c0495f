"""At a card: what is told beside a yes or beside proof changes the card, or at least holds it."""

import pytest

from agent.commands import Affirm, Clarify, CorrectSlot, SetSlot
from agent.reading.view import LineView, OrderView
from tests.unit.reading.heard import at_refund, entries

TILES = OrderView(
    number="#3912",
    currency="GBP",
    customer="Nils Dahl",
    captured="74.00",
    lines=[
        LineView(id="l1", sku="TILE", title="Bath tile", quantity=6),
        LineView(id="l2", sku="MAT", title="Cork coaster", quantity=4),
    ],
)


@pytest.fixture
def at_card(reader):
    """The first command of a message at a refund's card of so many tiles."""

    def read(text, *, units=2, shown="18.00", unsent=False, **told):
        lines = [line.model_copy(update={"unsent": unsent}) for line in TILES.lines]
        order = TILES.model_copy(update={"lines": lines})
        case = {"line": entries({"l1": units or None}), **told}
        heard = at_refund(reader, text, order, {"l1": units}, shown=shown, reason="damaged", **case)
        return heard.commands[0]

    return read


@pytest.mark.parametrize(
    "text", ["ok then boss says make it a tenner", "right, the manager said to make it 10"]
)
def test_another_sum_beside_a_yes_is_the_cards(at_card, text):
    command = at_card(text, units=0, shown="5.00")
    assert isinstance(command, CorrectSlot)
    assert command.slots["amount"].value["value"] == "10"


def test_a_sum_beside_a_yes_that_is_not_understood_holds_the_card(at_card):
    command = at_card("ok do it, a tenner is fine", units=0, shown="5.00")
    assert isinstance(command, Clarify | CorrectSlot)
    assert isinstance(at_card("yes do it"), Affirm)


def test_counting_on_the_photo_is_no_missing_proof(at_card):
    command = at_card("looking at the picture I count three cracked, not 2")
    assert isinstance(command, CorrectSlot)
    assert command.slots["quantity"].value == 3


def test_goods_added_with_the_same_picture_are_added(at_card):
    command = at_card("can you add one of the coasters too? broken as well, same picture")
    assert isinstance(command, CorrectSlot)
    assert {entry["line"] for entry in command.slots["line"].value} == {"l1", "l2"}


def test_proof_alone_is_proof(at_card):
    command = at_card("the photo just came in")
    assert isinstance(command, SetSlot)
    assert command.slots["evidence"].value["kind"] == "attached"


@pytest.mark.parametrize("text", ["sorry, he wants to keep just one of the tiles", "she keeps only one"])
def test_what_alone_is_kept_is_of_all_that_was_bought(at_card, text):
    command = at_card(text, unsent=True, return_needed=False)
    assert command.slots["quantity"].value == {"all_but": 1}


def test_what_is_kept_where_nothing_comes_back_is_asked_about(at_card):
    assert isinstance(at_card("she keeps only one", return_needed=False), Clarify)
