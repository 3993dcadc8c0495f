"""A number is what its words make it: units, an amount, goods by their number, a customer, or an order."""

import pytest

from agent.reading.values.spans import find_order_refs
from agent.reading.view import LineView, OptionView, OrderView, PendingView, TurnView
from tests.unit.reading.desk_view import LINES, hear
from tests.unit.reading.heard import names, values

SHOP = OrderView(
    number="548856",
    currency="GBP",
    customer="Customer 15311",
    lines=[
        LineView(id="l1", sku="82483", title="WOOD 2 DRAWER CABINET WHITE FINISH", quantity=4),
        LineView(id="l2", sku="21314", title="SMALL GLASS HEART TRINKET POT", quantity=24),
    ],
)


def read_on_548856(reader, text):
    return reader.read(TurnView(text=text, order=SHOP, orders=[SHOP]))


def lines_of(command):
    return [(entry["line"], entry["quantity"]) for entry in values(command)["line"]]


@pytest.mark.parametrize(
    "text",
    [
        "on 548856 she keeps 20 of the 24 glass heart trinket pots, refund the other 4, changed her mind",
        "548856: he is keeping 20 of 24 trinket pots, refund 4, changed his mind",
        "customer wants to keep twenty of the 24 trinket pots on 548856, refund the remaining 4, changed mind",
        "548856 trinket pots: she keeps 20, refund the other four, changed her mind",
    ],
)
def test_what_is_kept_is_not_what_is_refunded(reader, text):
    command = read_on_548856(reader, text).commands[0]
    assert (command.name, lines_of(command)) == ("StartFlow", [("l2", 4)])
    assert "amount" not in values(command)


def test_a_number_that_is_kept_is_never_the_number_refunded(reader):
    command = read_on_548856(reader, "she keeps 20 trinket pots on 548856, refund the rest").commands[0]
    assert lines_of(command) == [("l2", {"all_but": 20})]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("548856: refund 1 x 82483, customer no longer wants it", ("l1", 1)),
        ("548856 2x 21314 rfnd late delivery", ("l2", 2)),
        ("refund 8 x 21314 on 548856, ordered by mistake", ("l2", 8)),
        ("refund 3 small glass heart trinket pots on 548856, late", ("l2", 3)),
        ("refund 2 pcs of 82483 on 548856, size issue", ("l1", 2)),
        ("another credit on 548856: 4 x 21314 this time, ordered by mistake", ("l2", 4)),
    ],
)
def test_goods_named_by_their_number_are_no_order(reader, text, line):
    heard = read_on_548856(reader, text)
    assert names(heard) == ["StartFlow"]
    assert values(heard.commands[0])["order"] == "548856"
    assert lines_of(heard.commands[0]) == [line]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("refund something for Customer 13324, they ordered it by mistake", "Customer 13324"),
        ("refund the lamp of client no 13324, changed mind", "client no 13324"),
        ("account 13324 wants a refund, changed mind", "account 13324"),
    ],
)
def test_a_customers_number_is_no_order_number_unless_there_is_such_an_order(reader, text, query):
    assert find_order_refs(text) == ["13324"]
    there = OrderView(number="13324", currency="EUR", customer="Ana Lopez", lines=LINES)
    known = reader.read(TurnView(text=text, orders=[there])).commands[0]
    assert (known.name, values(known)["order"]) == ("StartFlow", "13324")
    command = hear(reader, text, alone=True).commands[0]
    assert values(command)["order_query"] == query
    assert "order" not in values(command)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("refund 2 more mugs on 1043, changed mind", 2),
        ("one more mug on 1043, changed mind", 1),
        ("and refund the last mug on 1043 too, changed mind", 1),
        ("the mug on 1043 came cracked, refund one, she keeps it", 1),
    ],
)
def test_how_many_however_it_is_said(reader, text, quantity):
    command = hear(reader, text).commands[0]
    assert (command.name, command.flow.value) == ("StartFlow", "direct_refund")
    assert lines_of(command) == [("l1", quantity)]


@pytest.mark.parametrize(
    "text", ["1043 refund 40 of it, price adjustment", "refund 40 of that on 1043, goodwill"]
)
def test_a_part_of_it_is_an_amount(reader, text):
    said = values(hear(reader, text).commands[0])
    assert said["amount"]["value"] == "40"
    assert not {"line", "quantity"} & set(said)


@pytest.mark.parametrize("text", ["1000", "ok make it 1000", "1000 then", "let's say 1000"])
def test_a_bare_number_answers_how_much(reader, text):
    command = hear(reader, text, pending="amount").commands[0]
    assert values(command)["amount"]["value"] == "1000"
    assert "order" not in values(command)


def test_a_count_inside_a_title_counts_nothing(reader):
    heard = read_on_548856(reader, "4 of the wood 2 drawer cabinet on 548856 were late, refund them")
    assert lines_of(heard.commands[0]) == [("l1", 4)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("3 of the glass heart trinket pots", ("l2", 3)),
        ("two wood 2 drawer cabinets", ("l1", 2)),
        ("1 x wood 2 drawer cabinet white finish", ("l1", 1)),
        ("small glass heart trinket pot", ("l2", None)),
        ("the second one", ("l2", None)),
        ("2", ("l2", None)),
    ],
)
def test_an_answer_that_names_goods_and_a_number_says_how_many(reader, text, line):
    options = [OptionView(value=[{"line": one.id, "quantity": None}], label=one.title) for one in SHOP.lines]
    pending = PendingView(slot="line", options=options)
    (command,) = reader.read(TurnView(text=text, order=SHOP, pending=pending)).commands
    assert (command.name, lines_of(command)) == ("Answer", [line])
