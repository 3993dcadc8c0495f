"""Several similar goods on one order: told apart by size, colour and number, by what is denied and what stays."""

import pytest

from agent.reading.goods.items import mentions_of
from agent.reading.goods.left_alone import kept_goods, left_alone
from agent.reading.goods.left_out import all_but, without_left_out
from agent.reading.goods.variants import with_numbers
from agent.reading.text.quoting import split_quoted
from agent.reading.values.quantities import quantity_spans
from agent.reading.values.spans import find_spans
from agent.reading.view import LineView, OrderView, ProposalView, TurnView

BOOTS = [
    LineView(id="42", sku="B42", title="Hiking boot 42", quantity=1),
    LineView(id="43", sku="B43", title="Hiking boot 43", quantity=1),
]
BASKETS = [
    LineView(id="s", sku="BS", title="Basket small", quantity=3),
    LineView(id="l", sku="BL", title="Basket large", quantity=2),
]
SCARVES = [
    LineView(id="r", sku="SR", title="Scarf red", quantity=1),
    LineView(id="g", sku="SG", title="Scarf grey", quantity=1),
    LineView(id="b", sku="SB", title="Scarf blue", quantity=1),
]


def named(text, lines):
    return {line for one in without_left_out(text, mentions_of(text, lines)) for line in one.lines}


@pytest.mark.parametrize(
    ("text", "lines", "found"),
    [
        ("not the small, the large", BASKETS, {"l"}),
        ("the big one, not the small one", BASKETS, {"l"}),
        ("one of the little ones broke", BASKETS, {"s"}),
        ("the 42s pinch his toes", BOOTS, {"42"}),
        ("red rather than grey", SCARVES, {"r"}),
        ("the gray scarf", SCARVES, {"g"}),
        ("the parcel came without the blue scarf", SCARVES, {"b"}),
        ("not the blue", SCARVES, set()),
    ],
)
def test_similar_goods_are_told_apart_by_size_colour_and_number(text, lines, found):
    assert named(text, lines) == found


def test_too_small_names_no_small_goods():
    assert mentions_of("they are too small for her", BASKETS) == []


def test_the_number_of_a_line_counts_nothing_and_a_number_that_may_count_does():
    spans = with_numbers(find_spans("43 he keeps, refund 2 pairs"), BOOTS)
    assert [(span.kind, span.text) for span in spans if span.text in {"43", "2 pairs"}] == [
        ("title", "43"),
        ("quantity", "2 pairs"),
    ]
    assert all(span.kind != "title" for span in with_numbers(find_spans("2 units"), BASKETS))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("red went out yesterday so leave those", ["r"]),
        ("the grey stays out of it", ["g"]),
        ("leave the blue one alone", ["b"]),
        ("refund the red, leave the blue alone", []),
        ("the red broke", []),
    ],
)
def test_goods_are_left_alone_only_where_nothing_is_wished_for(text, left):
    assert left_alone(text, SCARVES) == left


def test_goods_that_are_kept_are_those_named_so_and_no_others():
    assert kept_goods("43 he keeps", BOOTS) == ["43"]
    assert kept_goods("he sticks with the 42", BOOTS) == ["42"]
    assert kept_goods("43 he keeps, the 42 goes back", BOOTS) == []


def test_the_rest_of_a_kind_is_of_that_kind():
    lines = [*SCARVES, LineView(id="hat", sku="HAT", title="Felt hat", quantity=1)]
    text = "only the red one was inside, the rest of the scarves is missing"
    assert all_but(text, lines)[0] == ["g", "b"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("two from three towels", 2),
        ("2 from the 3 small boxes never came", 2),
        ("1 small and 1 big", 1),
        ("it is 2 small", None),
    ],
)
def test_so_many_from_so_many_and_goods_counted_by_size(text, count):
    assert next((span.value for span in quantity_spans(text)), None) == count


def test_what_leads_to_a_quotation_stays_where_it_names_the_order_or_the_goods():
    own, quoted = split_quoted("The client of 3316 wrote about the lamp:\n> It hums\nplease refund it")
    assert "3316" in own
    assert "lamp" in own
    assert quoted == ["It hums"]
    assert split_quoted("refund it, the customer wrote:\n> It hums\nthanks")[0].startswith("refund it")


def at_card(reader, text, lines, told=None, **units):
    order = OrderView(number="#7001", currency="EUR", lines=lines)
    card = ProposalView(kind="direct_refund", order="#7001", amount="40.00", write="refund", lines=units)
    chosen = {"line": [{"line": line, "quantity": number, "amount": None} for line, number in units.items()]}
    view = TurnView(
        text=text, order=order, orders=[order], proposal=card, flow="direct_refund", slots=told or chosen
    )
    return reader.read(view).commands[0]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("swap the grey for the blue", ["r", "b"]),
        ("blue instead of grey", ["r", "b"]),
        ("leave the red out", ["g"]),
        ("not the grey", ["r"]),
        ("take the grey off", ["r"]),
        ("without the grey please", ["r"]),
        ("and the blue too", ["r", "g", "b"]),
    ],
)
def test_goods_on_a_card_are_taken_out_put_in_and_swapped(reader, text, lines):
    command = at_card(reader, text, SCARVES, r=1, g=1)
    assert (command.name, [entry["line"] for entry in command.slots["line"].value]) == ("CorrectSlot", lines)


def test_some_goods_on_a_refund_kept_are_asked_about_and_the_card_does_not_stay(reader):
    command = at_card(reader, "she keeps the grey", SCARVES, told={"return_needed": False}, r=1, g=1)
    assert (command.name, command.changes) == ("Clarify", True)


@pytest.mark.parametrize(
    "words", ["everything except the shipping", "full refund but keep the postage", "the goods only"]
)
def test_all_goods_and_no_shipping(reader, words):
    order = OrderView(number="#7001", currency="EUR", lines=BASKETS)
    said = (
        reader.read(TurnView(text=f"7001 never came, refund {words}", order=order, orders=[order]))
        .commands[0]
        .slots
    )
    assert [entry["line"] for entry in said["line"].value] == ["s", "l"]
    assert "amount" not in said
    assert said.get("shipping") is None
