"""Sums for each unit, shares of one thing, payments by name, goods that stay, refunds tried again, returns at work."""

from __future__ import annotations

import pytest

from agent.flows.money_slots import of_units, read_amount
from agent.reading.values.orders import order_spans
from agent.reading.values.spans import find_order_refs
from agent.reading.view import PendingView, ProposalView, TurnView
from domain.rules import Rule
from tests.builders import an_order
from tests.unit.reading.heard import about, at_refund, entries, names, values
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


REVIEWED = order(("Piano stool", 1), returns=(("requested", "l1"),))


def test_a_named_reason_is_no_text_for_the_customer(reader):
    found = told(reader, "kindly reject the return request on order #8401, reason: final sale.", REVIEWED)
    assert found["reject_reason"] == "final_sale"
    assert "explanation" not in found


def test_what_the_customer_was_written_is_text_and_record(reader):
    asked = PendingView(slot="explanation", flow="review_return")
    text = "wrote her by email: You exchanged the stool with us already."
    found = told(reader, text, REVIEWED, flow="review_return", pending=asked, slots={"decision": "reject"})
    assert found["explanation"] == "You exchanged the stool with us already."
    assert found["communication_record"] == text


def test_a_rejection_that_is_only_thought_of_keeps_its_reason_and_decides_nothing(reader):
    found = told(reader, "can we reject the return on 8401? no evidence, I asked for a photo twice", REVIEWED)
    assert found["reject_reason"] == "no_evidence"
    assert "decision" not in found


@pytest.mark.parametrize("text", ["8401 return ok. return fee 6", "8401 rma approved, return fee 6"])
def test_a_return_that_is_ok_is_approved(reader, text):
    assert told(reader, text, REVIEWED)["decision"] == "approve"


@pytest.mark.parametrize(
    "text", ["please prepare the payout; my supervisor will release it", "pay out the two that came"]
)
def test_money_for_a_return_that_is_back_is_its_payout(reader, text):
    item = order(("Glass vase", 2), returns=(("received", "l1"),))
    command = about(reader, text, item).commands[0]
    assert (command.flow, command.action) == ("return_progress", "refund")


@pytest.mark.parametrize(
    "text", ["what did we pay them for the kite again?", "how much is our product cost?"]
)
def test_what_the_shop_paid_is_asked_of_the_supplier_and_not_of_the_customer(reader, text):
    item = order(("Stunt kite", 1))
    item.lines[0].source = "dropshipping"
    assert about(reader, text, item).commands[0].topic == "supplier_cost"


def test_what_she_will_get_once_it_is_back_is_what_the_return_is_worth(reader):
    item = order(("Glass vase", 2), returns=(("approved", "l1"),))
    assert (
        about(reader, "what will she get for the vases once we have them?", item).commands[0].topic
        == "return_worth"
    )


def test_what_the_supplier_should_pay_is_that_sum(reader):
    item = order(("Table grill", 1))
    item.lines[0].source = "dropshipping"
    found = told(reader, "#8401 supplier should pay 40 for the grill, it got lost on their side", item)
    assert (found["review_amount"]["kind"], found["review_amount"]["value"]) == ("exact", "40")


def test_pictures_that_are_not_sent_are_no_goods_that_come_back(reader):
    asked = PendingView(slot="evidence", flow="direct_refund")
    slots = {"reason": "defective", "return_needed": False, "line": entries({"l1": 1})}
    found = told(
        reader,
        "he has no pics and isn't going to send any",
        STOOL,
        flow="direct_refund",
        pending=asked,
        slots=slots,
    )
    assert found == {"evidence": {"kind": "none", "text": None}}


@pytest.mark.parametrize("text", ["her limit isn't enough either. asking Pierre", "I'll ask Pierre"])
def test_somebody_else_who_is_asked_to_press_leaves_the_card(reader, text):
    assert names(at_refund(reader, text, STOOL, {"l1": 1})) == ["Affirm"]


@pytest.mark.parametrize("text", ["the stool must come back to us", "the stool needs to go back to the shop"])
def test_goods_that_must_come_back_turn_a_refunds_card_into_a_return(reader, text):
    assert values(at_refund(reader, text, STOOL, {"l1": 1}).commands[0])["return_needed"] is True


def test_what_goes_back_to_the_customer_is_no_return(reader):
    found = at_refund(
        reader, "that's fine, the stool still needs to go back to her as I said", STOOL, {"l1": 1}
    )
    assert all("return_needed" not in command.slots for command in found.commands)


def test_the_one_thing_that_was_there_is_told_last_and_not_refunded(reader):
    item = order(("City map", 1), ("Map frame", 1), ("Brass pins", 2))
    text = "please refund the map on #8401, it wasn't in the parcel, only the frame was"
    assert told(reader, text, item)["line"] == entries({"l1": None})
    assert "line" not in told(reader, "8401 it wasn't in the parcel, only the frame was, refund it", item)


def test_another_order_that_is_forgotten_leaves_this_card(reader):
    other = STOOL.model_copy(update={"number": "#7733"})
    card = ProposalView(kind="direct_refund", order="#8401", amount="30.00", write="refund", lines={"l1": 1})
    view = TurnView(
        text="forget 7733, she doesn't need a refund",
        order=STOOL,
        orders=[STOOL, other],
        proposal=card,
        flow="direct_refund",
        slots={"line": entries({"l1": 1})},
    )
    assert names(reader.read(view)) == ["Affirm"]


def test_a_refund_that_is_not_wanted_any_more_is_dropped(reader):
    assert names(at_refund(reader, "forget it, he doesn't want the refund after all", STOOL, {"l1": 1})) == [
        "CancelCase"
    ]


def test_what_has_not_left_yet_is_refunded(reader):
    item = order(("Harbour poster", 1), ("Walnut frame", 2))
    item.lines[1].unsent = True
    found = told(reader, "8401 he changed his mind, refund whatever hasn't gone out yet", item)
    assert [entry["line"] for entry in found["line"]] == ["l2"]


@pytest.mark.parametrize(
    ("text", "explanation", "reason"),
    [
        (
            "I wrote him by email this morning that worn shoes cannot be taken back.",
            "worn shoes cannot be taken back.",
            None,
        ),
        (
            "my mistake, it wasn't final sale. it is months old, so reject it for being outside the return window."
            " What she should read: Your order is past our return window.",
            "Your order is past our return window.",
            "outside_window",
        ),
    ],
)
def test_only_the_words_for_the_customer_are_the_explanation(reader, text, explanation, reason):
    asked = PendingView(slot="explanation", flow="review_return")
    slots = {"decision": "reject", "reject_reason": "final_sale"}
    found = told(reader, text, REVIEWED, flow="review_return", pending=asked, slots=slots)
    assert found["explanation"] == explanation
    assert found.get("reject_reason") == reason
