"""Amounts, shipping, wholes, quantities and fees in the words staff use for them."""

import pytest

from tests.unit.reading.desk_view import hear
from tests.unit.reading.heard import values


def exact(value, currency=None):
    return {"kind": "exact", "value": value, "currency": currency}


def slots_of(reader, text, *returns, **context):
    return values(hear(reader, text, *returns, **context).commands[0])


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("goodwill 30 on 2207", "2207", "30"),
        ("gw 12 for 3310", "3310", "12"),
        ("2207 goodwill 15 please", "2207", "15"),
        ("comp 9 on 2207", "2207", "9"),
        ("another 30 goodwill on 2204", "2204", "30"),
        ("8002: 5 eur as a sorry for the delay", "8002", "5"),
        ("6 euros as an apology on 8002", "8002", "6"),
        ("knock 7 off 2207", "2207", "7"),
        ("give back 8 on 2207", "2207", "8"),
    ],
)
def test_a_bare_number_by_its_purpose_is_money_and_a_refund_for_sure(reader, text, order, value):
    heard = hear(reader, text, alone=True)
    command = heard.commands[0]
    assert command.flow.value == "direct_refund"
    assert command.confidence >= 0.8
    found = values(command)
    assert (found["order"], found["amount"]["value"]) == (order, value)


@pytest.mark.parametrize("text", ["2 mugs goodwill on 2207", "2x goodwill on 2207"])
def test_units_and_order_numbers_stay_what_they_are(reader, text):
    found = slots_of(reader, text, alone=True)
    assert "amount" not in found
    assert found["quantity"] == 2


def test_money_off_for_a_delay_names_no_item(reader):
    found = slots_of(reader, "30 off for the delay")
    assert found == {"amount": exact("30"), "reason": "late_delivery"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("refund 1.2345 on 1043", exact("1.2345")),
        ("refund 10.555 eur on 1043", exact("10.555", "EUR")),
        ("refund 0.12345", exact("0.12345")),
        ("10.555 eur", exact("10.555", "EUR")),
        ("refund 1.000 eur", exact("1000", "EUR")),
    ],
)
def test_decimals_too_many_are_kept_as_said(reader, text, value):
    assert slots_of(reader, text)["amount"] == value


@pytest.mark.parametrize(
    "text",
    [
        "give back shipping on 1043",
        "refund the postage",
        "delivery fee back",
        "shipping only",
        "just the delivery charge",
        "and shipping too",
        "reimburse her the shipping costs",
    ],
)
def test_shipping_by_itself(reader, text):
    found = slots_of(reader, text)
    assert found["shipping"] == {"kind": "full"}
    assert not {"amount", "item", "line"} & set(found)


@pytest.mark.parametrize(
    "text", ["refund 4.90 shipping", "4.90 of the postage back", "refund 4.90 of the shipping"]
)
def test_a_part_of_the_shipping(reader, text):
    found = slots_of(reader, text)
    assert found["shipping"]["value"] == "4.90"
    assert "amount" not in found


@pytest.mark.parametrize(
    "text",
    [
        "refund it completely",
        "refund the rest of 1043",
        "refund the remaining amount",
        "refund the remainder",
        "refund whatever is left on 1043",
        "refund all items",
        "refund all the products please",
        "refund the entire order",
        "everything back",
        "refund 1043 fully",
    ],
)
def test_all_that_is_left(reader, text):
    found = slots_of(reader, text)
    assert found["amount"] == {"kind": "full"}
    assert not {"line", "item", "quantity"} & set(found)


@pytest.mark.parametrize("text", ["refund, the lamp is completely broken", "refund all items but the lamp"])
def test_not_every_whole_is_an_amount(reader, text):
    assert "amount" not in slots_of(reader, text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("refund the rest of the mugs", [("l1", None)]),
        ("refund both mugs", [("l1", 2)]),
        ("both of the plates back, refund", [("l3", 2)]),
        ("refund all three plates", [("l3", 3)]),
        ("refund 1 mug and 2 plates", [("l1", 1), ("l3", 2)]),
        ("refund the mugs (2)", [("l1", 2)]),
        ("refund a plate", [("l3", 1)]),
        ("2/3 mugs broken, refund", [("l1", 2)]),
        ("refund the lamp and one mug", [("l2", None), ("l1", 1)]),
        ("refund two of the mugs and a plate", [("l1", 2), ("l3", 1)]),
    ],
)
def test_units_stand_with_their_line(reader, text, lines):
    found = slots_of(reader, text)
    assert [(entry["line"], entry["quantity"]) for entry in found["line"]] == lines


@pytest.mark.parametrize(
    "text",
    [
        "7110 and 7111, both changed their mind",
        "full refunds for 7110 and 7111",
        "refund 7110 and 7111, both late",
    ],
)
def test_two_orders_are_no_two_units(reader, text):
    commands = hear(reader, text, alone=True).commands
    assert [values(command)["order"] for command in commands] == ["7110", "7111"]
    assert all("quantity" not in values(command) for command in commands)


@pytest.mark.parametrize(
    ("text", "fees"),
    [
        ("restocking fee 45", {"restocking_fee": exact("45")}),
        ("approve with a restocking charge of 3", {"restocking_fee": exact("3")}),
        (
            "approve, 5 restocking and 3.50 return fee",
            {"restocking_fee": exact("5"), "return_fee": exact("3.50")},
        ),
        ("approve, restocking 10%", {"restocking_fee": {"kind": "percent", "value": "10"}}),
        ("approve, return fee 4", {"return_fee": exact("4")}),
        ("approve, 4 for the label", {"return_fee": exact("4")}),
        ("approve, 4 for return shipping", {"return_fee": exact("4")}),
        ("approve, fee 5", {"return_fee": exact("5")}),
        ("approve it, 5 fee", {"return_fee": exact("5")}),
    ],
)
def test_fees_of_a_return(reader, text, fees):
    command = hear(reader, text, "requested").commands[0]
    assert command.flow.value == "review_return"
    assert {
        name: value for name, value in values(command).items() if name not in {"decision", "label"}
    } == fees


@pytest.mark.parametrize("text", ["refund 20 more on 2207, goodwill", "refund 20 more, goodwill, order 2207"])
def test_some_more_money_is_an_amount(reader, text):
    assert slots_of(reader, text, alone=True)["amount"]["value"] == "20"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("refund 1 coffee mug and 2 coffee mugs on 1043, changed mind", 3),
        ("refund one coffee mug plus one coffee mug on 1043, changed mind", 2),
    ],
)
def test_the_same_item_counted_twice_is_added_up(reader, text, count):
    assert [entry["quantity"] for entry in slots_of(reader, text)["line"]] == [count]
