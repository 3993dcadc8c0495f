"""Sums for each unit, shares of one thing, payments by name, goods that stay, refunds tried again."""

from __future__ import annotations

import pytest

from agent.flows.money_slots import of_units, read_amount
from agent.reading.values.orders import order_spans
from agent.reading.values.spans import find_order_refs
from agent.reading.view import PendingView
from domain.rules import Rule
from tests.builders import an_order
from tests.unit.reading.heard import about, entries, values
from tests.unit.reading.test_put_right_in_passing import ONE, order, told

PLATES = order(("Dessert plate", 5))
STOOL = order(("Piano stool", 1))


@pytest.mark.parametrize(
    "text",
    [
        "8401 give 2.40 back for each of the 5 plates",
        "8401 refund 2.40 per plate, all five of them",
        "8401 2.40 euros back per plate for five plates",
    ],
)
def test_a_sum_for_each_unit_is_no_sum_for_all_of_them(reader, text):
    amount = told(reader, text, PLATES)["amount"]
    assert (amount["kind"], amount["value"]) == ("each", "2.40")


@pytest.mark.parametrize(
    "text", ["the plates cost 2.40 each, refund two", "they were 9.99 per plate, refund one"]
)
def test_what_a_unit_cost_is_given_for_none(reader, text):
    assert told(reader, text, PLATES).get("amount", {}).get("kind") != "each"


def test_a_sum_for_each_comes_to_so_many_times_of_it():
    assert of_units({"kind": "each", "value": "2.40", "currency": "EUR"}, 5)["value"] == "12.00"


def test_a_sum_for_each_of_unknown_units_is_asked_for_and_never_taken_as_it_is():
    amount, problems = read_amount(
        {"kind": "each", "value": "2.40", "currency": None}, an_order(), 100, "amount"
    )
    assert amount is None
    assert [problem.code for problem in problems] == [Rule.FIELD_INVALID]


@pytest.mark.parametrize(
    "text",
    [
        "he should end up paying 30 for the stool, refund the difference",
        "she was supposed to pay 30, give her the difference",
        "he should only pay 30 for it, refund the rest",
    ],
)
def test_what_is_to_have_been_paid_is_not_what_is_given_back(reader, text):
    amount = told(reader, text, STOOL)["amount"]
    assert (amount["kind"], amount["value"]) == ("down_to", "30")


def test_the_difference_of_two_prices_of_a_piece_is_for_each(reader):
    found = told(
        reader, "she paid 24.00 each, they're 19.50 in the shop now. difference back on both plates", PLATES
    )
    assert (found["amount"]["kind"], found["amount"]["value"]) == ("each", "4.50")
    assert found["reason"] == "price_adjustment"


@pytest.mark.parametrize(
    "text", ["half of the stool back, it came late", "refund half of the stool, it came late"]
)
def test_half_of_one_thing_is_half_of_its_money(reader, text):
    assert told(reader, text, STOOL)["amount"] == {"kind": "percent", "value": "50"}


def test_half_the_shipping_is_told_beside_what_the_shipping_was(reader):
    asked = PendingView(slot="shipping", flow="direct_refund")
    found = told(
        reader,
        "oh it was only 7.50, then half the shipping",
        STOOL,
        flow="direct_refund",
        pending=asked,
        slots={},
    )
    assert found["shipping"] == {"kind": "percent", "value": "50"}


def test_so_much_of_the_shipping_counts_no_goods(reader):
    found = told(reader, "8401 came late, refund 15 of the shipping", STOOL)
    assert found["shipping"]["value"] == "15"
    assert "quantity" not in str(found.get("line", "")).replace("'quantity': None", "")


@pytest.mark.parametrize(
    ("text", "payment"),
    [
        ("refund the stool, gift card first", "gift card"),
        (
            "refund it, there's a chargeback on the visa, the gift card part is fine, put it there",
            "gift card",
        ),
        ("refund it back to the paypal", "paypal"),
        ("refund it, mind the dispute on the visa", None),
    ],
)
def test_the_payment_that_is_meant_is_not_the_disputed_one(reader, text, payment):
    assert told(reader, text, STOOL).get("payment") == payment


SHOES = order(("Trail shoes grey 41", 1), ("Trail shoes grey 42", 1))


@pytest.mark.parametrize(
    "text",
    [
        "8401 she took the shoes in 41 and 42 to try, keeps 41. open a return for the 42, too big",
        "she keeps 41, open a return for the 42",
    ],
)
def test_of_two_sizes_the_one_that_is_kept_does_not_come_back(reader, text):
    assert told(reader, text, SHOES)["line"] == entries({"l2": None})


def test_goods_that_the_customer_may_keep_are_still_paid_back(reader):
    found = told(reader, "refund the camera, he can keep the camera. the strap stays with him", ONE)
    assert found["line"] == entries({"l1": None})


@pytest.mark.parametrize(
    "stays", ["is already out, that one stays", "is out already and stays", "was there and fine"]
)
def test_goods_that_are_out_or_complete_are_left_alone(reader, stays):
    item = order(("Desk globe", 1), ("Corner shelf", 2))
    found = told(reader, f"refund the two corner shelves, they were never shipped. the globe {stays}", item)
    assert found["line"] == entries({"l2": 2})


def test_of_goods_counted_and_goods_complete_the_counted_are_meant(reader):
    item = order(("Large cup", 3), ("Espresso cup", 3))
    text = "only one of the three large cups was in the box so two are missing, espresso cups were all there and fine"
    assert told(reader, f"8401 {text}. refund the two missing ones", item)["line"] == entries({"l1": 2})


def test_a_word_that_is_a_sku_may_be_part_of_another_name(reader):
    item = order(("Travel guitar", 1), ("Guitar bag", 1))
    item.lines[0].sku = "GUITAR"
    assert told(reader, "the guitar bag was missing, refund it", item)["line"] == entries({"l2": None})
    assert told(reader, "the guitar was missing, refund it", item)["line"] == entries({"l1": None})


def test_measures_are_read_together_and_apart(reader):
    item = order(("Cutting board 40 cm", 1), ("Cutting board 50 cm", 2))
    assert told(reader, "refund one of the 50cm boards, ordered by mistake", item)["line"] == entries(
        {"l2": 1}
    )
    assert told(reader, "refund the 40 cm board, ordered by mistake", item)["line"] == entries({"l1": None})


def test_trying_is_no_lira():
    assert find_order_refs("declined? try 8515 again") == ["8515"]
    assert [span.value for span in order_spans("try 8515 again")] == ["8515"]


@pytest.mark.parametrize("text", ["declined? try 8401 again", "8401 failed, try that one again"])
def test_a_refund_is_tried_again_by_its_orders_number(reader, text):
    command = about(reader, text, STOOL).commands[0]
    assert (command.name, command.again) == ("ResumeCase", True)
    assert values(command)["order"] == "8401"
